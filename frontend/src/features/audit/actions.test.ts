import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { describeAction } from "./actions";

/** What the server's own sources record. */
function recorded(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = `${directory}/${entry.name}`;
    if (entry.isDirectory()) return recorded(path);
    if (!entry.name.endsWith(".go") || entry.name.endsWith("_test.go")) return [];
    return [...readFileSync(path, "utf8").matchAll(/audit\.Entry\{\s*Action:\s*"(\w+)"/g)].map(
      ([, action]) => action ?? "",
    );
  });
}

test("every action that the server records has its words", () => {
  const actions = [...new Set(recorded("../server"))];
  expect(actions.length).toBeGreaterThan(30);
  expect(actions.filter((action) => describeAction({ action, after: {} }) === action)).toEqual([]);
});
