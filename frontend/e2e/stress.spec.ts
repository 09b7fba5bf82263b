import type { Page } from "@playwright/test";
import { look, scrolledSideways } from "./look";
import { expect, watch } from "./test";
import { becomeFirstAdmin, portal, sync, test, type World } from "./world";

// What nobody types in a demonstration: a long word without a place to break, both directions of writing in one line, what looks like markup.
const long = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
const mixed = "מכשיר של שרה ‏(iPad) — جهاز المكتبة ١٢٣ <b>not bold</b>";
const groups = 100; // more than a page of them

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

test("nothing at all, then as much and as long as can be, with large text, on a phone, and over a slow network", async ({
  world,
  page,
  context,
}) => {
  test.setTimeout(560_000);
  const complaints: string[] = [];
  watch(page, complaints);
  const open = async (path: string) => {
    await page.goto(`${world.url}${path}`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.getByRole("main").locator("[aria-busy=true]")).toHaveCount(0, { timeout: 30_000 });
  };
  const shown = (text: string | RegExp) => page.getByText(text).filter({ visible: true }).first();
  /** Each page in the window of a phone, and with all text twice as large, in the window and as the browser's zoom does. */
  const fits = async (what: string, paths: readonly string[]) => {
    for (const path of paths) {
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
    await fits("nothing", routes);
    await open("/devices");
    await look(page, "stress-no-devices");
  });

  await world.connect("Brightline Health", 60);
  await sync(world);
  await test.step("many groups, and the names of the world", async () => {
    const created = "{ userErrors { message } }";
    await all(
      world,
      `a: createADEProfile(input: { name: $long, department: $long }) ${created}
       b: createADEProfile(input: { name: $mixed, department: $mixed }) ${created}
       c: addUser(input: { name: $long, email: "a-long-address-without-a-place-to-break@subdomain.of-a-subdomain.example", role: VIEWER }) ${created}
       d: addUser(input: { name: $mixed, email: "sara@meridian.example", role: OPERATOR }) ${created}
       e: createAPIToken(input: { name: $long, role: VIEWER }) ${created}`,
    );
    const names = [long, mixed, ...Array.from({ length: groups - 2 }, (_, n) => `Group ${n + 3}`)];
    for (let i = 0; i < names.length; i += 10) {
      const some = names.slice(i, i + 10);
      await all(
        world,
        some
          .map((name, n) => `g${n}: createDeviceGroup(input: { name: ${JSON.stringify(name)} }) ${created}`)
          .join(" "),
      );
    }
    const { devices } = await world.ask<{ devices: { nodes: { serialNumber: string }[] } }>(
      "{ devices(first: 1) { nodes { serialNumber } } }",
    );
    const serial = devices.nodes[0]?.serialNumber ?? "";
    await portal(world.portalUrl, "devices/edit", { serial, asset_tag: mixed.slice(0, 30), description: long });
    await sync(world);

    await open("/groups");
    for (const name of [long, mixed]) await expect(shown(name)).toBeVisible(); // as it was typed, not as markup
    await fits("much", ["/groups", "/profiles", "/settings/people", "/settings/api", `/devices/${serial}`]);
    await page.setViewportSize({ width: 390, height: 844 });
    for (const path of ["/profiles", "/groups"]) {
      await open(path);
      await expect(shown(long)).toBeVisible();
      const tooWide = (cards: Element[]) => cards.filter((card) => card.scrollWidth > card.clientWidth).length;
      expect(await page.locator("main li").evaluateAll(tooWide), path).toBe(0);
    }
    await look(page, "stress-groups");
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  await test.step("a network of 400 ms and 50 KB a second", async () => {
    const cdp = await context.newCDPSession(page);
    await cdp.send("Network.enable");
    await cdp.send("Network.setCacheDisabled", { cacheDisabled: true });
    const slow = { latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };
    await cdp.send("Network.emulateNetworkConditions", { offline: false, ...slow });
    await open("/devices");
    await expect(shown(/60 devices match/)).toBeVisible({ timeout: 60_000 });
    await page.getByRole("link", { name: "Groups", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Groups", { timeout: 30_000 });
    await expect(shown(long)).toBeVisible({ timeout: 30_000 });
    await page.getByRole("link", { name: "ABM devices" }).click();
    await page.getByRole("button", { name: "Sync now" }).click();
    await expect(page.getByRole("region", { name: "Live sync" })).toBeVisible({ timeout: 15_000 });
    await expect(page.getByText(/Not live/)).toHaveCount(0);
  });

  expect(complaints).toEqual([]);
});

test("as many groups as there may be are listed, found, moved and chosen, on desktop and phone", async ({
  world,
  page,
}) => {
  test.setTimeout(300_000);
  const most = 1_000;
  const complaints: string[] = [];
  watch(page, complaints);
  await becomeFirstAdmin(page, await world.start(/(http:\S+\/setup#\S+)/));
  await world.connect("Brightline Health", 60);
  await sync(world);
  for (let i = 0; i < most; i += 10) {
    const some = Array.from({ length: 10 }, (_, n) => {
      const rule =
        n % 2 ? `, rule: { field: MODEL, operator: CONTAINS, values: ["iPad ${i + n}", "Mac ${i + n}"] }` : "";
      return `g${n}: createDeviceGroup(input: { name: "Group ${i + n + 1}"${rule} }) { userErrors { message } }`;
    });
    await all(world, some.join(" "));
  }
  const more = await world.ask<{ createDeviceGroup: { userErrors: { message: string }[] } }>(
    'mutation { createDeviceGroup(input: { name: "One too many" }) { userErrors { message } } }',
  );
  expect(more.createDeviceGroup.userErrors[0]?.message).toBe("There are 1000 groups, and no more are allowed.");

  for (const [width, height] of [
    [1440, 900],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.goto(`${world.url}/groups`);
    await watchFrames(page);
    await expect(page.getByText("Group 50", { exact: true }).filter({ visible: true })).toBeVisible();
    for (const last of [100, 150]) {
      await page.getByRole("button", { name: "Load more" }).click();
      await expect(page.getByText(`Group ${last}`, { exact: true }).filter({ visible: true })).toBeVisible();
    }
    await page.getByRole("button", { name: "Move Group 120 up" }).click();
    await expect(page.getByText("Group 120 is now at place 119")).toBeAttached();
    await page.getByRole("button", { name: "Move Group 120 down" }).click();
    await expect(page.getByText("Group 120 is now at place 120")).toBeAttached();

    await page.goto(`${world.url}/devices`);
    await watchFrames(page);
    await expect(page.getByText(/60 devices match/).filter({ visible: true })).toBeVisible();
    if (width < 640) await page.getByRole("button", { name: "Filters", exact: true }).click();
    await page.getByRole("button", { name: /^Group ?All/ }).click();
    const search = page.getByRole("searchbox", { name: "Search by name: Group" });
    await expect(search).toBeVisible();
    const list = page.getByRole("list", { name: "Group" });
    expect(await list.getByRole("button").count()).toBeLessThan(60);
    await page.screenshot({ path: `test-results/screens/stress-group-filter-${width}.png` });
    await search.fill("group 997");
    await list.getByRole("button", { name: "Group 997" }).click();
    await expect(page).toHaveURL(/group=grp_/);
    await expect(page.getByRole("button", { name: /^Group ?Group 997/ })).toBeVisible();
    expect(await longestFrame(page), `${width} px`).toBeLessThan(2_000);
  }
  expect(complaints).toEqual([]);
});

/** Keeps for how long the page stood still at most. */
async function watchFrames(page: Page): Promise<void> {
  await page.evaluate(() => {
    let before = performance.now();
    const frame = (now: number) => {
      globalThis.longest = Math.max(globalThis.longest ?? 0, now - before);
      before = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}

const longestFrame = (page: Page) => page.evaluate(() => globalThis.longest ?? 0);

declare global {
  var longest: number | undefined;
}

/** Carries out mutations side by side in one request; all have to succeed. */
async function all(world: World, fields: string): Promise<void> {
  const variables = ["long", "mixed"].filter((name) => fields.includes(`$${name}`));
  const head = variables.length > 0 ? ` (${variables.map((name) => `$${name}: String!`).join(", ")})` : "";
  const answers = await world.ask<Record<string, { userErrors: unknown[] }>>(`mutation${head} { ${fields} }`, {
    long,
    mixed,
  });
  expect(Object.values(answers).flatMap(({ userErrors }) => userErrors)).toEqual([]);
}
