import { look, scrolledSideways } from "./look";
import { expect, watch } from "./test";
import { becomeFirstAdmin, test } from "./world";

const routes = [
  "/",
  "/devices",
  "/profiles",
  "/defaults",
  "/groups",
  "/assignments",
  "/commands",
  "/sync",
  "/troubleshooting",
  "/settings/abm",
  "/settings/people",
  "/settings/mdm",
  "/settings/api",
  "/settings/audit",
] as const;

test("a server without devices, with text twice as large, zoomed, and on a phone", async ({ world, page }) => {
  test.setTimeout(560_000);
  const complaints: string[] = [];
  watch(page, complaints);
  const open = async (path: string) => {
    await page.goto(`${world.url}${path}`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.getByRole("main").locator("[aria-busy=true]")).toHaveCount(0, { timeout: 30_000 });
  };
  /** Each page in the window of a phone, and with all text twice as large, in the window and as the browser's zoom does. */
  const fits = async (what: string) => {
    for (const path of routes) {
      await open(path);
      const large = (size: string) =>
        page.evaluate((value) => {
          document.documentElement.style.fontSize = value;
        }, size);
      for (const [width, height, size] of [
        [1440, 900, "200%"],
        [720, 450, "100%"],
        [390, 844, "100%"],
      ] as const) {
        await page.setViewportSize({ width, height });
        await large(size);
        await expect
          // A row of tabs and a table may scroll in their place; the page never does.
          .poll(async () => (await scrolledSideways(page)).filter((line) => line.startsWith("HTML")), {
            message: `${what}: ${path} at ${width} px, text at ${size}`,
          })
          .toEqual([]);
        const name = path.replaceAll(/\W+/g, "-");
        await page.screenshot({ path: `test-results/screens/stress-${what}${name}-${width}.png` });
      }
      await large("");
      await page.setViewportSize({ width: 1440, height: 900 });
    }
  };

  await becomeFirstAdmin(page, await world.start(/(http:\S+\/setup#\S+)/));
  await test.step("nothing at all", async () => {
    await fits("nothing");
    await open("/devices");
    await look(page, "stress-no-devices");
  });

  expect(complaints).toEqual([]);
});
