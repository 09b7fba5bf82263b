import { Link } from "@tanstack/react-router";
import { countdown } from "../../lib/time";
import { useNow } from "../../lib/useNow";
import { Ring } from "../../ui/Ring";
import { Spinner } from "../../ui/Spinner";
import { StatusIcon } from "../../ui/StatusIcon";
import { isBlocked, type Organization, syncs, useOrganizations } from "../organizations/OrganizationsProvider";
import { useSession } from "../session/session";
import { useRuns } from "./SyncProvider";

const frame =
  "inline-flex h-7 items-center gap-1.5 whitespace-nowrap rounded-full border border-border-2 bg-surface px-2.5 text-fg-2 text-hint tabular-nums hover:bg-hover";

/** The sync in one place of every page: under way, waiting for its time, or paused. */
export function SyncPill() {
  const { all } = useOrganizations();
  const runs = useRuns();
  if (!all || all.length === 0) return null;
  const syncing = all.filter((organization) => syncs(organization.state));
  const running = syncing.filter((organization) => runs.get(organization.id)?.status === "RUNNING").length;
  const paused = all.filter((organization) => isBlocked(organization.state)).length;
  if (running === 0 && syncing.length === 0 && paused === 0) return null;
  return (
    <Link to="/sync" className={frame}>
      {running > 0 ? (
        <>
          <Spinner /> Syncing{" "}
          {syncing.length > 1 && (
            <b className="font-semibold text-fg">
              {running} of {syncing.length}
            </b>
          )}
        </>
      ) : paused > 0 ? (
        <>
          {syncing.length > 0 && (
            <span className="inline-flex items-center gap-1.5 max-sm:hidden">
              <Countdown organizations={syncing} />
            </span>
          )}
          <StatusIcon shape="triangle" tone="warn" />{" "}
          <b className="font-semibold text-fg">
            {paused} <span className="max-[23rem]:sr-only">paused</span>
          </b>
        </>
      ) : (
        <Countdown organizations={syncing} />
      )}
    </Link>
  );
}

/** When the next periodic sync begins, in milliseconds; null when none does. */
export function nextSync(organizations: readonly Organization[]): number | null {
  const times = organizations.flatMap((organization) =>
    organization.nextSyncAt ? [Date.parse(organization.nextSyncAt)] : [],
  );
  return times.length > 0 ? Math.min(...times) : null;
}

function Countdown({ organizations }: { organizations: readonly Organization[] }) {
  const { syncIntervalSeconds } = useSession().instance;
  const now = useNow(1_000);
  const next = nextSync(organizations);
  if (next === null) return <>Waiting</>;
  const left = next - now;
  if (left < -60_000) return <span className="text-warn-fg">Sync late by {Math.floor(-left / 60_000)} min</span>;
  return (
    <>
      <Ring
        fraction={Math.min(1, Math.max(0, left) / (syncIntervalSeconds * 1_000))}
        size={14}
        label="Time until the next sync"
      />
      <span className="max-sm:sr-only">Next sync in</span>{" "}
      <b className="font-semibold text-fg">{countdown(next, Math.min(now, next))}</b>
    </>
  );
}
