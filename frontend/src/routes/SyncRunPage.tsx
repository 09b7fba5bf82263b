import { Link, useParams } from "@tanstack/react-router";
import { SearchX } from "lucide-react";
import { RunHeld } from "../features/held-removals/RunHeld";
import { useOrganizations } from "../features/organizations/OrganizationsProvider";
import { Page } from "../features/shell/Page";
import { RunCounters } from "../features/sync/RunCounters";
import { RunDifferences } from "../features/sync/RunDifferences";
import { RunError } from "../features/sync/RunError";
import { RunFacts } from "../features/sync/RunFacts";
import { RunPhases } from "../features/sync/RunPhases";
import { StopButton } from "../features/sync/SyncCard";
import type { Run } from "../features/sync/SyncProvider";
import { useSyncRun } from "../features/sync/useSyncRun";
import { problemOf } from "../graphql/errors";
import { dateTime, timeZoneName } from "../lib/time";
import { useNow } from "../lib/useNow";
import { Button } from "../ui/Button";
import { Card } from "../ui/Card";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { Skeleton } from "../ui/Skeleton";

const crumbs = [{ label: "Activity" }, { label: "Sync history", to: "/sync" }] as const;

export function SyncRunPage() {
  const { runId } = useParams({ from: "/app/sync/$runId" });
  const { run, error, missing, retry } = useSyncRun(runId);
  if (run) return <RunPage run={run} />;
  return (
    <Page title="Sync run" crumbs={crumbs}>
      <Card>
        {missing ? (
          <NoSuchRun />
        ) : error ? (
          <ErrorState {...problemOf(error)} title="The run did not load" onRetry={retry} />
        ) : (
          <Skeleton rows={8} />
        )}
      </Card>
    </Page>
  );
}

function RunPage({ run }: { run: Run }) {
  const organization = useOrganizations().all?.find(({ id }) => id === run.abmTokenId);
  const now = useNow(60_000);
  const kind = run.full ? "Full sync" : "Sync";
  const title = organization ? `${kind} of ${organization.name}` : kind;
  return (
    <Page
      title={title}
      windowTitle={`${title}, ${dateTime(run.startedAt, now)}`}
      crumbs={crumbs}
      state={`times in ${timeZoneName()}`}
      actions={organization && <StopButton group={[{ organization, run }]} />}
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        {run.error && <RunError error={run.error} />}
        <RunHeld run={run} />
        <RunFacts run={run} organization={organization?.name} />
        <RunPhases run={run} />
        <RunCounters run={run} />
        {run.full && <RunDifferences run={run} />}
      </div>
    </Page>
  );
}

function NoSuchRun() {
  return (
    <EmptyState
      icon={<SearchX />}
      title="There is no such run"
      action={<Button render={<Link to="/sync" />}>Show the sync history</Button>}
    >
      The address is not complete, or it belongs to another server.
    </EmptyState>
  );
}
