import { readFile } from "node:fs/promises";
import { type BrowserContext, test as base, expect, type Page } from "@playwright/test";
import { type Database, makeDatabase } from "./database";
import { freePort, Program } from "./program";

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
  #token?: string;

  static async make(kind: "sqlite" | "postgres"): Promise<World> {
    const database = await makeDatabase(kind);
    const [simulator, [simUrl]] = await Program.start(
      ["simulate", "abm", "--listen", "127.0.0.1:0", "--devices", String(devices), "--latency", "80ms"],
      {},
      [/devices: (http:\S+)/],
    );
    const env = {
      GUARDMDM_LISTEN: `127.0.0.1:${await freePort()}`,
      GUARDMDM_OPS_LISTEN: "none",
      GUARDMDM_DATA_DIR: database.dataDir,
      GUARDMDM_DATABASE_URL: database.url,
      GUARDMDM_ABM_URL: simUrl,
      GUARDMDM_SYNC_PAGE_SIZE: "50", // so that a sync takes a few seconds
    };
    return new World(`${simUrl}/portal/`, database, env, simulator);
  }

  /** Starts the server; gives what matches in its output. */
  async start(pattern: RegExp): Promise<string> {
    const [server, [found]] = await Program.start(["serve"], this.env, [pattern]);
    this.server = server;
    return found;
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

  get url(): string {
    return `http://${this.env.GUARDMDM_LISTEN}`;
  }

  async end(): Promise<void> {
    await this.server?.kill();
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
  const [token] = await Promise.all([
    portalPage.waitForEvent("download"),
    portalPage.locator('form[action$="/token"]').getByRole("button", { name: "Download" }).click(),
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
