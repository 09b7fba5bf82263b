import type { Page } from "@playwright/test";
import { expect, watch } from "./test";
import { test as base, becomeFirstAdmin, makeProfile, sync, World } from "./world";

const count = 100_000;

const test = base.extend<{ world: World }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what a fixture needs
  world: async ({}, use) => {
    const world = await World.make("sqlite", { count, latency: "0s", pageSize: 1_000 });
    await use(world);
    await world.end();
  },
});

test("a hundred thousand devices: totals, the whole list, search, export, and a profile for all that match", async ({
  world,
  page,
}) => {
  test.setTimeout(300_000); // a machine that may be busy
  const complaints: string[] = [];
  watch(page, complaints);
  const began = Date.now();
  const took = (what: string) => process.stdout.write(`    ${what}: ${((Date.now() - began) / 1_000).toFixed(1)} s\n`);
  await becomeFirstAdmin(page, await world.start(/(http:\S+\/setup#\S+)/));
  await world.connect("Meridian", count);
  await sync(world, 120_000);
  took("the fleet is there");
  await page.goto(`${world.url}/`);
  await expect(page.getByText("100,000").first()).toBeVisible();
  await makeProfile(page, "Mac Standard");

  await test.step("the list to its end", async () => {
    await page.goto(`${world.url}/devices`);
    await expect(matching(page)).toHaveText("100,000 devices match");
    await expect(page.getByRole("row").nth(5)).toBeVisible();
    const last = await page.getByRole("grid", { name: "ABM devices" }).evaluate(async (grid) => {
      let scroller: Element = grid;
      while (scroller.scrollHeight <= scroller.clientHeight && scroller.parentElement)
        scroller = scroller.parentElement;
      for (let before = -1; scroller.scrollTop !== before; ) {
        before = scroller.scrollTop;
        scroller.scrollTop = scroller.scrollHeight;
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
      return grid.getAttribute("aria-rowcount");
    });
    expect(Number(last)).toBeGreaterThanOrEqual(count);
    const end = page.locator(`[role=row][aria-rowindex="${last}"]`);
    await expect(end).toBeVisible();
    await expect(end.getByText(/^[A-Z0-9]{8,}$/).first()).toBeVisible();
    // The document does not grow with the list.
    expect(await page.getByRole("row").count()).toBeLessThan(200);
  });
  took("the end of the list");

  await test.step("what begins with some letters", async () => {
    const { some } = await world.ask<{ some: { nodes: { serialNumber: string }[] } }>(
      "{ some: devices(first: 1) { nodes { serialNumber } } }",
    );
    const prefix = some.nodes[0]?.serialNumber.slice(0, 4) ?? "";
    const n = await total(world, `serialNumberHasPrefix: "${prefix}"`);
    await page.getByRole("searchbox", { name: "Search by serial number" }).fill(prefix);
    await expect(matching(page)).toHaveText(`${n} ${n === 1 ? "device matches" : "devices match"}`);
    await expect(page.getByRole("row").nth(1)).toContainText(prefix);
  });
  took("a search");

  const macs = await total(world, "platform: MACOS, removedAtIsNil: true");
  const all = macs.toLocaleString("en");
  await test.step("all Macs, as a file, and with a profile", async () => {
    await page.goto(`${world.url}/devices?platform=MACOS`);
    await expect(matching(page)).toHaveText(`${all} devices match`);
    const link = page.getByRole("link", { name: "Export CSV" });
    const file = await page.request.get(new URL((await link.getAttribute("href")) ?? "", world.url).href);
    expect(file.status()).toBe(200);
    expect((await file.text()).trim().split("\n")).toHaveLength(macs + 1);
    took(`a file of ${all} devices`);

    await page.getByRole("checkbox", { name: "Select the loaded devices" }).check();
    await page.getByRole("button", { name: `Select all ${all} matching` }).click();
    await page.getByRole("button", { name: "Assign profile" }).click();
    const dialog = page.getByRole("dialog", { name: `Assign a profile to ${all} devices` });
    await dialog.getByRole("radio", { name: "Mac Standard" }).check();
    await dialog.getByRole("button", { name: `Assign to ${all}` }).click();
    await expect(page.getByRole("dialog").getByText("Finished", { exact: true })).toBeVisible({ timeout: 120_000 });
  });
  expect(await total(world, "profileSource: DEVICE")).toBe(macs);
  expect(complaints).toEqual([]);
  took(`${all} devices have the profile`);
});

/** How many devices a filter finds, as the API says. */
async function total(world: World, where: string): Promise<number> {
  const { devices } = await world.ask<{ devices: { totalCount: number } }>(
    `{ devices(first: 0, where: { ${where} }) { totalCount } }`,
  );
  return devices.totalCount;
}

/** Below the list: how many match. */
const matching = (page: Page) =>
  page
    .getByText(/devices? match(es)?$/)
    .filter({ visible: true })
    .first();
