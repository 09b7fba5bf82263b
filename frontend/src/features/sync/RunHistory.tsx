import { History } from "lucide-react";
import type { SyncRunWhereInput } from "../../gql/graphql";
import { problemOf } from "../../graphql/errors";
import { plural } from "../../lib/numbers";
import { Banner } from "../../ui/Banner";
import { Button } from "../../ui/Button";
import { EmptyState } from "../../ui/EmptyState";
import { ErrorState } from "../../ui/ErrorState";
import { Skeleton } from "../../ui/Skeleton";
import { useOrganizations } from "../organizations/OrganizationsProvider";
import { RunTable } from "./RunTable";
import type { Run } from "./SyncProvider";
import { useRunHistory } from "./useRunHistory";

export type RunResult = "notable" | "failed" | undefined;

type RunHistoryProps = {
  result: RunResult;
  organizationId: string | undefined;
  /** Shows the runs of every result. */
  onShowAll: () => void;
};

/** The runs with a result. Another result or organization is another history: give it a `key`. */
export function RunHistory({ result, organizationId, onShowAll }: RunHistoryProps) {
  const { all = [] } = useOrganizations();
  const mayShow = (run: Run) =>
    result !== "failed" && (organizationId === undefined || run.abmTokenId === organizationId);
  const { runs, error, retry, more } = useRunHistory(whereOf(result, organizationId), mayShow);
  if (!runs) {
    if (error) return <ErrorState {...problemOf(error)} title="The sync history did not load" onRetry={retry} />;
    return (
      <div className="p-4">
        <Skeleton rows={8} />
      </div>
    );
  }
  if (runs.length === 0) return <NoRuns result={result} onShowAll={onShowAll} />;
  const names = new Map(all.map(({ id, name }) => [id, name]));
  return (
    <>
      <RunTable runs={runs} names={all.length > 1 && organizationId === undefined ? names : undefined} />
      {more.error && (
        <div className="px-4 pt-3">
          <Banner tone="bad" title="The older runs did not load">
            {problemOf(more.error).message}
          </Banner>
        </div>
      )}
      <div className="flex items-center gap-3 py-3 text-fg-3 text-hint sm:px-4">
        <span>{plural(runs.length, "run")} shown</span>
        {more.has && (
          <Button size="small" busy={more.fetching} busyLabel="Loading" onClick={() => void more.load()}>
            Load more
          </Button>
        )}
      </div>
    </>
  );
}

function whereOf(result: RunResult, organizationId: string | undefined): SyncRunWhereInput {
  return {
    ...(result === "notable" && { notable: true }),
    ...(result === "failed" && { statusIn: ["FAILED"] }),
    ...(organizationId !== undefined && { abmTokenId: organizationId }),
  };
}

function NoRuns({ result, onShowAll }: Pick<RunHistoryProps, "result" | "onShowAll">) {
  if (result === undefined) {
    return (
      <EmptyState icon={<History />} title="No syncs yet">
        The first sync begins by itself once Apple Business Manager is connected, then one every 5 minutes. The whole
        list is compared daily.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<History />}
      title={result === "failed" ? "No sync has failed" : "No sync has changed anything"}
      action={<Button onClick={onShowAll}>Show all runs</Button>}
    />
  );
}
