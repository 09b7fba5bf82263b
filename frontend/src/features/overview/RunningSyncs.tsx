import { formatCount } from "../../lib/numbers";
import { useNow } from "../../lib/useNow";
import { PageTicks } from "../../ui/PageTicks";
import type { Organization } from "../organizations/OrganizationsProvider";
import { useSession } from "../session/session";
import { useRuns } from "../sync/SyncProvider";
import { DeviceProgress } from "../sync/SyncRunRow";
import { expectedDevices, expectedPages, isRunning, lengthOf, type WatchedRun } from "../sync/syncGroup";

const mostLines = 4;
const short = 2_000; // ms: what ends sooner would only flicker

/** A line for each organization that is syncing for longer than a moment. */
export function RunningSyncs({ organizations }: { organizations: readonly Organization[] }) {
  const runs = useRuns();
  const now = useNow();
  const running = organizations.flatMap((organization): WatchedRun[] => {
    const run = runs.get(organization.id);
    return run && isRunning(run) && (run.full || lengthOf(run, now) > short) ? [{ organization, run }] : [];
  });
  if (running.length === 0) return null;
  return (
    <ul aria-label="Under way" className="grid gap-2.5">
      {running.slice(0, mostLines).map((watched) => (
        <Line key={watched.run.id} {...watched} />
      ))}
      {running.length > mostLines && (
        <li className="text-fg-3 text-hint">and {formatCount(running.length - mostLines)} more</li>
      )}
    </ul>
  );
}

function Line(watched: WatchedRun) {
  const { organization, run } = watched;
  const { syncPageSize } = useSession().instance;
  return (
    <li className="grid gap-1.5">
      <span className="flex justify-between gap-3">
        <span className="truncate">{organization.name}</span>
        <span className="whitespace-nowrap text-fg-2 tabular-nums">
          <DeviceProgress devices={run.devicesSeen} expected={expectedDevices(watched)} />
        </span>
      </span>
      <PageTicks
        label={`Pages of ${organization.name}`}
        done={run.pages}
        inFlight={run.phase === "FETCH" ? 1 : 0}
        total={expectedPages(watched, syncPageSize)}
      />
    </li>
  );
}
