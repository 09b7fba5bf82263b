// Fails the build when what a visit loads grows over the design's budget. 1 KB is 1000 bytes.
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { gzipSync } from "node:zlib";

const dist = new URL("../dist/", import.meta.url);
// The explorer is a page of its own that few open: its size is watched, not small.
const budget = { firstJS: 170_000, laterJS: 40_000, parts: 45_000, css: 20_000, fonts: 72_000, explorer: 440_000 };
const firstRoute = "src/routes/OverviewPage.tsx";

const manifestDir = new URL(".vite/", dist);
/** @type {import("vite").Manifest} */
const manifest = JSON.parse(readFileSync(new URL("manifest.json", manifestDir), "utf8"));
/** @type {import("vite").Manifest} */
const explorer = JSON.parse(readFileSync(new URL("explorer.json", manifestDir), "utf8"));
const ofExplorer = new Set(Object.values(explorer).flatMap(({ file, css = [] }) => [file, ...css]));
const assets = readdirSync(new URL("assets/", dist)).filter((name) => !ofExplorer.has(`assets/${name}`));

/** @param {string} file */
const gzipped = (file) => gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length;
/** @param {Iterable<string>} files */
const sum = (files) => [...files].reduce((total, file) => total + gzipped(file), 0);

/**
 * The scripts that are loaded with a chunk: its own and what it imports, not what it may import later.
 * @param {string} key
 * @param {Set<string>} found
 */
function scriptsOf(key, found = new Set()) {
  const chunk = manifest[key];
  if (!chunk) throw new Error(`the build has no ${key}: nothing was measured`);
  if (found.has(chunk.file)) return found;
  found.add(chunk.file);
  for (const imported of chunk.imports ?? []) scriptsOf(imported, found);
  return found;
}

const first = scriptsOf(firstRoute, scriptsOf("index.html"));
/**
 * The scripts that are here already when a chunk is asked for: those of the first page and, of a part that pages load on demand,
 * what each of those that ask for it has by then.
 * @param {string} key
 * @returns {Set<string>}
 */
function scriptsBefore(key) {
  if (key.startsWith("src/routes/")) return first;
  const askedBy = Object.keys(manifest).filter((other) => manifest[other]?.dynamicImports?.includes(key));
  const [some, ...others] = askedBy.map((other) => scriptsOf(other, new Set(scriptsBefore(other))));
  return new Set([...first, ...[...(some ?? [])].filter((file) => others.every((scripts) => scripts.has(file)))]);
}

const later = Object.keys(manifest).filter((key) => manifest[key]?.isDynamicEntry && key !== firstRoute);
const measured = [
  { what: "JS of the first page (gzip)", size: sum(first), limit: budget.firstJS },
  {
    what: "CSS (gzip)",
    size: sum(assets.filter((name) => name.endsWith(".css")).map((name) => `assets/${name}`)),
    limit: budget.css,
  },
  {
    what: "the explorer, JS and CSS (gzip)",
    size: sum(ofExplorer),
    limit: budget.explorer,
  },
  {
    what: "fonts",
    size: assets
      .filter((name) => name.endsWith(".woff2"))
      .reduce((total, name) => total + readFileSync(new URL(`assets/${name}`, dist)).length, 0),
    limit: budget.fonts,
  },
  ...later.map((key) => {
    const before = scriptsBefore(key);
    return {
      what: `JS added by ${key} (gzip)`,
      size: sum([...scriptsOf(key)].filter((file) => !before.has(file))),
      // What is no route is loaded when somebody reaches for it: menus, dialogs, toasts.
      limit: key.startsWith("src/routes/") ? budget.laterJS : budget.parts,
    };
  }),
];

for (const { what, size, limit } of measured) {
  const over = size > limit;
  console.log(`${over ? "over" : "ok  "} ${what}: ${(size / 1000).toFixed(1)} of ${limit / 1000} KB`);
  if (over) {
    process.exitCode = 1;
  }
}
rmSync(manifestDir, { recursive: true }); // it is not to be served
