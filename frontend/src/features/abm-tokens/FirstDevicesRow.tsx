import { sentence } from "../../graphql/errors";
import { formatCount, plural } from "../../lib/numbers";
import { type Run, useRuns } from "../sync/SyncProvider";
import { CheckRow } from "./TokenChecks";
import { outcomeOf } from "./TokenFacts";
import type { FirstSync } from "./useUpload";

export type FirstDevicesRowProps = { tokenId: string; title: string; sync: FirstSync };

/** The sync that follows, as the last row of the checks. It moves by itself. */
export function FirstDevicesRow({ tokenId, title, sync }: FirstDevicesRowProps) {
  const told = useRuns().get(tokenId);
  switch (sync.status) {
    case "starting":
      return (
        <CheckRow state="working" title={title}>
          The sync starts
        </CheckRow>
      );
    case "refused":
      return (
        <CheckRow state="failed" title={title}>
          {sentence(sync.refusal)}
        </CheckRow>
      );
    case "started": {
      const run = told?.id === sync.run.id ? told : sync.run;
      return (
        <CheckRow state={stateOf(run)} title={title}>
          {progressOf(run)}
        </CheckRow>
      );
    }
  }
}

function stateOf({ status }: Run) {
  if (status === "RUNNING") return "working";
  return status === "SUCCEEDED" ? "passed" : status === "FAILED" ? "failed" : "waiting";
}

function progressOf(run: Run): React.ReactNode {
  const { status, full, devicesSeen, error } = run;
  switch (status) {
    case "RUNNING":
      return (
        <>
          <b className="font-semibold text-fg tabular-nums">{formatCount(devicesSeen)}</b> so far, total unknown
        </>
      );
    case "FAILED":
      return error ? sentence(error) : "The sync failed";
    case "CANCELED":
      return `Stopped after ${plural(devicesSeen, "device")}`;
    default:
      if (!full) return outcomeOf(run);
      return devicesSeen === 0 ? "No device is assigned to this MDM server yet" : plural(devicesSeen, "device");
  }
}
