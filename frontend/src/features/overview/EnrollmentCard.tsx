import { Link } from "@tanstack/react-router";
import { useQuery } from "urql";
import { type FragmentType, graphql, readFragment } from "../../gql";
import { problemOf } from "../../graphql/errors";
import { formatCount, formatPercent } from "../../lib/numbers";
import { Card } from "../../ui/Card";
import { ErrorState } from "../../ui/ErrorState";
import { ProgressBar } from "../../ui/ProgressBar";
import { Skeleton } from "../../ui/Skeleton";
import { StatusIcon } from "../../ui/StatusIcon";
import { textLink } from "../../ui/textLink";
import { statusOf, type Tone } from "../../ui/vocabulary";
import type { DeviceSearch } from "../devices/filter";

const EnrollmentCardFragment = graphql(`
  fragment EnrollmentCard on FleetSummary {
    devices
    enrollments {
      enrolling
      enrolled
      unenrolled
      awaitingConfiguration
    }
  }
`);

// By itself: what it counts takes a moment at a large fleet, and the rest of the page does not wait for it.
const EnrollmentFunnelDocument = graphql(`
  query EnrollmentFunnel($abmTokenId: ID) {
    fleetSummary(abmTokenId: $abmTokenId) {
      profiled {
        assigned
        assignedNotEnrolled
        pushed
        pushedNotEnrolled
      }
    }
  }
`);

const lists = {
  unfetched: { assignment: "ASSIGNED", enrollment: "NOT_ENROLLED" },
  pushed: { assignment: "PUSHED" },
  waiting: { assignment: "PUSHED", enrollment: "NOT_ENROLLED" },
} as const satisfies Record<string, DeviceSearch>;

type EnrollmentCardProps = {
  summary: FragmentType<typeof EnrollmentCardFragment>;
  abmTokenId: string | undefined;
};

/** How far the fleet has come on the way to being enrolled: four bars on one scale, and where the most wait. */
export function EnrollmentCard({ summary, abmTokenId }: EnrollmentCardProps) {
  const { devices, enrollments } = readFragment(EnrollmentCardFragment, summary);
  const [{ data, error }, refetch] = useQuery({
    query: EnrollmentFunnelDocument,
    variables: { abmTokenId: abmTokenId ?? null },
  });
  const has = data?.fleetSummary.profiled;
  return (
    <Card title="Enrollment funnel">
      {has ? (
        <>
          <ul className="grid gap-3">
            <Step name="In ABM" count={devices} of={devices} tone="muted" search={{}} />
            <Step name="Profile assigned" count={has.assigned + has.pushed} of={devices} tone="accent" />
            {/* Who came here has its profile, whether Apple has told that already or tells it with the next sync. */}
            <Step
              name="Profile pushed"
              count={has.pushed + has.assigned - has.assignedNotEnrolled}
              of={devices}
              tone="accent"
              search={lists.pushed}
            />
            <Step
              name="Enrolled"
              count={enrollments.enrolled}
              of={devices}
              tone="ok"
              search={{ enrollment: "ENROLLED" }}
            />
          </ul>
          <Waits unfetched={has.assignedNotEnrolled} pushed={has.pushedNotEnrolled} />
          <Others {...enrollments} />
        </>
      ) : error ? (
        <ErrorState {...problemOf(error)} onRetry={refetch} />
      ) : (
        <Skeleton rows={4} />
      )}
    </Card>
  );
}

type StepProps = { name: string; count: number; of: number; tone: Tone | "accent"; search?: DeviceSearch };

function Step({ name, count, of, tone, search }: StepProps) {
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto_3.5rem] items-baseline gap-x-2 gap-y-1">
      <span className="font-medium">
        {search ? (
          <Link to="/devices" search={search} className="rounded-badge hover:underline">
            {name}
          </Link>
        ) : (
          name
        )}
      </span>
      <span className="font-semibold tabular-nums">{formatCount(count)}</span>
      <span className="text-right text-fg-2 tabular-nums">{of > 0 && formatPercent(count / of)}</span>
      <span className="col-span-3">
        <ProgressBar value={count} max={of} tone={tone} label={name} />
      </span>
    </li>
  );
}

/** The place where the most devices wait, with the list of them. */
function Waits({ unfetched, pushed }: { unfetched: number; pushed: number }) {
  const most = Math.max(unfetched, pushed);
  if (most === 0) return null;
  const [what, search] =
    unfetched >= pushed
      ? (["a profile that they did not fetch yet", { ...lists.unfetched }] as const)
      : (["their profile and did not begin to enroll", { ...lists.waiting }] as const);
  return (
    <p className="rounded-control bg-sunken px-3 py-2 text-fg-2">
      <span className="font-semibold text-fg tabular-nums">{formatCount(most)}</span> have {what}.{" "}
      <Link to="/devices" search={search} className={`${textLink} underline`}>
        Show
      </Link>
    </p>
  );
}

type OthersProps = { enrolling: number; unenrolled: number; awaitingConfiguration: number };

/** What no bar counts: the devices under way, and those that said goodbye. */
function Others({ enrolling, unenrolled, awaitingConfiguration }: OthersProps) {
  const counts = [
    ["ENROLLING", enrolling],
    ["UNENROLLED", unenrolled],
  ] as const;
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-fg-2">
      {counts.map(([status, count]) => {
        const { word, shape, tone } = statusOf("enrollment", status);
        // Nothing turns while nothing is under way.
        return (
          <li key={status}>
            <Link
              to="/devices"
              search={{ enrollment: status }}
              className="inline-flex items-center gap-1.5 rounded-badge hover:underline"
            >
              <StatusIcon shape={count > 0 ? shape : "circle"} tone={count > 0 ? tone : "muted"} />
              {word} <span className="tabular-nums">{formatCount(count)}</span>
            </Link>
          </li>
        );
      })}
      {awaitingConfiguration > 0 && (
        <li className="inline-flex items-center gap-1.5">
          <StatusIcon shape="clock" tone="info" />
          Waiting in Setup Assistant <span className="tabular-nums">{formatCount(awaitingConfiguration)}</span>
        </li>
      )}
    </ul>
  );
}
