import { Link } from "@tanstack/react-router";
import { formatCount } from "../../lib/numbers";
import { type SimpleColumn, SimpleTable } from "../../ui/SimpleTable";
import { Status } from "../../ui/Status";
import { Time } from "../../ui/Time";
import { type Batch, causeWord } from "./batch";

const columns: readonly SimpleColumn<Batch>[] = [
  {
    id: "title",
    header: "What",
    phone: "title",
    cell: ({ cause, title }) => (
      <span>
        <span className="font-medium text-fg">{causeWord(cause)}</span> <span className="text-fg-2">{title}</span>
      </span>
    ),
  },
  {
    id: "status",
    header: "Status",
    phone: "status",
    cell: ({ status, failed }) =>
      status === "FINISHED" && failed > 0 ? (
        <Status tone="warn" label="Some failed" />
      ) : (
        <Status kind="assignmentBatch" value={status} />
      ),
  },
  {
    id: "devices",
    header: "Devices",
    align: "end",
    cell: ({ devices, counted }) => (counted ? formatCount(devices) : `${formatCount(devices)}, total unknown`),
  },
  { id: "succeeded", header: "At Apple", align: "end", cell: ({ succeeded }) => formatCount(succeeded) },
  {
    id: "failed",
    header: "Not taken",
    align: "end",
    cell: ({ failed }) => <span className={failed > 0 ? "text-bad-fg" : undefined}>{formatCount(failed)}</span>,
  },
  { id: "by", header: "By", priority: 2, cell: ({ requestedBy }) => requestedBy },
  { id: "when", header: "When", align: "end", cell: ({ createdAt }) => <Time value={createdAt} /> },
];

/** What changed the devices' profiles, each a line. */
export function BatchTable({ batches }: { batches: readonly Batch[] }) {
  return (
    <SimpleTable
      caption="Assignments"
      columns={columns}
      rows={batches}
      rowKey={({ id }) => id}
      rowLink={({ id }) => <Link to="/assignments/$batchId" params={{ batchId: id }} />}
    />
  );
}
