import { Link } from "@tanstack/react-router";
import { graphql } from "../../gql";
import type { CommandResultsQuery, MdmCommandStatus } from "../../gql/graphql";
import { problemOf } from "../../graphql/errors";
import { rowsOf, useNewestFirst } from "../../graphql/useNewestFirst";
import { ErrorState } from "../../ui/ErrorState";
import { LoadMore } from "../../ui/LoadMore";
import { type SimpleColumn, SimpleTable } from "../../ui/SimpleTable";
import { Skeleton } from "../../ui/Skeleton";
import { Status } from "../../ui/Status";
import { Time } from "../../ui/Time";

const CommandResultsDocument = graphql(`
  query CommandResults($batchId: ID!, $status: MDMCommandStatus, $after: Cursor) {
    mdmCommands(commandBatchId: $batchId, status: $status, first: 50, after: $after) {
      nodes {
        id
        status
        errorMessage
        attempts
        queuedAt
        sentAt
        answeredAt
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

type Result = CommandResultsQuery["mdmCommands"]["nodes"][number];

const resultsOf = ({ mdmCommands: { nodes, pageInfo } }: CommandResultsQuery) => rowsOf(nodes, pageInfo);

const columns: readonly SimpleColumn<Result>[] = [
  {
    id: "serial",
    header: "Serial",
    phone: "title",
    cell: ({ device }) => <span className="font-mono text-serial">{device?.serialNumber ?? "Unknown"}</span>,
  },
  { id: "model", header: "Model", priority: 2, cell: ({ device }) => device?.model },
  {
    id: "status",
    header: "Result",
    phone: "status",
    cell: ({ status }) => <Status kind="mdmCommand" value={status} />,
  },
  {
    id: "why",
    header: "Why",
    cell: ({ errorMessage }) =>
      errorMessage ? <span className="whitespace-normal wrap-anywhere">{errorMessage}</span> : null,
  },
  {
    id: "when",
    header: "Since",
    align: "end",
    cell: ({ answeredAt, sentAt, queuedAt }) => <Time value={answeredAt ?? sentAt ?? queuedAt} mode="relative" />,
  },
];

type CommandResultsProps = { batchId: string; status: MdmCommandStatus | undefined };

/** What became of the devices of a batch. For another batch or status it needs another component (a key). */
export function CommandResults({ batchId, status }: CommandResultsProps) {
  const { rows, error, retry, more } = useNewestFirst(
    CommandResultsDocument,
    { batchId, ...(status && { status }) },
    resultsOf,
  );
  if (!rows) return error ? <ErrorState {...problemOf(error)} onRetry={retry} /> : <Skeleton rows={5} />;
  if (rows.length === 0) return <p className="p-4 text-fg-2">No device of this command is in this state.</p>;
  return (
    <>
      <SimpleTable
        caption="Devices of the command"
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        rowLink={({ device }) => <Link to="/devices" search={{ device: device?.serialNumber ?? "", status: "all" }} />}
        framed={false}
      />
      {more.has && (
        <div className="p-3">
          <LoadMore
            has
            fetching={more.fetching}
            error={more.error && problemOf(more.error).message}
            onLoad={() => void more.load()}
          />
        </div>
      )}
    </>
  );
}
