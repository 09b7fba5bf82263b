import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./test";

test("shows that the server is ready", async ({ page }) => {
  await page.goto("/");
  await expect(page).toHaveTitle("GuardMDM");
  await expect(page.getByRole("heading", { level: 1, name: "GuardMDM" })).toBeVisible();
  await expect(page.getByRole("status")).toHaveText("Live and ready");
  await expect(page.getByText("Version")).toBeVisible();
  await expect(page.getByText(/^\d\d:\d\d:\d\d, \d+ s ago$/)).toBeVisible();
  await expect(page.getByText("guardmdm api-token create --name ci --role admin")).toBeVisible();
  await expect(page.getByText(new URL("/graphql", page.url()).href)).toBeVisible();
});

test("is accessible", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("status")).toHaveText("Live and ready");
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
});

test("needs no sideways scroll, also at 320 px", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("status")).toHaveText("Live and ready");
  for (const width of [page.viewportSize()?.width ?? 0, 320]) {
    await page.setViewportSize({ width, height: 844 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
});

test("follows the system's theme, and data-theme when it is set", async ({ page, colorScheme }) => {
  await page.goto("/");
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const system = await background();
  await page.evaluate((theme) => {
    document.documentElement.dataset.theme = theme;
  }, colorScheme ?? "light");
  expect(await background()).toBe(system);
  await page.evaluate(
    (theme) => {
      document.documentElement.dataset.theme = theme;
    },
    colorScheme === "dark" ? "light" : "dark",
  );
  expect(await background()).not.toBe(system);
});

test("copies a command", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/");
  await page.getByRole("button", { name: "Copy command" }).click();
  await expect(page.getByRole("button", { name: "Copied command" })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    "guardmdm api-token create --name ci --role admin",
  );
});

test("any page of the dashboard's own is served, API paths are not", async ({ page, request }) => {
  await page.goto("/devices/C02X?tab=why");
  await expect(page.getByRole("heading", { level: 1, name: "GuardMDM" })).toBeVisible();
  expect((await request.get("/enroll/nothing")).status()).toBe(404);
});
