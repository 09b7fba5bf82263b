import { duration, elapsed } from "../../lib/time";
import { useNow } from "../../lib/useNow";
import { Card } from "../../ui/Card";
import { DefinitionList } from "../../ui/DefinitionList";
import { Status } from "../../ui/Status";
import { Time } from "../../ui/Time";
import { wordFor } from "../../ui/vocabulary";
import type { Run } from "./SyncProvider";
import { isRunning, lengthOf } from "./syncGroup";

type RunFactsProps = { run: Run; organization: string | undefined };

/** When a run was, who wanted it, and of what it was. */
export function RunFacts({ run, organization }: RunFactsProps) {
  return (
    <Card>
      <DefinitionList
        items={[
          { label: "Result", value: <Status kind="syncRun" value={run.status} /> },
          { label: "Started", value: <Started run={run} /> },
          { label: isRunning(run) ? "Under way for" : "Took", value: <RunLength run={run} /> },
          {
            label: "Kind",
            value: run.full ? "Full sync" : "Changes",
            detail: run.full ? "Compares the whole list" : "Since the run before",
          },
          {
            label: "Trigger",
            value: wordFor("syncTrigger", run.trigger),
            detail: run.requestedBy ? `Asked for by ${run.requestedBy}` : "By the timer",
          },
          {
            label: "ABM organization",
            value: organization ?? <span className="font-normal text-fg-3">No longer connected</span>,
          },
        ]}
      />
    </Card>
  );
}

function Started({ run: { startedAt } }: { run: Run }) {
  return (
    <>
      <Time value={startedAt} mode="date" />, <Time value={startedAt} mode="clock" />
    </>
  );
}

/** How long a run took, or has taken so far. */
export function RunLength({ run }: { run: Run }) {
  return isRunning(run) ? <RunningLength run={run} /> : duration(lengthOf(run, 0));
}

function RunningLength({ run }: { run: Run }) {
  return elapsed(lengthOf(run, useNow()));
}
