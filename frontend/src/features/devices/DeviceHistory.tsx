import { Link } from "@tanstack/react-router";
import { graphql, readFragment } from "../../gql";
import type { DeviceEventsQuery } from "../../gql/graphql";
import { problemOf } from "../../graphql/errors";
import { rowsOf, useNewestFirst } from "../../graphql/useNewestFirst";
import { Button } from "../../ui/Button";
import { ErrorState } from "../../ui/ErrorState";
import { Skeleton } from "../../ui/Skeleton";
import { Status } from "../../ui/Status";
import { Time } from "../../ui/Time";
import { type DeviceEvent, DeviceEventFragment } from "./deviceEvent";
import { EventChanges } from "./EventChanges";
import { EventTime } from "./EventTime";

const DeviceEventsDocument = graphql(`
  query DeviceEvents($deviceId: ID!, $after: Cursor) {
    deviceEvents(deviceId: $deviceId, first: 20, after: $after) {
      nodes {
        ...DeviceEventFields
      }
      pageInfo {
        endCursor
        hasNextPage
      }
    }
  }
`);

const eventsOf = ({ deviceEvents: { nodes, pageInfo } }: DeviceEventsQuery) =>
  rowsOf(readFragment(DeviceEventFragment, nodes), pageInfo);

type DeviceHistoryProps = { device: { id: string; addedAt: string } };

/** What happened to a device, newest first. For another device it needs another component (a key). */
export function DeviceHistory({ device }: DeviceHistoryProps) {
  const { rows, error, retry, more } = useNewestFirst(DeviceEventsDocument, { deviceId: device.id }, eventsOf);
  if (!rows) return error ? <ErrorState {...problemOf(error)} onRetry={retry} /> : <Skeleton rows={3} />;
  // A device of a token's first full sync came without an event.
  const begins = !more.has && rows.at(-1)?.kind !== "ADDED";
  return (
    <>
      <ol className="grid gap-4">
        {rows.map((event) => (
          <Event key={event.id} event={event} />
        ))}
        {begins && (
          <li className="flex flex-wrap justify-between gap-x-3">
            <span className="text-fg-2">
              {rows.length === 0 ? "Here since the first full sync, unchanged" : "Came with the first full sync"}
            </span>
            <span className="text-fg-2">
              <Time value={device.addedAt} />
            </span>
          </li>
        )}
      </ol>
      {more.error && <p className="text-bad-fg">The older events did not load. {problemOf(more.error).message}</p>}
      {more.has && (
        <div>
          <Button size="small" busy={more.fetching} busyLabel="Loading" onClick={() => void more.load()}>
            Load more
          </Button>
        </div>
      )}
    </>
  );
}

function Event({ event }: { event: DeviceEvent }) {
  return (
    <li className="grid gap-1">
      <div className="flex flex-wrap items-start justify-between gap-x-3">
        <span className="font-medium">
          <Status kind="deviceEvent" value={event.kind} />
        </span>
        <EventTime event={event} />
      </div>
      <EventChanges event={event} />
      {event.unannounced && (
        <p className="text-fg-3 text-hint">
          Found by{" "}
          {event.syncRunId ? (
            <Link
              to="/sync/$runId"
              params={{ runId: event.syncRunId }}
              className="rounded-badge text-accent-fg underline"
            >
              a full reconciliation
            </Link>
          ) : (
            "a full reconciliation"
          )}
          : no change of Apple had announced it.
        </p>
      )}
    </li>
  );
}
