import type { SyncPhase } from "../../gql/graphql";
import type { Run } from "./SyncProvider";
import { endOf } from "./syncGroup";

/** A stretch of time that a run spent in one phase, in milliseconds since its start. */
export type PhaseSpan = { phase: SyncPhase; from: number; length: number };

/** The phases that the run entered, each until the next one began; the last one until the run's end, or until now. */
export function phaseSpans(run: Pick<Run, "phases" | "startedAt" | "finishedAt">, now: number): PhaseSpan[] {
  const begin = Date.parse(run.startedAt);
  const end = Math.max(endOf(run, now), begin);
  return run.phases.map(({ phase, at }, place) => {
    const from = within(Date.parse(at), begin, end);
    const next = run.phases[place + 1];
    const until = next ? within(Date.parse(next.at), from, end) : end;
    return { phase, from: from - begin, length: until - from };
  });
}

/** How long the run was in each phase, in the order in which it entered them, and how often. */
export function phaseTotals(spans: readonly PhaseSpan[]): { phase: SyncPhase; length: number; times: number }[] {
  const totals = new Map<SyncPhase, { phase: SyncPhase; length: number; times: number }>();
  for (const { phase, length } of spans) {
    const before = totals.get(phase) ?? { phase, length: 0, times: 0 };
    totals.set(phase, { phase, length: before.length + length, times: before.times + 1 });
  }
  return [...totals.values()];
}

// The server's clock and the page's differ a little.
function within(at: number, from: number, until: number): number {
  return Math.min(Math.max(at, from), until);
}
