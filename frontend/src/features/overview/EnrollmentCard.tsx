import { Link } from "@tanstack/react-router";
import { useQuery } from "urql";
import { type FragmentType, graphql, readFragment } from "../../gql";
import type { DeviceWhereInput } from "../../gql/graphql";
import { problemOf } from "../../graphql/errors";
import { formatCount, formatPercent } from "../../lib/numbers";
import { Card } from "../../ui/Card";
import { ErrorState } from "../../ui/ErrorState";
import { ProgressBar } from "../../ui/ProgressBar";
import { Skeleton } from "../../ui/Skeleton";
import { StatusIcon } from "../../ui/StatusIcon";
import { textLink } from "../../ui/textLink";
import { statusOf, type Tone } from "../../ui/vocabulary";
import { type DeviceSearch, whereOf } from "../devices/filter";

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

// What is assigned and what is fetched, and of each what waits for somebody to switch it on.
const EnrollmentFunnelDocument = graphql(`
  query EnrollmentFunnel(
    $assigned: DeviceWhereInput!
    $unfetched: DeviceWhereInput!
    $pushed: DeviceWhereInput!
    $waiting: DeviceWhereInput!
  ) {
    assigned: devices(first: 0, where: $assigned) {
      totalCount
    }
    unfetched: devices(first: 0, where: $unfetched) {
      totalCount
    }
    pushed: devices(first: 0, where: $pushed) {
      totalCount
    }
    waiting: devices(first: 0, where: $waiting) {
      totalCount
    }
  }
`);

const lists = {
  assigned: { assignment: "ASSIGNED" },
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
  const [{ data, error }, refetch] = useQuery({ query: EnrollmentFunnelDocument, variables: wheresOf(abmTokenId) });
  // Who came here has its profile, whether Apple has told that already or tells it with the next sync.
  const fetched = data && data.pushed.totalCount + data.assigned.totalCount - data.unfetched.totalCount;
  return (
    <Card title="Enrollment funnel">
      {data && fetched !== undefined ? (
        <>
          <ul className="grid gap-3">
            <Step name="In ABM" count={devices} of={devices} tone="muted" search={{}} />
            <Step
              name="Profile assigned"
              count={data.assigned.totalCount + data.pushed.totalCount}
              of={devices}
              tone="accent"
            />
            <Step name="Profile pushed" count={fetched} of={devices} tone="accent" search={lists.pushed} />
            <Step
              name="Enrolled"
              count={enrollments.enrolled}
              of={devices}
              tone="ok"
              search={{ enrollment: "ENROLLED" }}
            />
          </ul>
          <Waits unfetched={data.unfetched.totalCount} pushed={data.waiting.totalCount} />
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

function wheresOf(abmTokenId: string | undefined): Record<keyof typeof lists, DeviceWhereInput> {
  return {
    assigned: whereOf(lists.assigned, abmTokenId),
    unfetched: whereOf(lists.unfetched, abmTokenId),
    pushed: whereOf(lists.pushed, abmTokenId),
    waiting: whereOf(lists.waiting, abmTokenId),
  };
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
