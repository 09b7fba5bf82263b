import { type Group, grouped } from "../../lib/grouped";
import { date } from "../../lib/time";
import type { Run } from "./SyncProvider";
import { isRunning } from "./syncGroup";

/** All runs once, newest first; what is told live replaces what was fetched, and is there before it is. */
export function presentRuns(fetched: readonly Run[], live: readonly Run[]): Run[] {
  const byId = new Map<string, Run>();
  const add = (run: Run) => {
    const known = byId.get(run.id);
    if (!known || Date.parse(known.updatedAt) <= Date.parse(run.updatedAt)) byId.set(run.id, run);
  };
  for (const run of fetched) add(run);
  for (const run of live) if (byId.has(run.id) || isRunning(run)) add(run);
  return [...byId.values()].sort((a, b) => Date.parse(b.startedAt) - Date.parse(a.startedAt));
}

const weekday = new Intl.DateTimeFormat("en", { weekday: "long" });

/** The runs by the day on which they began: "Today, Thursday 17 Sep 2026". */
export function byDay(runs: readonly Run[], now: number): Group<Run>[] {
  return grouped(runs, (run) => dayLabel(Date.parse(run.startedAt), now));
}

function dayLabel(at: number, now: number): string {
  const day = `${weekday.format(at)} ${date(at)}`;
  return date(at) === date(now) ? `Today, ${day}` : day;
}
