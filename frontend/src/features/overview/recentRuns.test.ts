import { expect, test } from "vitest";
import { lastSync, type RecentRun, runBars, stripLength } from "./recentRuns";

const now = Date.parse("2026-09-17T12:00:00Z");

function run(id: string, abmTokenId: string, seconds: number, more: Partial<RecentRun> = {}): RecentRun {
  return {
    id,
    abmTokenId,
    status: "SUCCEEDED",
    full: false,
    added: 1,
    modified: 10,
    removed: 0,
    startedAt: "2026-09-17T11:30:00Z",
    finishedAt: new Date(Date.parse("2026-09-17T11:30:00Z") + seconds * 1_000).toISOString(),
    error: null,
    ...more,
  };
}

function latest(...runs: RecentRun[]): ReadonlyMap<string, RecentRun> {
  return new Map(runs.map((each) => [each.abmTokenId, each]));
}

test("the last sync adds up what the last run of each token did", () => {
  const failed = run("c", "halden", 1, { status: "FAILED", added: 0, modified: 0 });
  const sync = lastSync(
    ["brightline", "corvus", "halden"],
    latest(run("a", "brightline", 5), run("b", "corvus", 2), failed),
    [],
  );
  expect(sync).toMatchObject({ tokens: 3, took: 5_000, added: 2, modified: 20, removed: 0, failed: [failed] });
  expect(sync?.at).toBe("2026-09-17T11:30:05.000Z");
});

test("while a token syncs, the run before counts", () => {
  const running = run("b", "corvus", 0, { status: "RUNNING", finishedAt: null, added: 500 });
  expect(lastSync(["corvus"], latest(running), [running, run("a", "corvus", 2)])).toMatchObject({
    tokens: 1,
    added: 1,
  });
  expect(lastSync(["corvus"], latest(running), [running])).toBeNull();
});

test("the strip ends with the newest run; a failed one is as high as can be", () => {
  const bars = runBars([run("new", "a", 2, { status: "FAILED" }), run("middle", "a", 0), run("old", "a", 10)], now);
  expect(bars.map(({ run: { id }, place }) => [id, place])).toEqual([
    ["old", stripLength - 3],
    ["middle", stripLength - 2],
    ["new", stripLength - 1],
  ]);
  expect(bars.map(({ height }) => height)).toEqual([1, 0.12, 1]);
});
