import { plural } from "../../lib/numbers";
import type { Run } from "./SyncProvider";

type Found = Pick<Run, "missingHere" | "missingAtApple" | "changedUnannounced" | "heldRemovals">;

/** What a full reconciliation found, as the vocabulary names it. */
export type Finding = "DIFFERENCES" | "HELD";

/** How many devices the run removed although no change had said so. Those that it held are missing at Apple too. */
function removedUnannounced({ missingAtApple, heldRemovals }: Found): number {
  return Math.max(0, missingAtApple - heldRemovals);
}

/** How many differences the run put right; nothing happened yet to devices that are held. */
export function differences(run: Found): number {
  return run.missingHere + removedUnannounced(run) + run.changedUnannounced;
}

/** The findings of a run that people should know of, each with its numbers in words. */
export function findingsOf(run: Found): { finding: Finding; text: string }[] {
  const removed = removedUnannounced(run);
  const parts = [
    ...(run.missingHere > 0 ? [`${plural(run.missingHere, "device")} missing here`] : []),
    ...(removed > 0 ? [`${plural(removed, "device")} missing at Apple`] : []),
    ...(run.changedUnannounced > 0 ? [`${plural(run.changedUnannounced, "device")} changed silently`] : []),
  ];
  const held = `${plural(run.heldRemovals, "device")} missing at Apple, kept until an administrator confirms`;
  return [
    ...(parts.length > 0 ? [{ finding: "DIFFERENCES" as const, text: parts.join(", ") }] : []),
    ...(run.heldRemovals > 0 ? [{ finding: "HELD" as const, text: held }] : []),
  ];
}
