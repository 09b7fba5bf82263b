import { readFile } from "node:fs/promises";
import type { Browser, BrowserContext, Locator, Page } from "@playwright/test";
import { keepPicture, takesPictures } from "./pictures";
import { expect, watch } from "./test";
import {
  atPortal,
  becomeFirstAdmin,
  connect,
  downloadToken,
  macs,
  makeProfile,
  password,
  portal,
  sync,
  test,
  type World,
} from "./world";

// The whole way of an organization, as docs/user/abm-integration.md tells it: from the exchange of tokens to their renewal a year later.
for (const kind of ["SQLite", "PostgreSQL"]) {
  test(`from the setup link to a renewed token, on ${kind}`, async ({ world, page, context, browser }) => {
    test.setTimeout(560_000); // a long way, on a machine that may be busy
    const began = Date.now();
    const complaints: string[] = [];
    watch(page, complaints);
    const shot = async (name: string) => {
      await keepPicture(page, name); // first, as what is under way does not wait
      await page.screenshot({ path: `test-results/screens/journey-${name}.png` });
    };
    if (takesPictures) await page.setViewportSize({ width: 1280, height: 800 }); // as large as the text beside it bears

    await test.step("the first administrator", async () => {
      await becomeFirstAdmin(page, await world.start(/(http:\S+\/setup#\S+)/), shot);
    });

    await test.step("the four steps", () => connect(page, context, world.portalUrl, shot));

    await test.step("the devices of the first sync", async () => {
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("ABM devices");
      await expect(footer(page)).toHaveText(/1,500 devices match/, { timeout: 60_000 });
      await expect(page.getByRole("row").nth(5)).toBeVisible();
    });

    await test.step("Sync now moves on the screen within 300 ms", async () => {
      await expect(page.getByRole("button", { name: "Sync now" })).toBeEnabled({ timeout: 30_000 });
      await portal(world.portalUrl, "devices/assign-count", { count: "120" });
      const first = await movementAfterPress(page);
      process.stdout.write(`    ${kind}: the first movement came ${first.toFixed(0)} ms after the press
`);
      // The goal is 300 ms; on a shared machine of two cores a test only holds what cannot be noise.
      expect(first).toBeLessThan(2_000);
      await shot("5-sync");
      await expect(footer(page)).toHaveText(/1,620 devices match/, { timeout: 30_000 });
    });

    await test.step("changes at the portal appear", async () => {
      const serial = await text(page.getByRole("row").nth(1).getByRole("gridcell").first());
      await portal(world.portalUrl, "devices/unassign", { serial: serial });
      await syncNow(page);
      await expect(footer(page)).toHaveText(/1,619 devices match/, { timeout: 30_000 });
      await page.goto(`${world.url}/devices?status=removed`);
      await expect(page.getByText(serial).first()).toBeVisible();
      await page.goto(`${world.url}/devices`);
    });

    await test.step("the server dies in the middle of a sync, and comes back", async () => {
      await page.getByRole("button", { name: "More ways to sync" }).click();
      await page
        .getByRole("menuitem", { name: /Full sync/ })
        .first()
        .click();
      await page.getByRole("button", { name: "Syncing" }).waitFor();
      await world.server?.kill();
      await expect(page.getByText(/Not live/).first()).toBeVisible({ timeout: 10_000 });
      await shot("6-not-live");
      await world.start(/GuardMDM is (ready)/);
      await expect(page.getByText(/Not live/)).toHaveCount(0, { timeout: 40_000 });
      await expect(page.getByRole("button", { name: "Sync now" })).toBeEnabled({ timeout: 60_000 });
      await expect(footer(page)).toHaveText(/1,619 devices match/);
      await shot("7-recovered");
      await page.goto(`${world.url}/sync`);
      await expect(page.getByRole("row", { name: /Resumed.*Succeeded|Succeeded.*Resumed/ })).toHaveCount(1); // the same run
    });

    const [standard, faculty, loan] = ["Mac Standard", "Mac Faculty", "Mac Loan"] as const;
    const [a, b, c] = await macs(world);
    await test.step("profiles, and the default of all Macs", async () => {
      await makeProfile(page, standard, () => shot("profile"));
      for (const name of [faculty, loan]) await makeProfile(page, name);
      await page.goto(`${world.url}/defaults`);
      await page.getByRole("button", { name: /^Mac, all organizations:/ }).click();
      const choice = page.getByRole("dialog", { name: /^Choose the macOS default/ });
      await choice.getByRole("radio", { name: standard }).check();
      await choice.getByRole("button", { name: "Set default" }).click();
      await expect(page.getByRole("dialog").getByText("Finished", { exact: true })).toBeVisible({ timeout: 60_000 });
      await page.keyboard.press("Escape");
      await expect(page.getByRole("dialog")).toHaveCount(0);
      await shot("os-defaults");
    });

    await test.step("a group, and a device of its own", async () => {
      await page.goto(`${world.url}/groups/new?kind=static`);
      await page.getByLabel("Name", { exact: true }).fill("Faculty");
      await page.getByLabel("ADE profile for devices in this group").selectOption({ label: faculty });
      await page.getByRole("button", { name: "Create group" }).click();
      await expect(page.getByRole("heading", { level: 1, name: "Faculty" })).toBeVisible();
      await page.goto(`${world.url}/devices?device=${b}`);
      await page.getByRole("button", { name: "Add to group" }).click();
      const group = page.getByRole("dialog", { name: "Add 1 device to a group" });
      await group.getByRole("radio", { name: /^Faculty/ }).check();
      await group.getByRole("button", { name: "Add to group" }).click();
      await expect(group).toHaveCount(0); // a page that is left takes its request with it
      await page.goto(`${world.url}/devices/${c}`);
      await page.getByRole("button", { name: "Assign profile" }).click();
      const assignment = page.getByRole("dialog", { name: "Assign a profile to 1 device" });
      await assignment.getByRole("radio", { name: loan }).check();
      await assignment.getByRole("button", { name: "Assign to 1" }).click();
      await expect(page.getByRole("dialog").getByText("Finished", { exact: true })).toBeVisible({ timeout: 30_000 });
      await page.keyboard.press("Escape");
      for (const [serial, profile] of [
        [a, standard],
        [b, faculty],
        [c, loan],
      ] as const) {
        await expect.poll(async () => (await atPortal(world.portalUrl, serial)).profile_status).toBe("assigned");
        await page.goto(`${world.url}/devices/${serial}`);
        await expect(
          page.getByRole("region", { name: "Why this profile?" }).locator('li[aria-current="true"]'),
        ).toContainText(profile);
      }
    });

    await test.step("a device is switched on, and enrolls", async () => {
      await world.certify();
      await page.goto(`${world.url}/devices/${a}`);
      await world.switchOn(a);
      await expect(page.getByRole("region", { name: "Timeline" }).getByText("Began to enroll")).toBeVisible({
        timeout: 60_000,
      });
      await expect(page.getByText("Enrolled", { exact: true }).first()).toBeVisible({ timeout: 60_000 });
      await shot("8-enrolled");
    });

    const others: { page: Page; role: OtherRole; complaints: string[] }[] = [];
    await test.step("an enrollment manager and a viewer see what they may", async () => {
      for (const [name, role] of [
        ["Omar Haddad", "Enrollment manager"],
        ["Vera Lind", "Viewer"],
      ] as const) {
        const link = await addPerson(page, world.url, name, role);
        others.push({ role, ...(await joined(browser, world.url, link, role)) });
      }
    });

    await test.step("the token nears its end", async () => {
      await world.renew("480h");
      await page.goto(`${world.url}/settings/abm`);
      await expect(page.getByText("Expires in 20 days").first()).toBeVisible();
      await expect(page.getByRole("link", { name: "Renew token" })).toBeVisible();
      await page.goto(`${world.url}/`);
      const attention = page.getByRole("region", { name: /attention/i });
      await expect(attention.getByText(/expires/).first()).toBeVisible();
      await shot("9-expiring");
    });

    const late = await unassigned(world.portalUrl);
    await test.step("it expires: that is said on every page, to everybody, with what it means", async () => {
      await world.renew("15s");
      await page.goto(`${world.url}/settings/abm`);
      const banner = page.getByRole("region", { name: "Enrollment disrupted" });
      await expect(banner).toContainText("Enrollment disrupted for Brightline Health", { timeout: 120_000 });
      for (const consequence of [
        /Device sync stops/,
        /ADE enrollment fails/,
        /Device info goes stale/,
        /not affected/,
      ]) {
        await expect(page.getByText(consequence).first()).toBeVisible();
      }
      await shot("10-expired");
      await page.goto(`${world.url}/devices`);
      await expect(banner).toBeVisible();
      await expect(page.getByRole("button", { name: "Sync now" })).toBeDisabled();
      for (const other of others) {
        await other.page.goto(`${world.url}/devices`);
        await expect(other.page.getByRole("region", { name: "Enrollment disrupted" })).toBeVisible();
        await expect(other.page.getByRole("link", { name: "Renew token" })).toHaveCount(0); // an administrator's
      }
    });

    await test.step("new devices neither sync nor enroll, enrolled ones go on", async () => {
      await portal(world.portalUrl, "devices/assign", { serial: late });
      expect(await startSync(world)).toMatch(/expired/);
      await page.goto(`${world.url}/devices/${late}`);
      await expect(page.getByText("There is no device with this serial number").first()).toBeVisible();

      expect(await world.switchOnInVain(b)).toMatch(/^0 of 1/);
      await page.goto(`${world.url}/devices/${b}`);
      await expect(page.getByText(/ABM token .*expired/).first()).toBeVisible();
      await page.goto(`${world.url}/troubleshooting?serial=${b}`);
      await expect(page.getByRole("list", { name: "Steps" })).toBeVisible();
      await shot("diagnosis");

      await page.goto(`${world.url}/devices/${a}`);
      await page.getByRole("region", { name: "Commands" }).getByRole("button", { name: "Send command" }).click();
      await page.getByRole("menuitem", { name: "List profiles" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "List profiles" }).click();
      await expect(page.getByRole("dialog").getByText("1 of 1 device")).toBeVisible({ timeout: 60_000 });
      await shot("11-command");
      await page.keyboard.press("Escape");
    });

    await test.step("the server dies and comes back: the token is as expired as before", async () => {
      await world.server?.kill();
      await expect(page.getByText(/Not live/).first()).toBeVisible({ timeout: 10_000 });
      await world.start(/GuardMDM is (ready)/);
      await expect(page.getByText(/Not live/)).toHaveCount(0, { timeout: 40_000 });
      await expect(page.getByRole("region", { name: "Enrollment disrupted" })).toBeVisible();
    });

    await test.step("it is renewed, from the banner", async () => {
      const banner = page.getByRole("region", { name: "Enrollment disrupted" });
      await banner.getByRole("link", { name: "Renew token" }).click();
      await page.getByRole("button", { name: "Generate key" }).click();
      const [certificate] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: /^Download/ }).click(),
      ]);
      const token = await renewAtPortal(context, world.portalUrl, await certificate.path());
      await page.getByRole("link", { name: "I uploaded the key" }).click();
      await page.getByRole("link", { name: "I have the file" }).click();
      await page.locator('input[type="file"]').setInputFiles(token);
      await expect(page.getByRole("link", { name: "Finish" })).toBeVisible({ timeout: 30_000 });
      await shot("12-renewed");
      await page.getByRole("link", { name: "Finish" }).click();
      await expect(banner).toHaveCount(0, { timeout: 30_000 });
      for (const other of others) {
        await expect(other.page.getByRole("region", { name: "Enrollment disrupted" })).toHaveCount(0, {
          timeout: 30_000,
        });
      }
    });

    await test.step("everything goes on from where it was", async () => {
      await sync(world);
      await page.goto(`${world.url}/devices/${late}`);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(late);
      await page.goto(`${world.url}/devices/${b}`);
      await world.switchOn(b);
      await expect(page.getByText("Enrolled", { exact: true }).first()).toBeVisible({ timeout: 60_000 });
      await shot("13-recovered");
    });

    await test.step("what a sync did stands above the list", async () => {
      await page.goto(`${world.url}/devices?platform=MACOS`);
      await expect(page.getByRole("row").nth(5)).toBeVisible();
      await page.getByRole("button", { name: "More ways to sync" }).click();
      await page
        .getByRole("menuitem", { name: /Full sync/ })
        .first()
        .click();
      await expect(
        page
          .getByRole("region", { name: "Live sync" })
          .getByText(/^Sync succeeded/)
          .first(),
      ).toBeVisible({ timeout: 60_000 });
      await shot("14-sync");
    });

    for (const other of others) {
      expect(
        other.complaints.filter((line) => !lostServer.test(line)),
        other.role,
      ).toEqual([]);
      await other.page.context().close();
    }
    process.stdout.write(`    ${kind}: the whole way took ${((Date.now() - began) / 1000).toFixed(0)} s\n`);
    // The browser reports each request that failed while the server was dead.
    expect(complaints.filter((line) => !lostServer.test(line))).toEqual([]);
  });
}

const lostServer = /ERR_CONNECTION_REFUSED|WebSocket connection/;
type OtherRole = "Enrollment manager" | "Viewer";

const text = async (locator: Locator) => ((await locator.textContent()) ?? "").trim();
const footer = (page: Page) => page.getByText(/devices? match/).filter({ visible: true });

async function syncNow(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Sync now" }).click();
}

/** Presses Sync now, and measures, in the page itself, when the live panel shows the new run. */
async function movementAfterPress(page: Page): Promise<number> {
  const closed = page.getByRole("region", { name: "Live sync" }).getByRole("button", { name: "Close" });
  if (await closed.isVisible()) await closed.click();
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const button = document.querySelector<HTMLButtonElement>('button[aria-label="Sync now"]');
        const began = performance.now();
        new MutationObserver((_, observer) => {
          const heading = document.querySelector('section[aria-label="Live sync"] h2');
          if (!heading?.textContent?.startsWith("Syncing")) return;
          observer.disconnect();
          requestAnimationFrame(() => resolve(performance.now() - began));
        }).observe(document.body, { childList: true, subtree: true, characterData: true });
        button?.click();
      }),
  );
}

/** Adds a person by the dialog; gives the one-time link that it shows. */
async function addPerson(page: Page, url: string, name: string, role: string): Promise<string> {
  await page.goto(`${url}/settings/people`);
  await page.getByRole("button", { name: "Add person" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByLabel(/email/i).fill(`${name.split(" ")[0]?.toLowerCase()}@meridian.example`);
  await dialog.getByRole("radio", { name: new RegExp(role) }).check();
  await dialog.getByRole("button", { name: /Add/ }).click();
  const link = await text(dialog.getByText(/\/join#/));
  await dialog.getByRole("button", { name: "Done" }).click();
  return link;
}

/** Joins by the link in a browser of its own, and looks at what the role may do. */
async function joined(browser: Browser, url: string, link: string, role: OtherRole) {
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const page = await context.newPage();
  const complaints: string[] = [];
  watch(page, complaints);
  await page.goto(link);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Join" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Overview");
  await expect(page.getByText(role).first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Sync now" })).toHaveCount(role === "Viewer" ? 0 : 1);
  await page.goto(`${url}/settings/abm`);
  await expect(page.getByText("Brightline Health").first()).toBeVisible();
  await expect(page.getByRole("link", { name: /Renew|Add ABM organization/ })).toHaveCount(0);
  await page.goto(`${url}/settings/people`);
  await expect(page.getByText("ana@meridian.example")).toBeVisible();
  await expect(page.getByRole("button", { name: "Add person" })).toHaveCount(0);
  await page.goto(`${url}/settings/api`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("API tokens");
  await expect(page.getByRole("button", { name: /New API token/ })).toHaveCount(0);
  await page.goto(`${url}/settings/audit`);
  await expect(page.getByText("Uploaded a server token").filter({ visible: true }).first()).toBeVisible();
  await page.goto(`${url}/devices`);
  await expect(page.getByRole("row").nth(2)).toBeVisible();
  return { page, complaints };
}

/** A device that is assigned to no MDM server. */
async function unassigned(portalUrl: string): Promise<string> {
  const answer = await fetch(`${portalUrl}devices?where=none`, { headers: { Accept: "application/json" } });
  const { devices } = (await answer.json()) as { devices: { serial_number: string }[] };
  return devices.at(-1)?.serial_number ?? ""; // not one that was taken away before
}

/** Starts a sync by the API; gives why it was refused, if it was. */
async function startSync(world: World): Promise<string> {
  const { abmTokens } = await world.ask<{ abmTokens: { nodes: { id: string }[] } }>("{ abmTokens { nodes { id } } }");
  const { startSync } = await world.ask<{ startSync: { userErrors: { message: string }[] } }>(
    "mutation ($id: ID!) { startSync(input: { abmTokenId: $id }) { userErrors { message } } }",
    { id: abmTokens.nodes[0]?.id },
  );
  return startSync.userErrors.map(({ message }) => message).join();
}

/** The new key goes up at the portal, and the new server token comes down. */
async function renewAtPortal(context: BrowserContext, url: string, certificate: string): Promise<string> {
  const portalPage = await context.newPage();
  await portalPage.goto(url);
  await portalPage.getByRole("link", { name: "GuardMDM Brightline" }).click();
  const replacement = portalPage.locator('form[action$="/certificate"]');
  await replacement.getByLabel(/or its text/).fill(await readFile(certificate, "utf8"));
  await replacement.getByRole("button", { name: "Replace" }).click();
  return downloadToken(portalPage);
}
