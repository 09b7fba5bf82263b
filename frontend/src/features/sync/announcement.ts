import { formatCount, plural } from "../../lib/numbers";
import { statusOf, wordFor } from "../../ui/vocabulary";
import type { SyncSummary } from "./syncGroup";

const everyDevices = 10_000;

/**
 * What a screen reader says of a sync. It changes with the phase, every 10 % and, while the total is unknown, every 10,000
 * devices; not with every page.
 */
export function announcement(sync: SyncSummary): string {
  if (sync.status !== "RUNNING") {
    const { added, modified, removed } = sync;
    return `Sync: ${statusOf("syncRun", sync.status).word}. ${plural(sync.devices, "device")}, ${formatCount(added)} added, ${formatCount(modified)} modified, ${formatCount(removed)} removed.`;
  }
  const progress = sync.phase === "FETCH" ? progressOf(sync) : "";
  return `Sync: ${wordFor("syncPhase", sync.phase)}${progress}.`;
}

function progressOf({ devices, expectedDevices }: SyncSummary): string {
  if (expectedDevices !== undefined && expectedDevices > 0) {
    const tenths = Math.floor((devices / expectedDevices) * 10);
    return tenths > 0 ? `, ${tenths * 10}%` : "";
  }
  const steps = Math.floor(devices / everyDevices);
  return steps > 0 ? `, ${plural(steps * everyDevices, "device")}` : "";
}
