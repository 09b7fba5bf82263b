import { clsx } from "clsx";
import type { SyncPhase } from "../../gql/graphql";
import { StatusIcon } from "../../ui/StatusIcon";
import { statusOf, wordFor } from "../../ui/vocabulary";
import { phasesOf, type SyncSummary } from "./syncGroup";

/** The phases of the sync, and which one it is in. */
export function SyncPhases({ sync }: { sync: SyncSummary }) {
  const phases = phasesOf(sync);
  const at = phases.indexOf(sync.phase);
  return (
    <ol
      aria-label="Phases"
      className="grid auto-cols-fr grid-flow-col gap-x-3 gap-y-1 sm:flex sm:flex-wrap sm:items-center"
    >
      {phases.map((phase, place) => (
        <li
          key={phase}
          aria-current={place === at && sync.status === "RUNNING" ? "step" : undefined}
          className={clsx(
            "flex flex-col items-start gap-1.5 max-sm:text-hint sm:flex-row sm:items-center",
            place < phases.length - 1 && "sm:flex-1",
            place === at ? "font-semibold" : "text-fg-2",
          )}
        >
          <PhaseIcon sync={sync} isDone={place < at} isCurrent={place === at} />
          <span className="whitespace-nowrap">{phaseWord(phase)}</span>
          {place < phases.length - 1 && (
            <span aria-hidden className="ml-1.5 hidden h-px min-w-4 flex-1 bg-border sm:block" />
          )}
        </li>
      ))}
    </ol>
  );
}

function phaseWord(phase: SyncPhase): string {
  return wordFor("syncPhase", phase);
}

function PhaseIcon({ sync, isDone, isCurrent }: { sync: SyncSummary; isDone: boolean; isCurrent: boolean }) {
  if (isDone) return <StatusIcon shape="check" tone="ok" />;
  if (!isCurrent) return <StatusIcon shape="circle" tone="muted" />;
  const { shape, tone } = statusOf("syncRun", sync.status);
  return <StatusIcon shape={shape} tone={tone} />;
}
