import { formatCount, plural } from "../../lib/numbers";
import { StatusChip } from "../../ui/Chip";
import { ProgressBar } from "../../ui/ProgressBar";
import { type Batch, waitingOf } from "./batch";

/** How far a batch is: a bar once its size is known, and its numbers. */
export function BatchProgress({ batch }: { batch: Batch }) {
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <span className="font-medium tabular-nums">{headline(batch)}</span>
        <StatusChip kind="assignmentBatch" value={batch.status} />
      </div>
      {batch.counted ? (
        batch.total > 0 && (
          <ProgressBar label="Devices that Apple has as wanted" value={batch.succeeded} max={batch.total} />
        )
      ) : (
        <p className="text-fg-3 text-hint">Total unknown: devices are still being looked at.</p>
      )}
      <p className="text-fg-2 text-hint tabular-nums">{details(batch)}</p>
      <p role="status" className="sr-only">
        {announcement(batch)}
      </p>
    </div>
  );
}

function headline({ counted, devices, total, succeeded }: Batch): string {
  if (!counted) return `${plural(devices, "device")} so far`;
  if (total === 0) return `${plural(devices, "device")}: Apple has all as wanted`;
  return `${formatCount(succeeded)} of ${plural(total, "device")}`;
}

function details(batch: Batch): string {
  const { devices, counted, total, failed, status } = batch;
  const waiting = waitingOf(batch);
  return [
    ...(failed > 0 ? [`${formatCount(failed)} not taken by Apple`] : []),
    ...(waiting > 0 ? [`${formatCount(waiting)} ${status === "RUNNING" ? "wait" : "not asked for"}`] : []),
    ...(counted && devices > total ? [`${formatCount(devices - total)} had it before`] : []),
  ].join(", ");
}

/** What is read out: the state and each tenth, not every number. */
function announcement({ status, counted, total, succeeded, failed }: Batch): string {
  if (status === "CANCELED") return `Stopped. ${formatCount(succeeded)} assigned.`;
  if (status === "FINISHED") return `Finished. ${formatCount(succeeded)} assigned, ${formatCount(failed)} failed.`;
  if (!counted || total === 0) return "Running";
  return `Running, ${Math.floor((10 * succeeded) / total) * 10} percent`;
}
