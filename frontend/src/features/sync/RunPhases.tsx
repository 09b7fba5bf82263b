import { clsx } from "clsx";
import type { SyncPhase } from "../../gql/graphql";
import { plural } from "../../lib/numbers";
import { duration, elapsed } from "../../lib/time";
import { useNow } from "../../lib/useNow";
import { Card } from "../../ui/Card";
import { Spinner } from "../../ui/Spinner";
import { wordFor } from "../../ui/vocabulary";
import { phaseSpans, phaseTotals } from "./phaseTimes";
import type { Run } from "./SyncProvider";
import { isRunning, lengthOf } from "./syncGroup";

const fills: Readonly<Record<SyncPhase, string>> = {
  CONNECT: "bg-chart-6",
  FETCH: "bg-chart-1",
  RECONCILE: "bg-chart-2",
  FINISH: "bg-chart-5",
};

/** The phases of a run as a bar of time, and how long each took. It moves while the run goes on. */
export function RunPhases({ run }: { run: Run }) {
  return isRunning(run) ? <Moving run={run} /> : <Phases run={run} now={0} />;
}

function Moving({ run }: { run: Run }) {
  return <Phases run={run} now={useNow()} />;
}

function Phases({ run, now }: { run: Run; now: number }) {
  const spans = phaseSpans(run, now);
  const whole = lengthOf(run, now);
  if (spans.length === 0) {
    return (
      <Card title="Phases">
        <p className="text-fg-2">
          {isRunning(run) ? "The run has not entered a phase yet." : "The phases of this run were not recorded."}
        </p>
      </Card>
    );
  }
  return (
    <Card title="Phases">
      <div aria-hidden className="grid gap-1">
        <div className="relative h-4 overflow-clip rounded-badge bg-active">
          {spans.map(({ phase, from, length }) => (
            <div
              key={from + phase}
              title={`${wordFor("syncPhase", phase)}, ${duration(length)}`}
              className={clsx(
                "absolute inset-y-0 min-w-0.5 border-surface not-first:border-l",
                fills[phase] ?? "bg-muted",
              )}
              style={{ left: `${part(from, whole)}%`, width: `${part(length, whole)}%` }}
            />
          ))}
        </div>
        <div className="flex justify-between text-badge text-fg-3 tabular-nums">
          <span>0 s</span>
          <span>{isRunning(run) ? elapsed(whole) : duration(whole)}</span>
        </div>
      </div>
      <ul aria-label="Time in each phase" className="grid gap-x-6 gap-y-2 sm:grid-flow-col sm:auto-cols-fr">
        {phaseTotals(spans).map(({ phase, length, times }) => {
          const isHere = isRunning(run) && run.phase === phase;
          return (
            <li key={phase} aria-current={isHere ? "step" : undefined} className="flex items-start gap-2">
              <span aria-hidden className={clsx("mt-1 size-3 shrink-0 rounded-badge", fills[phase] ?? "bg-muted")} />
              <span className="min-w-0 flex-1">
                <span className="flex items-center gap-1.5 text-fg-2">
                  {wordFor("syncPhase", phase)} {isHere && <Spinner />}
                </span>
                <span className="block text-fg-3 text-hint">{times > 1 && `entered ${plural(times, "time")}`}</span>
              </span>
              <span className="font-semibold tabular-nums">{isHere ? elapsed(length) : duration(length)}</span>
            </li>
          );
        })}
      </ul>
      {run.throttleWaits > 0 && (
        <p className="text-fg-2">
          Of this, {duration(run.throttleSeconds * 1_000)} were {plural(run.throttleWaits, "pause")} that Apple asked
          for.
        </p>
      )}
    </Card>
  );
}

function part(length: number, whole: number): number {
  return whole > 0 ? (length / whole) * 100 : 0;
}
