import { Link } from "@tanstack/react-router";
import { graphql } from "../../gql";
import type { AssignmentResultStatus, AssignmentResultsQuery } from "../../gql/graphql";
import { problemOf } from "../../graphql/errors";
import { rowsOf, useNewestFirst } from "../../graphql/useNewestFirst";
import { Button } from "../../ui/Button";
import { ErrorState } from "../../ui/ErrorState";
import { type SimpleColumn, SimpleTable } from "../../ui/SimpleTable";
import { Skeleton } from "../../ui/Skeleton";
import { Status } from "../../ui/Status";
import { Time } from "../../ui/Time";

const AssignmentResultsDocument = graphql(`
  query AssignmentResults($batchId: ID!, $status: AssignmentResultStatus, $after: Cursor) {
    assignmentResults(assignmentBatchId: $batchId, status: $status, first: 50, after: $after) {
      nodes {
        id
        status
        message
        updatedAt
        device {
          id
          serialNumber
          model
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

type Result = AssignmentResultsQuery["assignmentResults"]["nodes"][number];

const resultsOf = ({ assignmentResults: { nodes, pageInfo } }: AssignmentResultsQuery) => rowsOf(nodes, pageInfo);

const columns: readonly SimpleColumn<Result>[] = [
  {
    id: "serial",
    header: "Serial",
    phone: "title",
    cell: ({ device }) => <span className="font-mono text-serial">{device.serialNumber}</span>,
  },
  { id: "model", header: "Model", priority: 2, cell: ({ device }) => device.model },
  {
    id: "status",
    header: "Result",
    phone: "status",
    cell: ({ status }) => <Status kind="assignmentResult" value={status} />,
  },
  {
    id: "why",
    header: "Why",
    cell: ({ message }) => (message ? <span className="whitespace-normal">{message}</span> : null),
  },
  { id: "when", header: "Since", align: "end", cell: ({ updatedAt }) => <Time value={updatedAt} mode="relative" /> },
];

type BatchResultsProps = { batchId: string; status: AssignmentResultStatus | undefined };

/** What became of the devices of a batch. For another batch or status it needs another component (a key). */
export function BatchResults({ batchId, status }: BatchResultsProps) {
  const { rows, error, retry, more } = useNewestFirst(
    AssignmentResultsDocument,
    { batchId, ...(status && { status }) },
    resultsOf,
  );
  if (!rows) return error ? <ErrorState {...problemOf(error)} onRetry={retry} /> : <Skeleton rows={5} />;
  if (rows.length === 0) {
    return (
      <p className="p-4 text-fg-2">
        {status ? "No device of this assignment is in this state." : "This assignment has no devices."}
      </p>
    );
  }
  return (
    <>
      <SimpleTable
        caption="Devices of the assignment"
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        rowLink={({ device }) => <Link to="/devices" search={{ device: device.serialNumber, status: "all" }} />}
        framed={false}
      />
      {more.error && <p className="p-4 text-bad-fg">More did not load. {problemOf(more.error).message}</p>}
      {more.has && (
        <div className="p-3 text-center">
          <Button busy={more.fetching} busyLabel="Loading" onClick={() => void more.load()}>
            Load more
          </Button>
        </div>
      )}
    </>
  );
}
