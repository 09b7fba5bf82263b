import { formatBytes, formatCount, formatRate, plural, signed } from "../../lib/numbers";
import { duration } from "../../lib/time";
import { Cell } from "./SyncNumbers";
import type { Run } from "./SyncProvider";
import { isRunning } from "./syncGroup";

/** The counters of a run: what came, what it changed, and what it cost. */
export function RunCounters({ run }: { run: Run }) {
  return (
    <dl
      aria-label="Counters"
      className="grid grid-cols-2 gap-px overflow-clip rounded-dialog border border-border bg-border sm:auto-rows-fr sm:grid-cols-5 sm:rounded-card"
    >
      <Cell label="Pages">{formatCount(run.pages)}</Cell>
      <Cell label="Devices seen">{formatCount(run.devicesSeen)}</Cell>
      <Cell label="Added" tone={run.added > 0 ? "text-ok-fg" : undefined}>
        {signed(run.added)}
      </Cell>
      <Cell label="Modified" tone={run.modified > 0 ? "text-info-fg" : undefined}>
        {formatCount(run.modified)}
      </Cell>
      <Cell label="Removed">{formatCount(run.removed)}</Cell>
      <Cell label="Rate" detail={isRunning(run) ? "last 10 s" : "on average"}>
        {formatRate(run.devicesPerSecond)}
      </Cell>
      <Cell label="Requests" detail="to Apple">
        {formatCount(run.requests)}
      </Cell>
      <Cell label="Retries" detail="of these" tone={run.retries > 0 ? "text-warn-fg" : undefined}>
        {formatCount(run.retries)}
      </Cell>
      <Cell
        label="Throttle waits"
        detail={run.throttleWaits > 0 ? `${duration(run.throttleSeconds * 1_000)} in all` : "Apple was not too busy"}
        tone={run.throttleWaits > 0 ? "text-warn-fg" : undefined}
      >
        {formatCount(run.throttleWaits)}
      </Cell>
      <Cell label="Received" detail={run.requests > 0 ? `in ${plural(run.requests, "answer")}` : ""}>
        {formatBytes(run.bytesReceived)}
      </Cell>
    </dl>
  );
}
