import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, watch } from "./test";
import { atPortal, becomeFirstAdmin, connect, macs, makeProfile, portal, sync, test } from "./world";

test.use({ actionTimeout: 30_000 });

// The path from a profile to the device at Apple, and what is said about it on the way. journey.spec.ts goes the main way on both databases.
test("every device gets the right profile", async ({ world, page, context }) => {
  test.setTimeout(560_000); // a long way, on a machine that may be busy
  const complaints: string[] = [];
  watch(page, complaints);
  const shot = (name: string) => page.screenshot({ path: `test-results/screens/assignments-${name}.png` });

  await becomeFirstAdmin(page, await world.start(/(http:\S+\/setup#\S+)/));
  await connect(page, context, world.portalUrl);
  await expect(page.getByText(/1,500 devices match/).filter({ visible: true })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole("button", { name: "Sync now" })).toBeEnabled({ timeout: 60_000 });

  const [standard, faculty, loan] = ["Mac Standard", "Mac Faculty", "Mac Loan"] as const;
  await test.step("three profiles, and what people see of Setup Assistant", async () => {
    await makeProfile(page, standard, async () => {
      await page.getByRole("link", { name: "Setup Assistant" }).click();
      const screens = page.getByRole("list", { name: "Screens on Mac, in their order" });
      await expect(screens.getByText("FileVault")).toBeVisible();
      await page.getByRole("button", { name: "Skip all" }).click();
      await expect(screens.getByText("FileVault")).toHaveCount(0);
      await page.getByRole("checkbox", { name: "Touch ID, Face ID, Optic ID Skipped" }).press("Space");
      await expect(screens.getByRole("listitem").filter({ hasText: "Touch ID" })).toBeVisible();
      await lookEverywhere(page, "screens");
    });
    await makeProfile(page, faculty);
    await makeProfile(page, loan);
  });

  const [a, b, c] = await macs(world);
  await test.step("unassigned Macs become assigned at the portal", async () => {
    expect((await atPortal(world.portalUrl, a)).profile_uuid ?? "").toBe("");
    await page.goto(`${world.url}/`);
    await expect(page.getByText(/macOS devices are Unassigned/).first()).toBeVisible();
    await page.getByRole("link", { name: "Set OS default" }).first().click();
    await page.getByRole("button", { name: /^Mac, all organizations:/ }).click();
    const choice = page.getByRole("dialog", { name: /^Choose the macOS default/ });
    await choice.getByRole("radio", { name: standard }).check();
    await expect(choice.getByText(/get Mac Standard in place of no profile/)).toBeVisible();
    await choice.getByRole("button", { name: "Set default" }).click();
    const progress = page.getByRole("dialog", { name: /^Set the macOS default/ });
    await expect(progress.getByText("Finished", { exact: true })).toBeVisible({ timeout: 60_000 });
    await shot("default-set");
    await page.keyboard.press("Escape");
    for (const serial of [a, b, c]) {
      await expect.poll(async () => (await atPortal(world.portalUrl, serial)).profile_status).toBe("assigned");
    }
  });

  await test.step("one device is in a group with another profile", async () => {
    await page.goto(`${world.url}/groups/new?kind=static`);
    await page.getByLabel("Name", { exact: true }).fill("Faculty");
    await page.getByLabel("ADE profile for devices in this group").selectOption({ label: faculty });
    await page.getByRole("button", { name: "Create group" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Faculty" })).toBeVisible();
    await page.goto(`${world.url}/devices?device=${b}`);
    await page.getByRole("button", { name: "Add to group" }).click();
    const dialog = page.getByRole("dialog", { name: "Add 1 device to a group" });
    await dialog.getByRole("radio", { name: /^Faculty/ }).check();
    await dialog.getByRole("button", { name: "Add to group" }).click();
    await expect(
      page.getByRole("region", { name: "Why this profile?" }).locator('[aria-current="true"]'),
    ).toContainText(faculty);
  });

  await test.step("one device has its own", async () => {
    await page.goto(`${world.url}/devices/${c}`);
    await page.getByRole("button", { name: "Assign profile" }).click();
    const dialog = page.getByRole("dialog", { name: "Assign a profile to 1 device" });
    await dialog.getByRole("radio", { name: loan }).check();
    await dialog.getByRole("button", { name: "Assign to 1" }).click();
    await expect(page.getByRole("dialog").getByText("Finished", { exact: true })).toBeVisible({ timeout: 30_000 });
    await page.keyboard.press("Escape");
  });

  await test.step("each says why, and Apple has it so", async () => {
    const uuids = new Set<string>();
    for (const [serial, rung, profile] of [
      [a, "OS default", standard],
      [b, "Group", faculty],
      [c, "Device", loan],
    ] as const) {
      await page.goto(`${world.url}/devices/${serial}`);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(serial);
      const why = page.getByRole("region", { name: "Why this profile?" }).locator('li[aria-current="true"]');
      await expect(why).toContainText(rung);
      await expect(why).toContainText(profile);
      await expect(page.getByRole("region", { name: "Timeline" }).getByText("Profile assigned").first()).toBeVisible({
        timeout: 30_000,
      });
      uuids.add((await atPortal(world.portalUrl, serial)).profile_uuid ?? "");
      await lookEverywhere(page, `why-${rung.replace(" ", "-")}`);
    }
    expect(uuids.size).toBe(3);
  });

  await test.step("broken terms are said where they matter", async () => {
    await portal(world.portalUrl, "terms", { accepted: "false" });
    await page.goto(`${world.url}/devices/${a}`);
    await page.getByRole("button", { name: `More for ${a}` }).click();
    await page.getByRole("menuitem", { name: /Clear profile at Apple/ }).click();
    const dialog = page.getByRole("dialog", { name: "Clear the profile of 1 device at Apple" });
    await expect(dialog.getByText("is to have no profile at Apple")).toBeVisible();
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await shot("clear");
    await dialog.getByRole("button", { name: "Clear profile" }).click();
    await expect(page.getByRole("dialog", { name: "Clearing profiles at Apple" })).toBeVisible();
    await page.keyboard.press("Escape");
    // Telling Apple of it fails, which stops the token: nobody has to sync.
    await expect(async () => {
      await page.goto(`${world.url}/`);
      await expect(page.getByText(/Apple has new terms for Brightline Health/)).toBeVisible({ timeout: 5_000 });
    }).toPass({ timeout: 60_000 });
    await expect(
      page
        .getByRole("link", { name: "Open ABM" })
        .or(page.getByRole("button", { name: "Open ABM" }))
        .first(),
    ).toBeVisible();
    await lookEverywhere(page, "terms");
    expect((await atPortal(world.portalUrl, a)).profile_status).toBe("assigned");
    await page.goto(`${world.url}/devices/${a}`);
    await expect(page.getByText(/Apple does not have|Apple is not told/).first()).toBeVisible();
    await shot("terms-device");
  });

  await test.step("accepted again, it heals by itself", async () => {
    await portal(world.portalUrl, "terms", { accepted: "true" });
    await page.goto(`${world.url}/`);
    await page.getByRole("button", { name: "Check again" }).first().click();
    await expect(page.getByText(/Apple has new terms for/)).toHaveCount(0, { timeout: 60_000 });
    await page.getByRole("button", { name: "Sync now" }).first().click();
    await expect(page.getByText(/T_C_NOT_SIGNED/)).toHaveCount(0, { timeout: 60_000 });
    await expect
      .poll(async () => (await atPortal(world.portalUrl, a)).profile_uuid ?? "", { timeout: 60_000 })
      .toBe("");
    await page.goto(`${world.url}/devices/${a}`);
    await expect(page.getByText(/Apple does not have|Apple is not told/)).toHaveCount(0, { timeout: 30_000 });
    await expect(page.getByRole("region", { name: "Timeline" }).getByText("Profile taken away").first()).toBeVisible();
    await lookEverywhere(page, "healed");
  });

  await test.step("a profile that comes after the activation, and a migration, are marked", async () => {
    await portal(world.portalUrl, "devices/activate", { serial: b });
    const soon = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
    await portal(world.portalUrl, "devices/edit", { serial: c, mdm_migration_deadline: soon });
    await page.goto(`${world.url}/devices/${b}`);
    await sync(world);
    await expect(page.getByRole("region", { name: "Timeline" }).getByText("Profile fetched").first()).toBeVisible({
      timeout: 30_000,
    });
    await page.getByRole("button", { name: "Assign profile" }).click();
    const dialog = page.getByRole("dialog", { name: "Assign a profile to 1 device" });
    await dialog.getByRole("radio", { name: loan }).check();
    await expect(dialog.getByText(/fetched a profile already/)).toBeVisible();
    await dialog.getByRole("button", { name: "Assign to 1" }).click();
    await expect(page.getByRole("dialog").getByText("Finished", { exact: true })).toBeVisible({ timeout: 30_000 });
    await page.keyboard.press("Escape");
    await expect(page.getByText("The profile acts only after an erase")).toBeVisible({ timeout: 30_000 });
    await page.goto(`${world.url}/devices?note=erase`);
    await expect(page.getByText("1 device matches").filter({ visible: true })).toBeVisible();
    await expect(page.getByText("After erase", { exact: true })).toBeVisible();
    await page.goto(`${world.url}/devices?sort=deadline`);
    await expect(page.getByRole("columnheader", { name: "Migrates by" })).toBeVisible();
    await expect(page.getByText("1 device matches").filter({ visible: true })).toBeVisible();
    await expect(page.getByRole("row", { name: new RegExp(c) })).toBeVisible();
    await shot("deadline");
    await page.goto(`${world.url}/devices/${c}`);
    await expect(page.getByText("This device migrates from another MDM")).toBeVisible();
    await shot("migration");
  });

  await test.step("a device is released for good, once its number is typed", async () => {
    await page.goto(`${world.url}/devices?q=${a}`);
    await page.getByRole("checkbox", { name: `Select ${a}` }).check();
    await page.getByRole("button", { name: "More for the selection" }).click();
    await page.getByRole("menuitem", { name: /^Release for good/ }).click();
    const dialog = page.getByRole("dialog", { name: "Release 1 device for good" });
    await expect(dialog.getByText("This cannot be undone")).toBeVisible();
    await dialog.getByLabel("Type 1 to confirm").fill("1");
    await shot("release");
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await dialog.getByRole("button", { name: "Release for good" }).click();
    await expect(page.getByText("1 of 1 device released.")).toBeVisible({ timeout: 30_000 });
    await page.keyboard.press("Escape");
    await page.goto(`${world.url}/devices/${a}`);
    await expect(page.getByText("This device is no longer in Apple Business Manager")).toBeVisible();
    await expect(page.getByRole("region", { name: "Timeline" }).getByText("Released for good").first()).toBeVisible();
    await expect(page.getByRole("button", { name: "Assign profile" })).toHaveCount(0);
    await lookEverywhere(page, "released");
  });

  await test.step("the list, its columns and its views", async () => {
    await page.goto(`${world.url}/devices?platform=MACOS`);
    await page.getByRole("button", { name: "Columns" }).click();
    const columns = page.getByRole("dialog", { name: "Columns" });
    await columns.getByRole("checkbox", { name: "Changed" }).uncheck();
    await columns.getByRole("checkbox", { name: "Colour" }).check();
    await expect(page).toHaveURL(/cols=model,platform,profile,assignment,enrollment,added,color/);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await shot("columns");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("columnheader", { name: "Colour" })).toBeVisible();
    await page.getByRole("button", { name: "Save view" }).click();
    await page.getByLabel("Name of the view").fill("Macs by colour");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("link", { name: /^Macs by colour/ })).toHaveAttribute("aria-current", "page");
    await page.getByRole("link", { name: /^All devices/ }).click();
    await expect(page).toHaveURL(/\/devices$/);
    await page.reload();
    await page.getByRole("link", { name: /^Macs by colour/ }).click();
    await expect(page.getByRole("columnheader", { name: "Colour" })).toBeVisible();
    await lookEverywhere(page, "devices");
  });

  expect(complaints).toEqual([]);
});

/** Pictures in both themes and on a phone, without a violation, and nothing wider than the page. */
async function lookEverywhere(page: Page, name: string): Promise<void> {
  const desktop = page.viewportSize() ?? { width: 1440, height: 900 };
  for (const [scheme, width, height, isChecked] of [
    ["light", desktop.width, desktop.height, true],
    ["dark", desktop.width, desktop.height, false],
    ["light", 1280, 800, false],
    ["dark", 390, 844, true],
  ] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize({ width, height });
    await page.screenshot({
      path: `test-results/screens/assignments-${name}-${scheme}-${width}.png`,
      animations: "disabled",
    });
    if (isChecked) {
      expect((await new AxeBuilder({ page }).analyze()).violations, `${name} ${scheme} ${width}`).toEqual([]);
    }
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth), { message: `${name} at ${width} px` })
      .toBeLessThanOrEqual(width);
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(desktop);
}
