import { Link } from "@tanstack/react-router";
import { Send } from "lucide-react";
import { graphql, readFragment } from "../../gql";
import type { CommandBatchesQuery } from "../../gql/graphql";
import { problemOf } from "../../graphql/errors";
import { rowsOf, useNewestFirst } from "../../graphql/useNewestFirst";
import { formatCount } from "../../lib/numbers";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { EmptyState } from "../../ui/EmptyState";
import { ErrorState } from "../../ui/ErrorState";
import { LoadMore } from "../../ui/LoadMore";
import { type SimpleColumn, SimpleTable } from "../../ui/SimpleTable";
import { Skeleton } from "../../ui/Skeleton";
import { Status } from "../../ui/Status";
import { Time } from "../../ui/Time";
import { type CommandBatch, CommandBatchFragment, failureOf, progressOf, useFollowed } from "./batch";
import { commandWord } from "./commands";

const CommandBatchesDocument = graphql(`
  query CommandBatches($after: Cursor) {
    commandBatches(first: 50, after: $after) {
      nodes {
        ...CommandBatchFields
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

const batchesOf = ({ commandBatches: { nodes, pageInfo } }: CommandBatchesQuery) =>
  rowsOf(readFragment(CommandBatchFragment, nodes), pageInfo);

const columns: readonly SimpleColumn<CommandBatch>[] = [
  {
    id: "what",
    header: "What",
    phone: "title",
    cell: ({ requestType, title }) => (
      <span className="wrap-anywhere">
        <span className="font-medium text-fg">{commandWord(requestType)}</span>{" "}
        <span className="text-fg-2">{title}</span>
      </span>
    ),
  },
  {
    id: "status",
    header: "Status",
    phone: "status",
    cell: (batch) => {
      const failure = failureOf(batch);
      return failure ? <Status {...failure} /> : <Status kind="commandBatch" value={batch.status} />;
    },
  },
  {
    id: "done",
    header: "Done",
    align: "end",
    cell: (batch) => `${formatCount(batch.counts.acknowledged)} of ${formatCount(progressOf(batch).all)}`,
  },
  {
    id: "failed",
    header: "Failed",
    align: "end",
    cell: ({ counts: { failed } }) => (
      <span className={failed > 0 ? "text-bad-fg" : undefined}>{formatCount(failed)}</span>
    ),
  },
  {
    id: "skipped",
    header: "Not enrolled here",
    align: "end",
    priority: 2,
    cell: ({ notEnrolled }) => formatCount(notEnrolled),
  },
  { id: "by", header: "By", priority: 2, cell: ({ requestedBy }) => requestedBy },
  { id: "when", header: "When", align: "end", cell: ({ createdAt }) => <Time value={createdAt} /> },
];

/** The commands that were sent, newest first. */
export function CommandBatches() {
  const { rows, error, retry, more } = useNewestFirst(CommandBatchesDocument, {}, batchesOf);
  useFollowed(rows?.find(({ finishedAt }) => !finishedAt));
  if (!rows) {
    return <Card>{error ? <ErrorState {...problemOf(error)} onRetry={retry} /> : <Skeleton rows={5} />}</Card>;
  }
  if (rows.length === 0) {
    return (
      <Card>
        <EmptyState
          icon={<Send />}
          title="No command was sent yet"
          action={
            <Button render={<Link to="/devices" search={{ enrollment: "ENROLLED" }} />}>Show enrolled devices</Button>
          }
        >
          Select enrolled devices and send them a command: what becomes of it appears here, device by device.
        </EmptyState>
      </Card>
    );
  }
  return (
    <div className="grid gap-3">
      <SimpleTable
        caption="Commands"
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        rowLink={({ id }) => <Link to="/commands/$batchId" params={{ batchId: id }} />}
      />
      <LoadMore
        has={more.has}
        fetching={more.fetching}
        error={more.error && problemOf(more.error).message}
        onLoad={() => void more.load()}
      />
    </div>
  );
}
