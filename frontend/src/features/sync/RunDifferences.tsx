import { Link } from "@tanstack/react-router";
import { Equal } from "lucide-react";
import { type FragmentType, graphql, readFragment } from "../../gql";
import type { SyncDifferencesQuery } from "../../gql/graphql";
import { problemOf } from "../../graphql/errors";
import { rowsOf, useNewestFirst } from "../../graphql/useNewestFirst";
import { formatCount, plural } from "../../lib/numbers";
import { Banner } from "../../ui/Banner";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { EmptyState } from "../../ui/EmptyState";
import { ErrorState } from "../../ui/ErrorState";
import { type SimpleColumn, SimpleTable } from "../../ui/SimpleTable";
import { Skeleton } from "../../ui/Skeleton";
import { StatusIcon } from "../../ui/StatusIcon";
import { textLink } from "../../ui/textLink";
import { statusOf } from "../../ui/vocabulary";
import { type DeviceEvent, DeviceEventFragment } from "../devices/deviceEvent";
import { EventChanges } from "../devices/EventChanges";
import { EventTime } from "../devices/EventTime";
import { differences } from "./findings";
import { Cell } from "./SyncNumbers";
import type { Run } from "./SyncProvider";
import { isRunning } from "./syncGroup";

const SyncDifferencesDocument = graphql(`
  query SyncDifferences($syncRunId: ID!, $after: Cursor) {
    syncDifferences(syncRunId: $syncRunId, first: 50, after: $after) {
      nodes {
        id
        device {
          id
          serialNumber
        }
        ...DeviceEventFields
      }
      pageInfo {
        endCursor
        hasNextPage
      }
    }
  }
`);

type Difference = DeviceEvent & { serialNumber: string };
type Node = SyncDifferencesQuery["syncDifferences"]["nodes"][number];

const differencesOf = ({ syncDifferences: { nodes, pageInfo } }: SyncDifferencesQuery) =>
  rowsOf(nodes.map(differenceOf), pageInfo);

function differenceOf(node: Node): Difference {
  const event: FragmentType<typeof DeviceEventFragment> = node;
  return { ...readFragment(DeviceEventFragment, event), serialNumber: node.device.serialNumber };
}

/** What a full reconciliation found different from what Apple's changes had said. */
export function RunDifferences({ run }: { run: Run }) {
  const found = differences(run);
  return (
    <Card title="Differences" padding={false}>
      <p className="px-4 py-3 text-pretty text-fg-2">
        A full sync compares Apple's whole list with the devices here. Differences that no change of Apple had announced
        are counted below, and put right at once.
      </p>
      {isRunning(run) ? (
        <p className="border-border border-t px-4 py-3 text-fg-2">The differences are known when the run ends.</p>
      ) : (
        <>
          <dl className="grid gap-px border-border border-y bg-border sm:grid-cols-3">
            <Cell label="Missing here" detail="At Apple, and added now">
              {formatCount(run.missingHere)}
            </Cell>
            <Cell label="Missing at Apple" detail={missingDetail(run)}>
              {formatCount(run.missingAtApple)}
            </Cell>
            <Cell label="Changed silently" detail="Brought up to date now">
              {formatCount(run.changedUnannounced)}
            </Cell>
          </dl>
          {found > 0 ? <Table key={run.id} run={run} /> : <NothingDiffered run={run} />}
        </>
      )}
    </Card>
  );
}

function missingDetail({ heldRemovals }: Run): string {
  return heldRemovals > 0 ? `${formatCount(heldRemovals)} of them held, not removed` : "Shown as removed now";
}

function NothingDiffered({ run }: { run: Run }) {
  if (run.heldRemovals > 0) {
    return <p className="px-4 py-3 text-fg-2">Nothing else differed. Devices that are held are not listed here.</p>;
  }
  if (run.status !== "SUCCEEDED") {
    return <p className="px-4 py-3 text-fg-2">The run did not end well: the list was not compared to its end.</p>;
  }
  if (!run.compared) {
    return (
      <EmptyState icon={<Equal />} title="Nothing to compare with">
        This was the organization's first list, or Apple had refused the position of the changes.
      </EmptyState>
    );
  }
  return <EmptyState icon={<Equal />} title="Nothing differed: the changes had announced everything" />;
}

// What the kinds mean here.
const meanings: Readonly<Record<string, string>> = {
  ADDED: "Was missing here",
  RETURNED: "Was shown as removed",
  MOVED: "Was at another organization",
  MODIFIED: "Changed silently",
  REMOVED: "Missing at Apple",
};

const columns: readonly SimpleColumn<Difference>[] = [
  {
    id: "serial",
    header: "Serial",
    cell: ({ serialNumber }) => (
      <Link
        to="/devices"
        search={{ device: serialNumber, q: serialNumber, status: "all" }}
        className={`${textLink} font-mono text-serial`}
      >
        {serialNumber}
      </Link>
    ),
  },
  {
    id: "what",
    header: "What differed",
    cell: ({ kind }) => (
      <span className="inline-flex items-center gap-1.5">
        <StatusIcon {...statusOf("deviceEvent", kind)} />
        {meanings[kind] ?? kind}
      </span>
    ),
  },
  {
    id: "changes",
    header: "Before and after",
    cell: (event) => (
      <div className="max-w-xl whitespace-normal py-1.5 max-sm:py-0">
        <EventChanges event={event} />
      </div>
    ),
  },
  { id: "when", header: "When", align: "end", phone: "status", cell: (event) => <EventTime event={event} /> },
];

function Table({ run }: { run: Run }) {
  const { rows, error, retry, more } = useNewestFirst(SyncDifferencesDocument, { syncRunId: run.id }, differencesOf);
  if (!rows) {
    return error ? (
      <ErrorState {...problemOf(error)} title="The differences did not load" onRetry={retry} />
    ) : (
      <div className="p-4">
        <Skeleton rows={4} />
      </div>
    );
  }
  return (
    <>
      <SimpleTable caption="Differences" columns={columns} rows={rows} rowKey={({ id }) => id} framed={false} />
      {more.error && (
        <div className="px-4 pt-3">
          <Banner tone="bad" title="The further differences did not load">
            {problemOf(more.error).message}
          </Banner>
        </div>
      )}
      <div className="flex items-center gap-3 border-border border-t px-4 py-3 text-fg-3 text-hint">
        <span>
          {formatCount(rows.length)} of {plural(differences(run), "difference")} shown
        </span>
        {more.has && (
          <Button size="small" busy={more.fetching} busyLabel="Loading" onClick={() => void more.load()}>
            Load more
          </Button>
        )}
      </div>
    </>
  );
}
