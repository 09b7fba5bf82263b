// Writes a brotli and a gzip variant beside every text file of the build; the server picks by Accept-Encoding.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const dist = new URL("../dist/", import.meta.url).pathname;
const text = new Set([".html", ".js", ".css", ".svg", ".json", ".txt", ".webmanifest"]);

for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || entry.name.startsWith(".") || !text.has(extname(entry.name))) {
    continue;
  }
  const name = join(entry.parentPath, entry.name);
  const content = readFileSync(name);
  const variants = {
    ".br": brotliCompressSync(content, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
      },
    }),
    ".gz": gzipSync(content, { level: constants.Z_BEST_COMPRESSION }),
  };
  for (const [suffix, compressed] of Object.entries(variants)) {
    if (compressed.length < content.length) {
      writeFileSync(name + suffix, compressed);
    }
  }
}
