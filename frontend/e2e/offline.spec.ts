import type { BrowserContext, Page } from "@playwright/test";
import { pages } from "./pages";
import { expect, queriesOf, watch } from "./test";
import { becomeFirstAdmin, sync, test, type World } from "./world";

// A tab for each page, so that they lose the same server at once. A person may have ten connections.
const tabsAtOnce = 9;

test("every page says at once that its server is gone, and asks again for all that it shows when it is back", async ({
  world,
  page,
  context,
}) => {
  test.setTimeout(300_000);
  await becomeFirstAdmin(page, await world.start(/(http:\S+\/setup#\S+)/));
  await world.connect("Brightline Health", 60);
  await sync(world);
  await page.close();
  for (let i = 0; i < pages.length; i += tabsAtOnce) {
    await loseAndFind(world, context, pages.slice(i, i + tabsAtOnce));
  }
});

async function loseAndFind(world: World, context: BrowserContext, some: typeof pages): Promise<void> {
  const tabs: { path: string; tab: Page; shown: Set<string>; asked: Set<string>; complaints: string[] }[] = [];
  for (const { path, standsAlone } of some) {
    const tab = await context.newPage();
    const complaints: string[] = [];
    watch(tab, complaints);
    const asked = queriesOf(tab);
    await tab.goto(`${world.url}${path}`);
    await expect(tab.getByRole("heading", { level: 1 }), path).toBeVisible();
    await expect(tab.getByText("Live", { exact: true }), path).toBeVisible();
    await expect(tab.getByRole("main").locator("[aria-busy=true]"), path).toHaveCount(0);
    if (!standsAlone) expect(asked.size, path).toBeGreaterThan(0);
    tabs.push({ path, tab, shown: new Set(asked), asked, complaints });
  }

  await world.server?.kill();
  const strip = (tab: Page) => tab.getByRole("alert").filter({ hasText: "Not live" });
  await Promise.all(tabs.map(({ path, tab }) => expect(strip(tab), path).toBeVisible({ timeout: 10_000 })));
  for (const { asked } of tabs) asked.clear();

  await world.start(/GuardMDM is (ready)/);
  await Promise.all(
    tabs.map(async ({ path, tab, shown, asked }) => {
      await expect(strip(tab), path).toHaveCount(0, { timeout: 60_000 });
      await expect(tab.getByText("Live", { exact: true }), path).toBeVisible();
      await expect.poll(() => [...shown].filter((name) => !asked.has(name)), { message: path }).toEqual([]);
      await expect(tab.locator("main [role=alert]"), path).toHaveCount(0);
    }),
  );
  for (const { path, tab, complaints } of tabs) {
    // The browser reports each request that failed while the server was dead.
    const others = complaints.filter((line) => !/ERR_CONNECTION_REFUSED|WebSocket connection/.test(line));
    expect(others, path).toEqual([]);
    await tab.close();
  }
}
