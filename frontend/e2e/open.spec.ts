import type { Page } from "@playwright/test";
import { look } from "./look";
import { ask, expect, test } from "./test";

type Open = { name: string; path: string; open: (page: Page) => Promise<void> };

const press = (name: string | RegExp) => (page: Page) => page.getByRole("button", { name }).first().click();
const moreFilters = async (page: Page) => {
  await page.setViewportSize({ width: 390, height: 844 }); // elsewhere there is room for all of them
  await press("Filters")(page);
  await press(/^Source/)(page);
};
/** What opens above a page: dialogs, drawers, sheets and menus. Those that a test of their own leads to are looked at there. */
const opens: readonly Open[] = [
  { name: "palette", path: "/", open: (page) => page.keyboard.press("Control+k") },
  { name: "shortcuts", path: "/", open: (page) => page.keyboard.press("?") },
  { name: "device-drawer", path: "/devices?device=SERIAL", open: async () => {} },
  { name: "columns", path: "/devices", open: press("Columns") },
  { name: "save-view", path: "/devices?platform=MACOS", open: press("Save view") },
  { name: "assign", path: "/devices/SERIAL", open: press("Assign profile") },
  { name: "new-profile", path: "/profiles", open: press("New profile") },
  { name: "default", path: "/defaults", open: press(/^Mac, all organizations:/) },
  { name: "person-menu", path: "/", open: press(/Administrator$/) },
  { name: "more-filters", path: "/devices", open: moreFilters },
  { name: "person-row-menu", path: "/settings/people", open: press("Actions for Vera Lind") },
  { name: "add-person", path: "/settings/people", open: press("Add person") },
];

for (const { name, path, open } of opens) {
  test(`${name}, opened above ${path}, is accessible in both themes`, async ({ page, request }) => {
    const { devices } = await ask<{ devices: { nodes: { serialNumber: string }[] } }>(
      request,
      "{ devices(first: 1) { nodes { serialNumber } } }",
    );
    await page.goto(path.replace("SERIAL", devices.nodes[0]?.serialNumber ?? ""));
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await open(page);
    const opened = page
      .getByRole("dialog")
      .or(page.getByRole("menu"))
      .or(page.getByRole("region", { name: /^Device / }));
    await expect(opened.or(page.getByRole("listbox")).first()).toBeVisible();
    await look(page, `open-${name}`);
  });
}

test("the API explorer is accessible, in both themes", async ({ page }) => {
  await page.goto("/explorer");
  await expect(page.getByRole("button", { name: /Execute|Run/ }).first()).toBeVisible({ timeout: 30_000 });
  await look(page, "explorer");
});
