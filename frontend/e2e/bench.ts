import type { CDPSession, Page } from "@playwright/test";
import { expect, watch } from "./test";
import { becomeFirstAdmin, sync, test, World } from "./world";

// Measures what a person waits for, at a real server with BENCH_DASHBOARD_DEVICES devices (a million) that came by a real sync. Nothing here
// fails for being slow: it prints what was measured beside the goal.

const count = Number(process.env.BENCH_DASHBOARD_DEVICES ?? 1_000_000);
const scrollSeconds = 30;
const emptySeconds = 10;
const results: { what: string; measured: string; goal: string; kept: boolean }[] = [];

function report(what: string, value: number, unit: string, goal: number, digits = 0): void {
  const text = (n: number) => `${n.toFixed(digits)} ${unit}`.trim();
  results.push({ what, measured: text(value), goal: `<= ${text(goal)}`, kept: value <= goal });
}

test.setTimeout(3_600_000);

test("the dashboard's times", async ({ browser }) => {
  const world = await World.make("sqlite", { count, latency: "100ms", pageSize: 1_000 });
  try {
    const context = await browser.newContext();
    const page = await context.newPage();
    const complaints: string[] = [];
    watch(page, complaints);
    await becomeFirstAdmin(page, await world.start(/(http:\S+\/setup#\S+)/));
    await world.connect("Meridian", count);
    await sync(world, 1_800_000);
    await expect
      .poll(
        async () =>
          (await world.ask<{ devices: { totalCount: number } }>("{ devices(first: 0) { totalCount } }")).devices
            .totalCount,
      )
      .toBe(count);

    await test.step("the first page, nothing cached", async () => {
      const state = await context.storageState();
      const times: Loading[] = [];
      for (let i = 0; i < 5; i++) times.push(await load(await browser.newContext({ storageState: state }), world.url));
      const median = (of: (l: Loading) => number) => times.map(of).sort((a, b) => a - b)[2] ?? Number.NaN;
      report(
        "first page usable, cold cache",
        median((l) => l.usable),
        "ms",
        1_000,
      );
      report(
        "first contentful paint",
        median((l) => l.fcp),
        "ms",
        934,
      );
      report(
        "largest contentful paint",
        median((l) => l.lcp),
        "ms",
        1_200,
      );
      report(
        "total blocking time",
        median((l) => l.tbt),
        "ms",
        150,
      );
      report(
        "cumulative layout shift",
        median((l) => l.cls),
        "",
        0.1,
        3,
      );
      const score = performanceScore({
        fcp: median((l) => l.fcp),
        lcp: median((l) => l.lcp),
        tbt: median((l) => l.tbt),
        cls: median((l) => l.cls),
      });
      results.push({
        what: "performance, by Lighthouse's curves",
        measured: score.toFixed(0),
        goal: ">= 95",
        kept: score >= 95,
      });
    });

    await test.step("changes of the page", async () => {
      await page.goto(`${world.url}/`);
      await expect(page.getByText("Devices by platform").first()).toBeVisible();
      const changes: { heading: string; ms: number }[] = [];
      for (let round = 0; round < 3; round++) {
        for (const [link, heading] of pages) changes.push({ heading, ms: await change(page, link, heading) });
      }
      const slowest = (of: typeof changes) => of.reduce((a, b) => (a.ms > b.ms ? a : b));
      const [first, later] = [slowest(changes.slice(0, pages.length)), slowest(changes.slice(pages.length))];
      report(`a page for the first time, slowest: ${first.heading}`, first.ms, "ms", 150);
      report(`any page afterwards, slowest: ${later.heading}`, later.ms, "ms", 150);
    });

    await test.step("Sync now", async () => {
      await page.goto(`${world.url}/devices`);
      await expect(page.getByRole("button", { name: "Sync now" })).toBeEnabled();
      report("'Sync now' to the first movement", await movementAfterPress(page), "ms", 300);
      await expect(page.getByRole("button", { name: "Sync now" })).toBeEnabled({ timeout: 60_000 });
    });

    await test.step("a million rows, scrolled while a sync runs", async () => {
      await page.goto(`${world.url}/devices`);
      await expect(page.getByRole("row").nth(5)).toBeVisible();
      await page.getByRole("button", { name: "More ways to sync" }).click();
      await page
        .getByRole("menuitem", { name: /Full sync/ })
        .first()
        .click();
      await expect(page.getByRole("region", { name: "Live sync" })).toBeVisible();
      const { frames, rows, heap, worked } = await scroll(page);
      // What the machine itself makes late: nothing is drawn here but an empty page.
      const empty = await scrollNothing(await context.newPage());
      report("longest frame while scrolling", Math.max(...frames), "ms", 50);
      const late = frames.filter((ms) => ms > 50).length;
      report(`frames over 50 ms, of ${frames.length}`, late, "", 0);
      results.push({
        what: `the same of an empty page beside the same sync, of ${empty.length}`,
        measured: `${empty.filter((ms) => ms > 50).length}, longest ${Math.max(...empty).toFixed(0)} ms`,
        goal: "",
        kept: true,
      });
      report(
        `memory after ${rows.toLocaleString("en")} rows, times that after 10,000`,
        heap.end / heap.tenThousand,
        "",
        1.1,
        2,
      );
      // On a machine that others use this is what can be compared: frames are late also for want of a processor.
      for (const [what, seconds] of Object.entries(worked)) {
        const measured = `${((1e6 * seconds) / rows).toFixed(0)} ms`;
        results.push({ what: `${what} for each 1,000 rows scrolled`, measured, goal: "", kept: true });
      }
      results.push({ what: "memory then", measured: `${(heap.end / 1e6).toFixed(1)} MB`, goal: "", kept: true });
    });

    report("errors and warnings in the console", complaints.length, "", 0);
    expect(complaints).toEqual([]);
  } finally {
    await world.end();
    const width = Math.max(...results.map(({ what }) => what.length));
    const lines = results.map(
      ({ what, measured, goal, kept }) =>
        `${what.padEnd(width)}  ${measured.padStart(10)}  ${goal.padEnd(12)} ${kept ? "" : "missed"}`,
    );
    process.stdout.write(`\nDashboard, ${count.toLocaleString("en")} devices, SQLite\n\n${lines.join("\n")}\n\n`);
  }
});

const pages = [
  ["ABM devices", "ABM devices"],
  ["Groups", "Groups"],
  ["ADE profiles", "ADE profiles"],
  ["OS defaults", "OS defaults"],
  ["Assignments", "Assignments"],
  ["Commands", "Commands"],
  ["Sync history", "Sync history"],
  ["Troubleshooting", "Troubleshooting"],
  ["Overview", "Overview"],
] as const;

type Loading = { usable: number; fcp: number; lcp: number; tbt: number; cls: number };
declare global {
  var seen: { usable: number; lcp: number; tbt: number; cls: number };
  var frameLengths: number[];
  var heldUp: boolean;
}

/** Loads the first page in a browser that has nothing of it. */
async function load(
  context: Awaited<ReturnType<import("@playwright/test").Browser["newContext"]>>,
  url: string,
): Promise<Loading> {
  const page = await context.newPage();
  await page.addInitScript(() => {
    globalThis.seen = { usable: 0, lcp: 0, tbt: 0, cls: 0 };
    const watchFor = (type: string, use: (entry: PerformanceEntry) => void) =>
      new PerformanceObserver((list) => list.getEntries().forEach(use)).observe({ type, buffered: true });
    watchFor("largest-contentful-paint", (entry) => {
      seen.lcp = entry.startTime;
    });
    watchFor("longtask", (entry) => {
      seen.tbt += entry.duration - 50;
    });
    watchFor("layout-shift", (entry) => {
      const { value, hadRecentInput } = entry as PerformanceEntry & { value: number; hadRecentInput: boolean };
      if (!hadRecentInput) seen.cls += value;
    });
    // Usable: the numbers of the fleet stand there and lead to their lists.
    new MutationObserver((_, observer) => {
      if (!document.querySelector('[aria-label="The fleet in numbers"] a[href]')?.textContent?.match(/\d/)) return;
      observer.disconnect();
      requestAnimationFrame(() => {
        seen.usable = performance.now();
      });
    }).observe(document, { childList: true, subtree: true, characterData: true });
  });
  await page.goto(url);
  await page.waitForFunction(() => seen.usable > 0);
  await page.waitForTimeout(2_000); // what shifts or blocks later counts too
  const loading = await page.evaluate(() => ({
    ...seen,
    fcp: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN,
  }));
  await context.close();
  return loading;
}

/** Goes to another page by its link; measures, in the page itself, until its heading is there and nothing in it stands for what is still to come. */
function change(page: Page, link: string, heading: string): Promise<number> {
  return page.evaluate(
    ([link, heading]) =>
      new Promise<number>((resolve) => {
        const anchor = [...document.querySelectorAll<HTMLAnchorElement>('nav[aria-label="Main"] a')].find(
          ({ textContent }) => textContent?.startsWith(link ?? ""),
        );
        if (!anchor) throw new Error(`no link ${link}`);
        const began = performance.now();
        const look = () => {
          const main = document.querySelector("main");
          const loads =
            main?.querySelector("[aria-busy=true]") ??
            [...(main?.querySelectorAll("[role=status]") ?? [])].find(({ textContent }) => textContent === "Loading");
          const there = document.querySelector("h1")?.textContent === heading && !loads;
          if (there) resolve(performance.now() - began);
          else requestAnimationFrame(look);
        };
        anchor.click();
        requestAnimationFrame(look);
      }),
    [link, heading],
  );
}

function movementAfterPress(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const began = performance.now();
        new MutationObserver((_, observer) => {
          if (!document.querySelector('section[aria-label="Live sync"] h2')?.textContent?.startsWith("Syncing")) return;
          observer.disconnect();
          requestAnimationFrame(() => resolve(performance.now() - began));
        }).observe(document.body, { childList: true, subtree: true, characterData: true });
        document.querySelector<HTMLButtonElement>('button[aria-label="Sync now"]')?.click();
      }),
  );
}

/** Has a page note how long each of its frames is from now on, but for those while a measurement holds it up. */
async function watchFrames(page: Page) {
  await page.evaluate(() => {
    const frameLengths: number[] = [];
    Object.assign(globalThis, { frameLengths, heldUp: false });
    let before = performance.now();
    const frame = (now: number) => {
      if (!heldUp) frameLengths.push(now - before);
      before = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  return {
    frames: () => page.evaluate(() => frameLengths.slice(1)),
    async except<Result>(measure: () => Promise<Result>): Promise<Result> {
      await page.evaluate(() => {
        heldUp = true;
      });
      const result = await measure();
      // The frame that was held up has to have passed.
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
      await page.evaluate(() => {
        heldUp = false;
      });
      return result;
    },
  };
}

/** Scrolls an empty page by its wheel; gives the length of each frame. */
async function scrollNothing(page: Page): Promise<number[]> {
  await page.setContent('<div style="height: 15000000px"></div>');
  const { frames } = await watchFrames(page);
  await page.mouse.move(700, 500);
  for (const end = Date.now() + emptySeconds * 1_000; Date.now() < end; ) await page.mouse.wheel(0, 1_200);
  const seen = await frames();
  await page.close();
  return seen;
}

/** Scrolls the table by its wheel; gives the length of each frame, the rows passed, what the page's thread did, and the memory after 10,000 rows and at the end. */
async function scroll(page: Page) {
  const cdp = await page.context().newCDPSession(page);
  const watched = await watchFrames(page);
  await page.mouse.move(700, 500);
  let tenThousand = 0;
  const rows = () =>
    page.evaluate(() =>
      Math.max(
        ...[...document.querySelectorAll("[role=row][aria-rowindex]")].map((row) =>
          Number(row.getAttribute("aria-rowindex")),
        ),
      ),
    );
  await cdp.send("Performance.enable", { timeDomain: "threadTicks" });
  const before = await durations(cdp);
  const end = Date.now() + scrollSeconds * 1_000;
  for (let i = 0; Date.now() < end; i++) {
    await page.mouse.wheel(0, 1_200);
    if (tenThousand === 0 && i % 50 === 0 && (await rows()) > 10_000)
      tenThousand = await watched.except(() => memory(cdp)); // a collection by force stops the page for a while
  }
  const frames = await watched.frames();
  const after = await durations(cdp);
  const worked = Object.fromEntries(work.map(([metric, what]) => [what, (after[metric] ?? 0) - (before[metric] ?? 0)]));
  const passed = await rows();
  return { frames, rows: passed, worked, heap: { tenThousand: tenThousand || Number.NaN, end: await memory(cdp) } };
}

const work = [
  ["ScriptDuration", "script"],
  ["RecalcStyleDuration", "style"],
  ["LayoutDuration", "layout"],
  ["TaskDuration", "the page's thread"],
] as const;

/** The seconds that the page's thread spent so far, by what it did. */
async function durations(cdp: CDPSession): Promise<Readonly<Record<string, number>>> {
  const { metrics } = await cdp.send("Performance.getMetrics");
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}

async function memory(cdp: CDPSession): Promise<number> {
  await cdp.send("HeapProfiler.collectGarbage");
  const { usedSize } = await cdp.send("Runtime.getHeapUsage");
  return usedSize;
}

/** Lighthouse's score on a desktop of what was measured: log-normal curves by their points of 0.9 and 0.5. Its Speed Index is left out. */
function performanceScore(m: { fcp: number; lcp: number; tbt: number; cls: number }): number {
  const curves = [
    [m.fcp, 934, 1_600, 10],
    [m.lcp, 1_200, 2_400, 25],
    [m.tbt, 150, 350, 30],
    [m.cls, 0.1, 0.25, 25],
  ] as const;
  let [sum, weights] = [0, 0];
  for (const [value, p10, median, weight] of curves) {
    sum += weight * logNormal(value, p10, median);
    weights += weight;
  }
  return (100 * sum) / weights;
}

function logNormal(value: number, p10: number, median: number): number {
  if (value <= 0) return 1;
  const spread = Math.log(p10 / median) / -1.2815515655446004;
  return Math.min(1, (1 - erf(Math.log(value / median) / (Math.abs(spread) * Math.SQRT2))) / 2);
}

/** Abramowitz and Stegun 7.1.26. */
function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const y =
    1 -
    ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t * Math.exp(-x * x);
  return Math.sign(x) * y;
}
