import { Link } from "@tanstack/react-router";
import { useSubscription } from "urql";
import { graphql } from "../../gql";
import type { FleetFeedSubscription } from "../../gql/graphql";
import { Card } from "../../ui/Card";
import { Status } from "../../ui/Status";
import { Time } from "../../ui/Time";
import { textLink } from "../../ui/textLink";
import { liveKinds } from "../enrollment/liveKinds";

const FleetFeedDocument = graphql(`
  subscription FleetFeed($abmTokenId: ID, $kinds: [DeviceEventKind!]) {
    fleetEvents(abmTokenId: $abmTokenId, kinds: $kinds) {
      id
      kind
      at
      device {
        id
        serialNumber
        model
      }
    }
  }
`);

type Event = FleetFeedSubscription["fleetEvents"];

const most = 8;

/** What devices do, as they do it. For another organization it needs another component (a key). */
export function LiveFeed({ abmTokenId }: { abmTokenId: string | undefined }) {
  const [{ data: events = [], error }] = useSubscription<FleetFeedSubscription, Event[]>(
    { query: FleetFeedDocument, variables: { abmTokenId: abmTokenId ?? null, kinds: liveKinds } },
    (before: Event[] | undefined, { fleetEvents }: FleetFeedSubscription) =>
      [fleetEvents, ...(before ?? []).filter(({ id }) => id !== fleetEvents.id)].slice(0, most),
  );
  return (
    <Card
      title="As it happens"
      action={
        <Link to="/devices" search={{ enrollment: "ENROLLING" }} className={textLink}>
          Enrolling now
        </Link>
      }
      padding={false}
    >
      {events.length > 0 ? (
        <ol>
          {events.map((event) => (
            <Happened key={event.id} event={event} />
          ))}
        </ol>
      ) : (
        <p className="px-4 py-3 text-fg-2">
          {error
            ? "What devices do cannot be followed at the moment. It goes on by itself."
            : "Nothing since this page was opened. Devices appear here as they enroll, are refused, or answer commands."}
        </p>
      )}
    </Card>
  );
}

function Happened({ event: { kind, at, device } }: { event: Event }) {
  return (
    <li className="border-border border-b last:border-b-0">
      <Link
        to="/devices"
        search={{ device: device.serialNumber }}
        className="grid min-h-9 grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 bg-transparent px-4 py-1.5 -outline-offset-2 transition-colors duration-900 hover:bg-hover starting:bg-accent-soft sm:grid-cols-[9rem_minmax(0,1fr)_12rem_6rem] sm:py-1"
      >
        <span className="font-mono text-serial slashed-zero">{device.serialNumber}</span>
        <span className="truncate text-fg-2 max-sm:order-1">{device.model}</span>
        <span className="max-sm:order-2 max-sm:justify-self-end">
          <Status kind="deviceEvent" value={kind} />
        </span>
        <span className="text-right text-fg-3 text-hint">
          <Time value={at} mode="relative" />
        </span>
      </Link>
    </li>
  );
}
