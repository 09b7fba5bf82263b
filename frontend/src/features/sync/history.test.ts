import { expect, test } from "vitest";
import { byDay, presentRuns } from "./history";
import type { Run } from "./SyncProvider";

function run(id: string, startedAt: string, change: Partial<Run> = {}): Run {
  return { id, startedAt, updatedAt: startedAt, status: "SUCCEEDED", ...change } as Run;
}

const a = run("a", "2026-09-17T10:00:00Z");
const b = run("b", "2026-09-17T10:05:00Z");
const c = run("c", "2026-09-17T10:10:00Z");
const idsOf = (runs: readonly Run[]) => runs.map(({ id }) => id);

test("each run is shown once, newest first, in its latest state", () => {
  const bNow = { ...b, updatedAt: "2026-09-17T10:05:09.5Z", added: 3 };
  const bBefore = { ...b, updatedAt: "2026-09-17T10:05:01Z", added: 1 };
  expect(idsOf(presentRuns([c, b, b, a], []))).toEqual(["c", "b", "a"]);
  expect(presentRuns([bNow], [bBefore])).toEqual([bNow]);
  expect(presentRuns([bBefore], [bNow])).toEqual([bNow]);
});

test("a run that goes on is there before it is fetched; one that has ended is not brought in", () => {
  const going = run("d", "2026-09-17T10:15:00Z", { status: "RUNNING" });
  expect(idsOf(presentRuns([c], [going, b]))).toEqual(["d", "c"]);
});

test("runs stand under their days", () => {
  const now = new Date(2026, 8, 17, 12).getTime();
  const at = (day: number) => new Date(2026, 8, day, 9).toISOString();
  expect(
    byDay([run("x", at(17)), run("y", at(17)), run("z", at(16))], now).map(({ label, rows }) => [label, rows.length]),
  ).toEqual([
    ["Today, Thursday 17 Sep 2026", 2],
    ["Wednesday 16 Sep 2026", 1],
  ]);
});
