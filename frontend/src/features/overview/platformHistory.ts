import { dayOfYear, type Instant, msOf } from "../../lib/time";
import type { ChartDay, DaySeries } from "../../ui/DayChart";

/** The series of the chart, from the bottom: each keeps its place and colour, whatever the numbers are. */
export const series = [
  { id: "MACOS", label: "macOS", color: 1 },
  { id: "IOS", label: "iOS", color: 2 },
  { id: "IPADOS", label: "iPadOS", color: 3 },
  { id: "OTHER", label: "Other", color: 4 },
] as const satisfies readonly DaySeries[];

export type Counts = ReadonlyMap<string, number>;

/** A day by UTC with the devices of each platform; null when no server ran, or none kept count yet. */
export type FleetDay = { at: number; counts: Counts | null };

type Kept = { startsAt: Instant; platform: string; devices: number };

const day = 24 * 3_600_000;

/** The last days, oldest first and each of them there. Of today `present` counts, which is newer than what was kept. */
export function historyOf(kept: readonly Kept[], present: Counts, length: number, now: number): FleetDay[] {
  const known = new Map<number, Map<string, number>>();
  for (const { startsAt, platform, devices } of kept) {
    const at = msOf(startsAt);
    known.set(at, (known.get(at) ?? new Map()).set(platform, devices));
  }
  const today = Math.floor(now / day) * day;
  return Array.from({ length }, (_, place) => {
    const at = today - (length - 1 - place) * day;
    return { at, counts: at === today ? present : (known.get(at) ?? null) };
  });
}

export const dayName = (at: number) => dayOfYear(at, "UTC");

function valuesOf(counts: Counts): number[] {
  const main = series.map(({ id }) => counts.get(id) ?? 0);
  const all = [...counts.values()].reduce((total, count) => total + count, 0);
  main[main.length - 1] = all - main.reduce((total, count) => total + count, 0);
  return main;
}

/** Each day's devices, by series. */
export function totals(history: readonly FleetDay[]): ChartDay[] {
  return history.map(({ at, counts }) => ({ label: dayName(at), values: counts && valuesOf(counts) }));
}

/** What each day added or took away: what joined less what left. Of a day after one that nobody counted it is not known. */
export function changes(history: readonly FleetDay[]): ChartDay[] {
  return history.map(({ at, counts }, place) => {
    const before = history[place - 1]?.counts;
    const values = counts && before ? valuesOf(counts) : null;
    const earlier = before ? valuesOf(before) : [];
    return { label: dayName(at), values: values?.map((value, index) => value - (earlier[index] ?? 0)) ?? null };
  });
}

/** The first day that was counted; null when it is today, so that there is nothing to compare with. */
export function firstCounted(history: readonly FleetDay[]): (FleetDay & { counts: Counts }) | null {
  const first = history.slice(0, -1).find((each): each is FleetDay & { counts: Counts } => each.counts !== null);
  return first ?? null;
}
