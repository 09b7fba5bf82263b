import { Link } from "@tanstack/react-router";
import { useQuery } from "urql";
import { graphql, readFragment } from "../../gql";
import { problemOf } from "../../graphql/errors";
import { formatCount, plural, signed } from "../../lib/numbers";
import { countdown, duration } from "../../lib/time";
import { useNow } from "../../lib/useNow";
import { Card } from "../../ui/Card";
import { Ring } from "../../ui/Ring";
import { SkeletonBar } from "../../ui/Skeleton";
import { StatusIcon } from "../../ui/StatusIcon";
import { Time } from "../../ui/Time";
import { textLink } from "../../ui/textLink";
import { type Organization, syncs } from "../organizations/OrganizationsProvider";
import { useSession } from "../session/session";
import { nextSync } from "../sync/SyncPill";
import { useRuns } from "../sync/SyncProvider";
import { RunningSyncs } from "./RunningSyncs";
import { RunStrip } from "./RunStrip";
import { type LastSync, lastSync, RecentRunFragment } from "./recentRuns";

const RecentRunsDocument = graphql(`
  query RecentRuns($where: SyncRunWhereInput) {
    syncRuns(first: 48, where: $where) {
      nodes {
        ...RecentRun
      }
    }
  }
`);

type SyncCardProps = {
  organizations: readonly Organization[];
  abmTokenId: string | undefined;
};

/** The sync: when the next one begins, what the last one did, and how the ones before went. */
export function SyncCard({ organizations, abmTokenId }: SyncCardProps) {
  const { syncIntervalSeconds } = useSession().instance;
  const runs = useRuns();
  const [{ data, error }] = useQuery({
    query: RecentRunsDocument,
    variables: { where: abmTokenId ? { abmTokenId } : null },
  });
  const recent = data?.syncRuns.nodes.map((run) => readFragment(RecentRunFragment, run));
  const ids = organizations.map(({ id }) => id);
  const running = ids.filter((id) => runs.get(id)?.status === "RUNNING").length;
  const last = lastSync(ids, runs, recent ?? []);
  return (
    <Card
      title="Sync"
      meta={`every ${plural(Math.round(syncIntervalSeconds / 60), "minute")}`}
      action={
        <Link to="/sync" className={textLink}>
          History
        </Link>
      }
    >
      <div className="flex items-center gap-4">
        <Clock organizations={organizations} running={running} />
        <Outcome last={last} />
      </div>
      {last && <Failures failed={last.failed} organizations={organizations} />}
      <RunningSyncs organizations={organizations} />
      {recent ? (
        <RunStrip runs={recent} />
      ) : error ? (
        <StripError message={problemOf(error).message} />
      ) : (
        <StripSkeleton />
      )}
    </Card>
  );
}

const ringSize = 64;

function Clock({ organizations, running }: { organizations: readonly Organization[]; running: number }) {
  const { syncIntervalSeconds } = useSession().instance;
  const now = useNow();
  const next = nextSync(organizations.filter(({ state }) => syncs(state)));
  if (running > 0) {
    return (
      <Ring fraction={0} size={ringSize} label={`Syncing ${plural(running, "organization")}`}>
        <StatusIcon shape="spinner" tone="info" className="size-6" />
      </Ring>
    );
  }
  if (next === null) {
    return (
      <Ring fraction={0} size={ringSize} label="No sync is due: no token can sync">
        <StatusIcon shape="slash" tone="muted" className="size-6" />
      </Ring>
    );
  }
  const left = countdown(next, Math.min(now, next));
  return (
    <Ring fraction={(next - now) / (syncIntervalSeconds * 1_000)} size={ringSize} label={`Next sync in ${left}`}>
      {left}
    </Ring>
  );
}

function Outcome({ last }: { last: LastSync | null }) {
  if (!last) return <p className="text-fg-2">No sync has ended yet.</p>;
  return (
    <dl className="grid flex-1 grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-0.5">
      <Fact label="Last sync">
        <Time value={last.at} mode="clock" />
      </Fact>
      <Fact label="Result">
        <Result {...last} />
      </Fact>
      <Fact label="Took">
        {duration(last.took)}
        {last.tokens > 1 && `, ${plural(last.tokens, "token")}`}
      </Fact>
    </dl>
  );
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <>
      <dt className="text-fg-2">{label}</dt>
      <dd className="text-right font-medium tabular-nums">{children}</dd>
    </>
  );
}

function Result({ added, modified, removed }: LastSync) {
  if (added + modified + removed === 0) return <span className="font-normal text-fg-3">No changes</span>;
  return (
    <span className="flex flex-wrap justify-end gap-x-2 *:whitespace-nowrap">
      {added > 0 && <span className="text-ok-fg">{signed(added)}</span>}
      {modified > 0 && <span className="text-accent-fg">{formatCount(modified)} changed</span>}
      {removed > 0 && <span>{formatCount(removed)} removed</span>}
    </span>
  );
}

const mostFailures = 2;

function Failures({ failed, organizations }: Pick<LastSync, "failed"> & Pick<SyncCardProps, "organizations">) {
  if (failed.length === 0) return null;
  return (
    <ul className="grid gap-1">
      {failed.slice(0, mostFailures).map(({ id, abmTokenId, error }) => (
        <li key={id} className="wrap-anywhere text-fg-2">
          <Link to="/sync/$runId" params={{ runId: id }} className="rounded-badge font-medium text-bad-fg underline">
            {organizations.find((organization) => organization.id === abmTokenId)?.name}: {error?.code ?? "failed"}.
          </Link>{" "}
          {error?.hint ?? error?.message}
        </li>
      ))}
      {failed.length > mostFailures && (
        <li className="text-bad-fg">{formatCount(failed.length - mostFailures)} more failed.</li>
      )}
    </ul>
  );
}

function StripSkeleton() {
  return (
    <div className="flex h-12 items-center">
      <SkeletonBar width="w-full" />
    </div>
  );
}

function StripError({ message }: { message: string }) {
  return <p className="text-fg-2">The last runs did not load. {message}</p>;
}
