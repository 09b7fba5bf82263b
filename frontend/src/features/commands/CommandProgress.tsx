import { formatCount, plural } from "../../lib/numbers";
import { Chip, StatusChip } from "../../ui/Chip";
import { ProgressBar } from "../../ui/ProgressBar";
import { StatusIcon } from "../../ui/StatusIcon";
import { type CommandBatch, failureOf, progressOf } from "./batch";

/** How far a command is: a bar, and its numbers. */
export function CommandProgress({ batch }: { batch: CommandBatch }) {
  const { done, all } = progressOf(batch);
  const failure = failureOf(batch);
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <span className="font-medium tabular-nums">
          {formatCount(batch.counts.acknowledged)} of {plural(all, "device")}
        </span>
        {failure ? (
          <Chip tone={failure.tone} icon={<StatusIcon shape={failure.shape} tone={failure.tone} className="size-3" />}>
            {failure.label}
          </Chip>
        ) : (
          <StatusChip kind="commandBatch" value={batch.status} />
        )}
      </div>
      {all > 0 && (
        <ProgressBar label="Devices that have answered" value={done} max={all} failed={batch.counts.failed} />
      )}
      <p className="text-fg-2 text-hint tabular-nums">{details(batch)}</p>
      <p role="status" className="sr-only">
        {announcement(batch)}
      </p>
    </div>
  );
}

function details({ devices, notEnrolled, total, isQueued, counts }: CommandBatch): string {
  const { queued, sent, notNow, failed, canceled, dropped } = counts;
  const waiting = queued + (isQueued ? 0 : devices - notEnrolled - total);
  const parts: [number, string][] = [
    [failed, "failed"],
    [sent, "sent, no answer yet"],
    [notNow, "not now"],
    [waiting, "not sent yet"],
    [canceled, "taken back"],
    [dropped, "dropped"],
    [notEnrolled, "not enrolled here: not sent to"],
  ];
  return parts
    .filter(([count]) => count > 0)
    .map(([count, text]) => `${formatCount(count)} ${text}`)
    .join(", ");
}

/** What is read out: the state and each tenth, not every number. */
function announcement(batch: CommandBatch): string {
  const { done, all } = progressOf(batch);
  const { acknowledged, failed } = batch.counts;
  if (batch.status === "CANCELED") return `Taken back. ${formatCount(acknowledged)} had done it.`;
  if (batch.status === "FINISHED")
    return `Finished. ${formatCount(acknowledged)} did it, ${formatCount(failed)} failed.`;
  return all === 0 ? "Running" : `Running, ${Math.floor((10 * done) / all) * 10} percent answered`;
}
