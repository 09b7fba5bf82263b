import { graphql } from "../../gql";
import type { RecentRunFragment as Fields } from "../../gql/graphql";
import { msOf } from "../../lib/time";
import { lengthOf } from "../sync/syncGroup";

export const RecentRunFragment = graphql(`
  fragment RecentRun on SyncRun {
    id
    abmTokenId
    status
    full
    added
    modified
    removed
    startedAt
    finishedAt
    error {
      code
      message
      hint
    }
  }
`);

/** What is shown of a run, recent or live. */
export type RecentRun = Omit<Fields, " $fragmentName">;

/** What the last run of each token that ended came to. */
export type LastSync = {
  /** When the last of them ended. */
  at: string;
  tokens: number;
  /** The longest of them. */
  took: number;
  added: number;
  modified: number;
  removed: number;
  failed: readonly RecentRun[];
};

/**
 * The last sync of some tokens, taken together; null when none of them was ever synced. While a token syncs, the run before
 * counts, if it is among the recent ones (newest first).
 */
export function lastSync(
  abmTokenIds: readonly string[],
  latest: ReadonlyMap<string, RecentRun>,
  recent: readonly RecentRun[],
): LastSync | null {
  const ended = abmTokenIds
    .map((id) => endedOnly(latest.get(id)) ?? recent.find((run) => run.abmTokenId === id && endedOnly(run)))
    .filter((run) => run !== undefined);
  const [first] = ended;
  if (!first) return null;
  const sum = (count: (run: RecentRun) => number) => ended.reduce((total, run) => total + count(run), 0);
  return {
    at: ended.reduce((last, run) => later(last, run.finishedAt ?? last), first.finishedAt ?? first.startedAt),
    tokens: ended.length,
    took: Math.max(...ended.map((run) => lengthOf(run, 0))),
    added: sum((run) => run.added),
    modified: sum((run) => run.modified),
    removed: sum((run) => run.removed),
    failed: ended.filter((run) => run.status === "FAILED"),
  };
}

function endedOnly(run: RecentRun | undefined): RecentRun | undefined {
  return run?.finishedAt ? run : undefined;
}

function later(a: string, b: string): string {
  return msOf(a) >= msOf(b) ? a : b;
}

/** How many runs the strip shows. */
export const stripLength = 48;

export type RunBar = { run: RecentRun; place: number; height: number };

const least = 0.12; // of the strip's height: a bar that can still be seen

/** The bars of the strip, oldest first, by place from the left and height from 0 to 1. A failed run is as high as can be. */
export function runBars(runs: readonly RecentRun[], now: number): RunBar[] {
  const shown = runs.slice(0, stripLength).toReversed();
  const longest = Math.max(1, ...shown.map((run) => lengthOf(run, now)));
  return shown.map((run, index) => ({
    run,
    place: stripLength - shown.length + index,
    height: run.status === "FAILED" ? 1 : Math.max(least, lengthOf(run, now) / longest),
  }));
}
