import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { cureOf } from "./refusal";

// The table of docs/operations/enrollment.md: every refusal with its cure.
const rows = [
  ...readFileSync("../docs/operations/enrollment.md", "utf8").matchAll(/^\| `([A-Z_]+)` \| \d{3} \|.*\| (.+) \|$/gm),
];

test("every refusal that can be mended says how", () => {
  expect(rows.length).toBeGreaterThan(30);
  const silent = rows.filter(
    ([, code, cure]) => !cure?.startsWith("nothing") && cureOf(code ?? "").text === cureOf("").text,
  );
  expect(silent.map(([, code]) => code)).toEqual([]);
});

test.each(["FROZEN", "constructor", ""])("a code that the page does not know needs nothing: %j", (code) => {
  expect(cureOf(code).text).toBe("No device of Apple's sends this. Nothing has to be done.");
});
