import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { expect, queriesOf, watch } from "./test";
import { test as base, becomeFirstAdmin, World } from "./world";

const devices = 1_500;

const test = base.extend<{ world: World }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what a fixture needs
  world: async ({}, use) => {
    const world = await World.make("postgres", { latency: "300ms", pageSize: 25 }); // a sync of 20 s
    await use(world);
    await world.end();
  },
});

test("a dashboard whose replica is killed goes on with the other one, and the sync with it", async ({
  world,
  page,
}) => {
  test.setTimeout(180_000);
  const balancer = new Balancer();
  await balancer.listen(Number(new URL(world.url).port));
  const first = await world.replica(/(http:\S+\/setup#\S+)/);
  const second = await world.replica(/GuardMDM is (ready)/);
  balancer.to(first.port);
  await becomeFirstAdmin(page, first.found.replace(/^http:\/\/[^/]+/, world.url));
  const complaints: string[] = [];
  watch(page, complaints);
  const asked = queriesOf(page);
  await world.connect("Brightline Health", devices);

  await page.goto(`${world.url}/devices`);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  const live = page.getByRole("region", { name: "Live sync" });
  const pages = async () =>
    Number(
      await live
        .locator("div", { has: page.getByText("Pages", { exact: true }) })
        .last()
        .locator("dd")
        .first()
        .textContent(),
    );
  await expect(page.getByRole("main").locator("[aria-busy=true]")).toHaveCount(0);
  const shown = new Set(asked);
  await page.getByRole("button", { name: "Sync now", exact: true }).click();
  await expect(live).toBeVisible();
  await expect.poll(pages).toBeGreaterThan(2);
  asked.clear();

  // The replica that serves the page, and that syncs. For a moment nobody answers, until the balancer goes to the other one.
  const before = await pages();
  balancer.to(undefined);
  await first.server.kill();
  const strip = page.getByRole("alert").filter({ hasText: "Not live" });
  await expect(strip).toBeVisible({ timeout: 3_000 });
  balancer.to(second.port);
  await expect(strip).toHaveCount(0, { timeout: 20_000 });
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await expect.poll(() => [...shown].filter((name) => !asked.has(name))).toEqual([]);

  // The other replica takes the run over when the lease has ended, and the page, which was not loaded again, shows it.
  await expect.poll(pages, { timeout: 45_000 }).toBeGreaterThan(before);
  await expect(live.getByText("Sync succeeded")).toBeVisible({ timeout: 60_000 });
  await expect(
    page
      .getByText(/1,500 devices match/)
      .filter({ visible: true })
      .first(),
  ).toBeVisible();
  // The browser reports each request that failed while nobody answered.
  expect(
    complaints.filter((line) => !/ERR_CONNECTION|ERR_EMPTY_RESPONSE|ERR_SOCKET|WebSocket connection/.test(line)),
  ).toEqual([]);
  await balancer.close();
});

/** One port before several servers: connections go to the one that is named last, and end with it. */
class Balancer {
  #port: number | undefined;
  readonly #sockets = new Set<Socket>();
  readonly #server: Server = createServer((client) => {
    if (this.#port === undefined) return client.destroy();
    const server = connect(this.#port, "127.0.0.1");
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      this.#sockets.add(one);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        this.#sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });

  async listen(port: number): Promise<void> {
    this.#server.listen(port, "127.0.0.1");
    await once(this.#server, "listening");
  }

  /** Where new connections go; undefined: nowhere. */
  to(port: number | undefined): void {
    this.#port = port;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, "close");
  }
}
