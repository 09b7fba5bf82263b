import { Link } from "@tanstack/react-router";
import { formatCount } from "../../lib/numbers";
import { InitialsTile } from "../../ui/InitialsTile";
import { PageTicks } from "../../ui/PageTicks";
import { Status } from "../../ui/Status";
import { useSession } from "../session/session";
import { SyncFailure } from "./SyncFailure";
import { expectedDevices, expectedPages, isRunning, type WatchedRun } from "./syncGroup";

/** One organization in a sync: its pages, its devices, and what went wrong. */
export function SyncRunRow(watched: WatchedRun) {
  const { organization, run } = watched;
  const { syncPageSize } = useSession().instance;
  return (
    <li className="grid gap-x-4 gap-y-1.5 sm:grid-cols-[minmax(0,10rem)_minmax(0,1fr)_minmax(8.5rem,auto)] sm:items-center">
      <span className="flex min-w-0 items-center gap-2 font-medium">
        <InitialsTile name={organization.name} />
        <Link
          to="/sync/$runId"
          params={{ runId: run.id }}
          title="Open the run"
          className="truncate rounded-badge py-0.5 hover:underline"
        >
          {organization.name}
        </Link>
        <span className="ml-auto font-normal sm:hidden">
          <Devices {...watched} />
        </span>
      </span>
      <PageTicks
        label={`Pages of ${organization.name}`}
        done={run.pages}
        inFlight={isRunning(run) && run.phase === "FETCH" ? 1 : 0}
        total={expectedPages(watched, syncPageSize)}
      />
      <span className="hidden justify-self-end sm:block">
        <Devices {...watched} />
      </span>
      {run.error && (
        <div className="sm:col-span-3">
          <SyncFailure error={run.error} />
        </div>
      )}
    </li>
  );
}

function Devices(watched: WatchedRun) {
  const { run } = watched;
  if (run.status === "FAILED" || run.status === "CANCELED") return <Status kind="syncRun" value={run.status} />;
  if (run.status === "SUCCEEDED" && run.devicesSeen === 0) return <span className="text-fg-2">No changes</span>;
  return (
    <span className="text-fg-2 tabular-nums">
      <DeviceProgress devices={run.devicesSeen} expected={expectedDevices(watched)} />
    </span>
  );
}

/** "6,000 of 9,870", or "1,000, total unknown". */
export function DeviceProgress({ devices, expected }: { devices: number; expected: number | undefined }) {
  return (
    <>
      <b className="font-semibold text-fg">{formatCount(devices)}</b>
      {expected === undefined ? ", total unknown" : ` of ${formatCount(expected)}`}
    </>
  );
}
