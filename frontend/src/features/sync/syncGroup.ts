import type { SyncPhase, SyncStatus } from "../../gql/graphql";
import type { Organization } from "../organizations/OrganizationsProvider";
import type { Run } from "./SyncProvider";

/** A run that people watch, and whose it is. */
export type WatchedRun = { organization: Organization; run: Run };

const resultShownFor = 10_000;
const failureShownFor = 10 * 60_000; // of a run that somebody asked for, unless they close it

/** Somebody asked for the run, or it fetches the whole list. Runs of the timer show in the pill alone. */
function isWatched(run: Run): boolean {
  return run.full || run.requestedBy !== "" || run.trigger === "MANUAL";
}

export function isRunning(run: Run): boolean {
  return run.status === "RUNNING";
}

/** When the run ended; now while it goes on. */
export function endOf(run: Pick<Run, "finishedAt">, now: number): number {
  return run.finishedAt ? Date.parse(run.finishedAt) : now;
}

/** How long the run took, or has taken so far. */
export function lengthOf(run: Pick<Run, "startedAt" | "finishedAt">, now: number): number {
  return Math.max(0, endOf(run, now) - Date.parse(run.startedAt));
}

function isFresh(run: Run, now: number): boolean {
  if (isRunning(run)) return true;
  const shownFor = run.status === "FAILED" && run.requestedBy !== "" ? failureShownFor : resultShownFor;
  return now - endOf(run, now) < shownFor;
}

/**
 * The runs of the panel: those that go on or have just ended, and those that went on beside them. A run of the timer is
 * among them when somebody asked for one on this page while it went on; none that was put away.
 */
export function watchedRuns(
  organizations: readonly Organization[],
  runs: ReadonlyMap<string, Run>,
  { asked, closed }: { asked: ReadonlySet<string>; closed: ReadonlySet<string> },
  now: number,
): WatchedRun[] {
  const watched = organizations.flatMap((organization) => {
    const run = runs.get(organization.id);
    return run && (asked.has(run.id) || isWatched(run)) && !closed.has(run.id) ? [{ organization, run }] : [];
  });
  const begin = Math.min(...watched.filter(({ run }) => isFresh(run, now)).map(({ run }) => Date.parse(run.startedAt)));
  return watched.filter(({ run }) => isFresh(run, now) || endOf(run, now) >= begin);
}

/**
 * How many devices the run will see, if somebody knows: a full fetch as many as the last one, until it has seen more. Apple
 * does not say how many changes there are.
 */
export function expectedDevices({ organization, run }: WatchedRun): number | undefined {
  if (run.status === "SUCCEEDED") return run.devicesSeen;
  const expected = run.full ? organization.lastFullRun?.devicesSeen : undefined;
  return expected !== undefined && run.devicesSeen <= expected ? expected : undefined;
}

/** The pages that hold the expected devices, at the size that Apple's pages have had so far. */
export function expectedPages(watched: WatchedRun, usualPageSize: number): number | undefined {
  const { run } = watched;
  if (run.status === "SUCCEEDED") return run.pages;
  const devices = expectedDevices(watched);
  const pageSize = run.pages > 0 ? run.devicesSeen / run.pages : usualPageSize;
  if (devices === undefined || pageSize === 0) return undefined;
  return Math.max(run.pages, Math.ceil(devices / pageSize));
}

/** "6,000 of 9,870" in its parts; the total is undefined while nobody knows it. */
export type SyncSummary = {
  status: SyncStatus | "PARTIAL";
  runs: number;
  running: number;
  full: boolean;
  phase: SyncPhase;
  startedAt: string;
  startedBy: string;
  devices: number;
  expectedDevices: number | undefined;
  pages: number;
  inFlight: number;
  expectedPages: number | undefined;
  devicesPerSecond: number;
  elapsed: number;
  /** How long the same took the last time; undefined unless it was one full sync. */
  usual: number | undefined;
  added: number;
  modified: number;
  removed: number;
  retries: number;
};

const phases = ["CONNECT", "FETCH", "RECONCILE", "FINISH"] as const satisfies readonly SyncPhase[];

/** The phases that the runs go through: only after a full fetch there is something to reconcile. */
export function phasesOf({ full }: Pick<SyncSummary, "full">): readonly SyncPhase[] {
  return full ? phases : phases.filter((phase) => phase !== "RECONCILE");
}

/** The runs as one. */
export function summarize(group: readonly WatchedRun[], usualPageSize: number, now: number): SyncSummary {
  const runs = group.map(({ run }) => run);
  const running = runs.filter(isRunning);
  const succeeded = runs.filter(({ status }) => status === "SUCCEEDED");
  const first = runs.reduce((a, b) => (a.startedAt <= b.startedAt ? a : b));
  const begin = Date.parse(first.startedAt);
  const elapsed = Math.max(...runs.map((run) => endOf(run, now))) - begin;
  const devices = sum(runs.map((run) => run.devicesSeen));
  const rates = sum(running.map((run) => run.devicesPerSecond));
  return {
    status: statusOfAll(runs),
    runs: runs.length,
    running: running.length,
    full: runs.some((run) => run.full),
    phase: slowestPhase(running, succeeded, runs),
    startedAt: first.startedAt,
    startedBy: first.requestedBy,
    devices,
    expectedDevices: sumOfKnown(group.map(expectedDevices)),
    pages: sum(runs.map((run) => run.pages)),
    inFlight: running.filter((run) => run.phase === "FETCH").length,
    expectedPages: sumOfKnown(group.map((watched) => expectedPages(watched, usualPageSize))),
    devicesPerSecond: running.length > 0 ? rates : devices / Math.max(elapsed / 1_000, 0.1),
    elapsed: Math.max(0, elapsed),
    usual: group.length === 1 ? usualLength(group[0]) : undefined,
    added: sum(runs.map((run) => run.added)),
    modified: sum(runs.map((run) => run.modified)),
    removed: sum(runs.map((run) => run.removed)),
    retries: sum(runs.map((run) => run.retries)),
  };
}

function statusOfAll(runs: readonly Run[]): SyncSummary["status"] {
  const has = (status: SyncStatus) => runs.some((run) => run.status === status);
  if (has("RUNNING")) return "RUNNING";
  if (has("FAILED")) return has("SUCCEEDED") ? "PARTIAL" : "FAILED";
  return has("CANCELED") ? "CANCELED" : "SUCCEEDED";
}

/** The phase of those that go on; after the end of those that came furthest. */
function slowestPhase(...candidates: readonly (readonly Run[])[]): SyncPhase {
  const runs = candidates.find(({ length }) => length > 0) ?? [];
  return phases.find((phase) => runs.some((run) => run.phase === phase)) ?? "FINISH";
}

function usualLength(watched: WatchedRun | undefined): number | undefined {
  const last = watched?.organization.lastFullRun;
  if (!watched?.run.full || !last?.finishedAt || last.id === watched.run.id) return undefined;
  return Date.parse(last.finishedAt) - Date.parse(last.startedAt);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}

function sumOfKnown(numbers: readonly (number | undefined)[]): number | undefined {
  return numbers.reduce<number | undefined>((a, b) => (a === undefined || b === undefined ? undefined : a + b), 0);
}
