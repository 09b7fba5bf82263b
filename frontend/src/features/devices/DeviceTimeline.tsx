import { Link } from "@tanstack/react-router";
import { graphql, readFragment } from "../../gql";
import type { DeviceEventsQuery } from "../../gql/graphql";
import { problemOf } from "../../graphql/errors";
import { rowsOf, useNewestFirst } from "../../graphql/useNewestFirst";
import { Breakable } from "../../ui/Breakable";
import { Button } from "../../ui/Button";
import { ErrorState } from "../../ui/ErrorState";
import { Skeleton } from "../../ui/Skeleton";
import { Status } from "../../ui/Status";
import { StatusIcon } from "../../ui/StatusIcon";
import { Time } from "../../ui/Time";
import { textLink } from "../../ui/textLink";
import { statusOf } from "../../ui/vocabulary";
import { appleDates, type OwnDate, timelineOf } from "./appleDates";
import type { DeviceDetails } from "./deviceDetails";
import { type DeviceEvent, DeviceEventFragment, originOf } from "./deviceEvent";
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

type TimelineDevice = Pick<
  DeviceDetails,
  "id" | "addedAt" | "deviceAssignedAt" | "deviceAssignedBy" | "appleProfileAssignedAt" | "appleProfilePushedAt"
>;

type DeviceTimelineProps = {
  device: TimelineDevice;
  /** Only what went wrong. */
  failures?: boolean;
};

/** What happened to a device, newest first, with Apple's own dates. For another device it needs another component (a key). */
export function DeviceTimeline({ device, failures = false }: DeviceTimelineProps) {
  const { rows, error, retry, more } = useNewestFirst(DeviceEventsDocument, { deviceId: device.id }, eventsOf);
  if (!rows) return error ? <ErrorState {...problemOf(error)} onRetry={retry} /> : <Skeleton rows={3} />;
  const shown = failures ? rows.filter(({ kind }) => statusOf("deviceEvent", kind).tone === "bad") : rows;
  const entries = timelineOf(shown, failures ? [] : datesOf(device, rows, !more.has), !more.has);
  return (
    <>
      <ol className="grid gap-4">
        {entries.map((entry) =>
          "event" in entry ? (
            <Event key={entry.event.id} event={entry.event} />
          ) : (
            <OtherDate key={entry.date.field} date={entry.date} />
          ),
        )}
      </ol>
      {failures && shown.length === 0 && (
        <p className="text-fg-2">Nothing failed{more.has && " in the events that are loaded"}.</p>
      )}
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

/** Apple's dates, and when the device came: one of a token's first full sync came without an event. */
function datesOf(device: TimelineDevice, rows: readonly DeviceEvent[], complete: boolean): OwnDate[] {
  const dates = appleDates(device, rows);
  if (!complete || rows.at(-1)?.kind === "ADDED") return dates;
  const title = rows.length === 0 ? "Here since the first full sync, unchanged" : "Came with the first full sync";
  return [...dates, { field: "addedAt", at: device.addedAt, title, source: "ours" }];
}

// A line leads from one event to the one before it; what belongs to an event stands under its words, beside the line.
const entry =
  "relative grid gap-1 not-last:before:absolute not-last:before:top-6 not-last:before:-bottom-3 not-last:before:left-[0.4375rem] not-last:before:w-px not-last:before:bg-border-2";
const details = "grid gap-1 pl-5.5";

function Event({ event }: { event: DeviceEvent }) {
  return (
    <li className={entry}>
      <div className="flex flex-wrap items-start justify-between gap-x-3">
        <span className="font-medium">
          <Status kind="deviceEvent" value={event.kind} />
        </span>
        <EventTime event={event} />
      </div>
      <div className={details}>
        <EventChanges event={event} />
        {event.otherSerialNumber && <OtherDevice event={event} serial={event.otherSerialNumber} />}
        <p className="text-fg-3 text-hint">
          {event.unannounced ? (
            <>
              Found by <Run id={event.syncRunId}>a full reconciliation</Run>: no change of Apple had announced it.
            </>
          ) : event.syncRunId ? (
            <>
              Seen by <Run id={event.syncRunId}>a sync</Run>
            </>
          ) : (
            originOf(event)
          )}
        </p>
      </div>
    </li>
  );
}

/** The device that came in place of this one, or that this one came in place of. */
function OtherDevice({ event: { kind, otherDevice }, serial }: { event: DeviceEvent; serial: string }) {
  const number = <span className="font-mono text-serial">{serial}</span>;
  return (
    <p className="text-fg-2">
      {kind === "REPLACES" ? "In place of " : "By "}
      {otherDevice ? (
        <Link to="/devices/$serialNumber" params={{ serialNumber: serial }} className={textLink}>
          {number}
        </Link>
      ) : (
        <>{number}, which is not known here</>
      )}
    </p>
  );
}

function Run({ id, children }: { id: string | null | undefined; children: string }) {
  if (!id) return children;
  return (
    <Link to="/sync/$runId" params={{ runId: id }} className={`${textLink} underline`}>
      {children}
    </Link>
  );
}

function OtherDate({ date: { at, title, by, source } }: { date: OwnDate }) {
  return (
    <li className={entry}>
      <div className="flex flex-wrap items-start justify-between gap-x-3">
        <span className="inline-flex items-center gap-1.5 font-medium">
          <StatusIcon shape={source === "ours" ? "plus" : "circle"} tone="muted" />
          {title}
        </span>
        <span className="text-right text-fg-2">
          <Time value={at} />
        </span>
      </div>
      {source === "apple" && (
        <p className={`${details} text-fg-3 text-hint`}>
          {by && (
            <>
              By <Breakable>{by}</Breakable>.{" "}
            </>
          )}
          From Apple's record
        </p>
      )}
    </li>
  );
}
