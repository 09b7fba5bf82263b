import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { type BrowserContext, test as base, expect, type Page } from "@playwright/test";
import { type Database, makeDatabase } from "./database";
import { binary, freePort, Program } from "./program";

const devices = 2_000;
export const password = "a quiet orchard 7";

/** A server of its own beside a simulated ABM, so that it can be killed and started again. */
export class World {
  private constructor(
    readonly portalUrl: string,
    private readonly database: Database,
    private readonly env: Record<string, string>,
    private readonly simulator: Program,
  ) {}
  server?: Program;
  readonly #replicas: Program[] = [];
  #devices?: Program;
  #token?: string;

  static async make(
    kind: "sqlite" | "postgres",
    { count = devices, latency = "120ms", pageSize = 50 } = {},
  ): Promise<World> {
    const database = await makeDatabase(kind);
    const [simulator, [simUrl]] = await Program.start(
      ["simulate", "abm", "--listen", "127.0.0.1:0", "--devices", String(count), "--latency", latency],
      {},
      [/devices: (http:\S+)/],
    );
    await promisify(execFile)(binary, ["simulate", "certificates", "--dir", database.dataDir]);
    const pushes = `127.0.0.1:${await freePort()}`;
    const env = {
      GUARDMDM_LISTEN: `127.0.0.1:${await freePort()}`,
      GUARDMDM_OPS_LISTEN: "none",
      GUARDMDM_DATA_DIR: database.dataDir,
      GUARDMDM_DATABASE_URL: database.url,
      GUARDMDM_ABM_URL: simUrl,
      GUARDMDM_SYNC_PAGE_SIZE: String(pageSize), // small, so that a sync takes a few seconds
      // What simulated devices need.
      GUARDMDM_DEVICE_CA_FILE: join(database.dataDir, "device-ca.pem"),
      GUARDMDM_APNS_URL: `https://${pushes}`,
      GUARDMDM_APNS_CA_FILE: join(database.dataDir, "apns-ca.pem"),
      GUARDMDM_SIM_DEVICES_ABM: simUrl,
      GUARDMDM_SIM_DEVICES_CA_FILE: join(database.dataDir, "device-ca.pem"),
      GUARDMDM_SIM_DEVICES_CA_KEY_FILE: join(database.dataDir, "device-ca.key"),
    };
    return new World(`${simUrl}/portal/`, database, env, simulator);
  }

  /** Starts the server; gives what matches in its output. */
  async start(pattern: RegExp): Promise<string> {
    const [server, [found]] = await Program.start(["serve"], this.env, [pattern]);
    this.server = server;
    return found;
  }

  /** Starts one more server on the same database, at an address of its own; gives what matches in its output, too. */
  async replica(pattern: RegExp): Promise<{ server: Program; port: number; found: string }> {
    const port = await freePort();
    const env = { ...this.env, GUARDMDM_LISTEN: `127.0.0.1:${port}` };
    const [server, [found]] = await Program.start(["serve"], env, [pattern]);
    this.#replicas.push(server);
    return { server, port, found };
  }

  /** Asks the API by a token: what tests ask is no operation of the dashboard, which is all that a session may carry out. */
  async ask<Data>(query: string, variables: object = {}): Promise<Data> {
    if (!this.#token) {
      const create = ["api-token", "create", "--name", "e2e", "--role", "admin"];
      const [, [token]] = await Program.start(create, this.env, [/(gmdm_\S+)/]);
      this.#token = token;
    }
    const answer = await fetch(`${this.url}/graphql`, {
      method: "POST",
      headers: { Authorization: `Bearer ${this.#token}`, "Content-Type": "application/json" },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await answer.json()) as { data: Data; errors?: unknown };
    expect(errors).toBeUndefined();
    return data;
  }

  /** The four steps by the API; so many devices are assigned at the portal. */
  async connect(name: string, count: number): Promise<string> {
    const { generateABMToken } = await this.ask<{
      generateABMToken: { abmToken: { id: string }; certificatePEM: string };
    }>(`mutation ($name: String) { generateABMToken(input: { name: $name }) { abmToken { id } certificatePEM } }`, {
      name,
    });
    const post = (path: string, fields: Record<string, string>) =>
      fetch(`${this.portalUrl}${path}`, {
        method: "POST",
        headers: { Accept: "application/json" },
        body: new URLSearchParams(fields),
      });
    const certificate = generateABMToken.certificatePEM;
    expect((await post("servers", { name: "GuardMDM", certificate_text: certificate })).status).toBeLessThan(400);
    await portal(this.portalUrl, "devices/assign-count", { count: String(count) });
    await this.#use(generateABMToken.abmToken.id, {});
    return generateABMToken.abmToken.id;
  }

  /** Gives the server the push certificate of the simulated push service. */
  async certify(): Promise<void> {
    const [certificate, privateKey] = await Promise.all(
      ["push.pem", "push.key"].map((name) => readFile(join(this.database.dataDir, name), "utf8")),
    );
    await this.ask(
      "mutation ($input: UploadPushCertificateInput!) { uploadPushCertificate(input: $input) { userErrors { message } } }",
      { input: { certificate, privateKey } },
    );
  }

  /** Switches a device on, which enrolls, and then stays and carries out commands. */
  async switchOn(serial: string): Promise<void> {
    await this.#devices?.kill(); // the one before, whose push service has the same address
    const [devices] = await Program.start(
      ["simulate", "devices", "--serial", serial, "--keys", "1", "--stay", "1h", "--poll", "1s"],
      {
        ...this.env,
        GUARDMDM_SIM_DEVICES_APNS_LISTEN: new URL(this.env.GUARDMDM_APNS_URL ?? "").host,
        GUARDMDM_SIM_DEVICES_APNS_CA_FILE: this.env.GUARDMDM_APNS_CA_FILE ?? "",
        GUARDMDM_SIM_DEVICES_APNS_CA_KEY_FILE: join(this.database.dataDir, "apns-ca.key"),
      },
      [/devices are switched (on)/],
    );
    this.#devices = devices;
  }

  /** Switches a device on that is to be refused; gives what is said of it in the end. */
  async switchOnInVain(serial: string): Promise<string> {
    const args = ["simulate", "devices", "--serial", serial, "--keys", "1"];
    const [, [why]] = await Program.start(args, this.env, [/^(0 of 1 enrolled.*)/]);
    return why;
  }

  /** Puts a server token into use that ends after the time (such as 480h), as the one in use does when its year has passed so far. */
  async renew(life: string): Promise<void> {
    const { abmTokens } = await this.ask<{ abmTokens: { nodes: { id: string }[] } }>("{ abmTokens { nodes { id } } }");
    await this.#use(abmTokens.nodes[0]?.id ?? "", { life });
  }

  /** Downloads a server token of the only MDM server at the portal, and uploads it. */
  async #use(abmTokenId: string, fields: Record<string, string>): Promise<void> {
    const page = await (await fetch(this.portalUrl)).text();
    const download = await fetch(`${this.portalUrl}servers/${/servers\/([^/"]+)\/token/.exec(page)?.[1]}/token`, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new URLSearchParams(fields),
    });
    const { contentBase64 } = (await download.json()) as { contentBase64: string };
    const { uploadABMServerToken } = await this.ask<{ uploadABMServerToken: { userErrors: unknown[] } }>(
      "mutation ($input: UploadABMServerTokenInput!) { uploadABMServerToken(input: $input) { userErrors { message } } }",
      { input: { abmTokenId, contentBase64 } },
    );
    expect(uploadABMServerToken.userErrors).toEqual([]);
  }

  get url(): string {
    return `http://${this.env.GUARDMDM_LISTEN}`;
  }

  async end(): Promise<void> {
    await this.#devices?.kill();
    await this.server?.kill();
    for (const replica of this.#replicas) await replica.kill();
    await this.simulator.kill();
    await this.database.remove();
  }
}

/** A test with a world of its own, on the database that its title names. */
export const test = base.extend<{ world: World }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what a fixture needs
  world: async ({}, use, { title }) => {
    const world = await World.make(title.includes("PostgreSQL") ? "postgres" : "sqlite");
    await use(world);
    await world.end();
  },
});

type Shot = (name: string) => Promise<unknown>;

/** Redeems the setup link as Ana Ferreira. */
export async function becomeFirstAdmin(page: Page, link: string, shot?: Shot): Promise<void> {
  await page.goto(link);
  await page.getByLabel("Your name").fill("Ana Ferreira");
  await page.getByLabel("Work email").fill("ana@meridian.example");
  await page.getByLabel("Password", { exact: true }).fill(password);
  await shot?.("1-first-admin");
  await page.getByRole("button", { name: "Create administrator" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("How do you want to start, Ana?");
  await shot?.("2-choose");
}

/** Connects the simulated organization as Brightline Health, by the wizard's four steps. */
export async function connect(page: Page, context: BrowserContext, portalUrl: string, shot?: Shot): Promise<void> {
  await page.getByRole("link", { name: "Connect your ABM" }).click();
  await page.getByLabel("Name in GuardMDM").fill("Brightline Health");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 2 })).toContainText("Upload the public key");
  await shot?.("3-key");
  const [certificate] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: /^Download/ }).click(),
  ]);
  const token = await exchangeAtPortal(context, portalUrl, await certificate.path());
  await page.reload(); // the wizard goes on where it was
  await page.getByRole("link", { name: "I uploaded the key" }).click();
  await page.getByRole("link", { name: "I have the file" }).click();
  await page.locator('input[type="file"]').setInputFiles(token);
  await expect(page.getByText(/^Decrypts with/)).toBeVisible();
  await expect(page.getByRole("link", { name: "Finish" })).toBeVisible({ timeout: 20_000 });
  await shot?.("4-checks");
  await page.getByRole("link", { name: "Finish" }).click();
}

/** Steps 2 and 3 at the simulated portal, by its pages: the key goes up, 1,500 devices are assigned, the server token comes down. */
async function exchangeAtPortal(context: BrowserContext, url: string, certificate: string): Promise<string> {
  const portalPage = await context.newPage();
  await portalPage.goto(url);
  const add = portalPage.locator('form[action$="servers"]');
  await add.getByLabel("Name").fill("GuardMDM Brightline");
  await add.getByLabel(/or its text/).fill(await readFile(certificate, "utf8"));
  await add.getByRole("button", { name: "Add MDM server" }).click();
  await portalPage.goto(url);
  const assign = portalPage.locator('form[action$="devices/assign-count"]');
  await assign.getByLabel("How many").fill("1500");
  await assign.getByRole("button", { name: "Assign" }).click();
  await portalPage.goto(url);
  return downloadToken(portalPage);
}

/** Downloads the server token at a page of the portal, and closes it. */
export async function downloadToken(portalPage: Page): Promise<string> {
  const [token] = await Promise.all([
    portalPage.waitForEvent("download"),
    portalPage.locator('form[action$="/token"]').first().getByRole("button", { name: "Download" }).click(),
  ]);
  const path = await token.path();
  await portalPage.close();
  return path;
}

/** Presses a button of the portal for the only MDM server. */
export async function portal(url: string, action: string, fields: Record<string, string>): Promise<void> {
  const page = await (await fetch(url)).text();
  const server = /servers\/([^/"]+)\/token/.exec(page)?.[1] ?? "";
  const answer = await fetch(`${url}${action}`, {
    method: "POST",
    headers: { Accept: "application/json" },
    body: new URLSearchParams({ server, ...fields }),
  });
  expect(answer.status, await answer.text()).toBeLessThan(400);
}

/** Makes a profile for Macs and publishes it. */
export async function makeProfile(page: Page, name: string, edit?: () => Promise<void>): Promise<void> {
  await page.goto(`${new URL(page.url()).origin}/profiles`);
  await page.getByRole("button", { name: "New profile" }).first().click();
  const creation = page.getByRole("dialog", { name: "New ADE profile" });
  await creation.getByLabel("Profile name").fill(name);
  await creation.getByRole("checkbox", { name: "macOS" }).check();
  await creation.getByRole("button", { name: "Create profile" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await edit?.();
  await page.getByRole("button", { name: "Publish" }).click();
  const publication = page.getByRole("dialog", { name: `Publish ${name} v1` });
  await publication.getByRole("button", { name: "Publish" }).click();
  await page
    .getByRole("dialog", { name: `Published ${name} v1` })
    .getByRole("button", { name: "Done" })
    .click();
  await expect(page.getByText("No changes")).toBeVisible();
}

/** Syncs, and waits until that is done. */
export async function sync(world: World, timeout = 60_000): Promise<void> {
  const { abmTokens } = await world.ask<{ abmTokens: { nodes: { id: string }[] } }>("{ abmTokens { nodes { id } } }");
  const { startSync } = await world.ask<{ startSync: { syncRun: { id: string } } }>(
    "mutation ($id: ID!) { startSync(input: { abmTokenId: $id }) { syncRun { id } userErrors { message } } }",
    { id: abmTokens.nodes[0]?.id },
  );
  const status = () =>
    world.ask<{ node: { status: string } }>("query ($id: ID!) { node(id: $id) { ... on SyncRun { status } } }", {
      id: startSync.syncRun.id,
    });
  await expect.poll(async () => (await status()).node.status, { timeout }).toBe("SUCCEEDED");
}

/** Three Macs that are in ABM. */
export async function macs(world: World): Promise<[string, string, string]> {
  const { devices } = await world.ask<{ devices: { nodes: { serialNumber: string }[] } }>(
    "{ devices(first: 3, where: { platform: MACOS, removedAtIsNil: true }) { nodes { serialNumber } } }",
  );
  return devices.nodes.map(({ serialNumber }) => serialNumber) as [string, string, string];
}

type PortalDevice = { profile_status?: string; profile_uuid?: string };

/** A device as the simulated portal has it. */
export async function atPortal(portalUrl: string, serial: string): Promise<PortalDevice> {
  const answer = await fetch(`${portalUrl}devices/${serial}`, { headers: { Accept: "application/json" } });
  return (await answer.json()) as PortalDevice;
}
