import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const page = readFileSync("src/routes/ComponentsPage.tsx", "utf8");

// Parts of others, which are loaded or drawn by them.
const inside = ["DialogPopup", "MenuPopup", "PopoverPopup", "ToastViewport", "Field"];

test("the page of components has all of them", () => {
  const all = readdirSync("src/ui")
    .filter((name) => name.endsWith(".tsx") && !name.endsWith(".test.tsx"))
    .map((name) => name.replace(".tsx", ""));
  expect(all.length).toBeGreaterThan(40);
  expect(all.filter((name) => !inside.includes(name) && !page.includes(`"../ui/${name}"`))).toEqual([]);
});
