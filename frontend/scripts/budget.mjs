// Fails the build when what a first visit loads grows over the design's budget. 1 KB is 1000 bytes.
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const dist = new URL("../dist/", import.meta.url);
const budget = { firstJS: 170_000, laterJS: 40_000, css: 20_000, fonts: 72_000 };

const html = readFileSync(new URL("index.html", dist), "utf8");
const assets = readdirSync(new URL("assets/", dist));

/** @param {string} name */
const bytes = (name) => readFileSync(new URL(`assets/${name}`, dist));
/** @param {string[]} names */
const gzipped = (names) => names.reduce((sum, name) => sum + gzipSync(bytes(name), { level: 9 }).length, 0);

const scripts = assets.filter((name) => name.endsWith(".js"));
const first = scripts.filter((name) => html.includes(`/assets/${name}`));
const fonts = assets.filter((name) => name.endsWith(".woff2"));

const measured = [
  { what: "first JS (gzip)", size: gzipped(first), limit: budget.firstJS },
  { what: "CSS (gzip)", size: gzipped(assets.filter((name) => name.endsWith(".css"))), limit: budget.css },
  { what: "fonts", size: fonts.reduce((sum, name) => sum + bytes(name).length, 0), limit: budget.fonts },
  ...scripts
    .filter((name) => !first.includes(name))
    .map((name) => ({ what: `${name} (gzip)`, size: gzipped([name]), limit: budget.laterJS })),
];

if (first.length === 0) {
  throw new Error("index.html names no script of the build: nothing was measured");
}
for (const { what, size, limit } of measured) {
  const over = size > limit;
  console.log(`${over ? "over" : "ok  "} ${what}: ${(size / 1000).toFixed(1)} of ${limit / 1000} KB`);
  if (over) {
    process.exitCode = 1;
  }
}
