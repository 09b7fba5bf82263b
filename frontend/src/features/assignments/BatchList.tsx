import { Link } from "@tanstack/react-router";
import { ListChecks } from "lucide-react";
import { graphql, readFragment } from "../../gql";
import type { AssignmentBatchesQuery } from "../../gql/graphql";
import { problemOf } from "../../graphql/errors";
import { rowsOf, useNewestFirst } from "../../graphql/useNewestFirst";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { EmptyState } from "../../ui/EmptyState";
import { ErrorState } from "../../ui/ErrorState";
import { Skeleton } from "../../ui/Skeleton";
import { BatchTable } from "./BatchTable";
import { AssignmentBatchFragment } from "./batch";

const AssignmentBatchesDocument = graphql(`
  query AssignmentBatches($after: Cursor) {
    assignmentBatches(first: 50, after: $after) {
      nodes {
        ...AssignmentBatchFields
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

const batchesOf = ({ assignmentBatches: { nodes, pageInfo } }: AssignmentBatchesQuery) =>
  rowsOf(readFragment(AssignmentBatchFragment, nodes), pageInfo);

/** The acts that changed the devices' profiles, newest first. */
export function BatchList() {
  const { rows, error, retry, more } = useNewestFirst(AssignmentBatchesDocument, {}, batchesOf);
  if (!rows) {
    return <Card>{error ? <ErrorState {...problemOf(error)} onRetry={retry} /> : <Skeleton rows={5} />}</Card>;
  }
  if (rows.length === 0) {
    return (
      <Card>
        <EmptyState
          icon={<ListChecks />}
          title="Nothing was assigned yet"
          action={<Button render={<Link to="/devices" />}>Show the devices</Button>}
        >
          Select devices and assign a profile, or set an OS default: each such change appears here, device by device.
        </EmptyState>
      </Card>
    );
  }
  return (
    <div className="grid gap-3">
      <BatchTable batches={rows} />
      {more.error && <p className="text-bad-fg">The older ones did not load. {problemOf(more.error).message}</p>}
      {more.has && (
        <div className="text-center">
          <Button busy={more.fetching} busyLabel="Loading" onClick={() => void more.load()}>
            Load more
          </Button>
        </div>
      )}
    </div>
  );
}
