import { date } from "../../lib/time";
import type { Run } from "./SyncProvider";
import { isRunning } from "./syncGroup";

/**
 * Whether the newest runs reach down to those that were loaded before. If more have begun meanwhile than a page holds, the
 * ones between are not here.
 */
export function touches(newest: readonly Run[], loaded: readonly Run[]): boolean {
  const ids = new Set(loaded.map((run) => run.id));
  return newest.some((run) => ids.has(run.id));
}

/** All runs once, newest first; what is told live replaces what was fetched, and is there before it is. */
export function presentRuns(newest: readonly Run[], older: readonly Run[], live: readonly Run[]): Run[] {
  const byId = new Map<string, Run>();
  const add = (run: Run) => {
    const known = byId.get(run.id);
    if (!known || Date.parse(known.updatedAt) <= Date.parse(run.updatedAt)) byId.set(run.id, run);
  };
  for (const run of [...newest, ...older]) add(run);
  for (const run of live) if (byId.has(run.id) || isRunning(run)) add(run);
  return [...byId.values()].sort((a, b) => Date.parse(b.startedAt) - Date.parse(a.startedAt));
}

export type Day = { label: string; runs: readonly Run[] };

const weekday = new Intl.DateTimeFormat("en", { weekday: "long" });

/** The runs by the day on which they began: "Today, Thursday 17 Sep 2026". */
export function byDay(runs: readonly Run[], now: number): Day[] {
  const days = new Map<string, Run[]>();
  for (const run of runs) {
    const label = dayLabel(Date.parse(run.startedAt), now);
    days.set(label, [...(days.get(label) ?? []), run]);
  }
  return [...days].map(([label, ofDay]) => ({ label, runs: ofDay }));
}

function dayLabel(at: number, now: number): string {
  const day = `${weekday.format(at)} ${date(at)}`;
  return date(at) === date(now) ? `Today, ${day}` : day;
}
