import { Link } from "@tanstack/react-router";
import { MonitorSmartphone } from "lucide-react";
import { useQuery } from "urql";
import type { FragmentType } from "../../gql";
import { graphql, readFragment } from "../../gql";
import { formatCount, formatPercent, signed } from "../../lib/numbers";
import { SkeletonBar } from "../../ui/Skeleton";
import { StatStrip, StatTile } from "../../ui/StatTile";
import { StatusIcon } from "../../ui/StatusIcon";
import { statusOf } from "../../ui/vocabulary";
import { type DeviceSearch, given, unfinished, whereOf } from "../devices/filter";

const FleetTilesFragment = graphql(`
  fragment FleetTiles on FleetSummary {
    devices
    addedIn30Days
    enrollments {
      enrolled
    }
    removed
    removedIn30Days
  }
`);

const FleetStandingDocument = graphql(`
  query FleetStanding($failed: DeviceWhereInput!, $unassigned: DeviceWhereInput!) {
    failed: devices(first: 0, where: $failed) {
      totalCount
    }
    unassigned: devices(first: 0, where: $unassigned) {
      totalCount
    }
  }
`);

// Each device counts in the first that is true of enrolled, failed, unassigned, else waiting: together they are the fleet.
const lists = {
  enrolled: { enrollment: "ENROLLED" },
  failed: { assignment: "NOT_ACCESSIBLE", enrollment: unfinished },
  unassigned: { assignment: "UNASSIGNED", enrollment: unfinished },
  waiting: { assignment: given, enrollment: unfinished },
  removed: { status: "removed" },
} as const satisfies Record<string, DeviceSearch>;

type FleetTilesProps = { summary: FragmentType<typeof FleetTilesFragment>; abmTokenId: string | undefined };

/** The fleet in numbers; each leads to the list that it counts. */
export function FleetTiles({ summary, abmTokenId }: FleetTilesProps) {
  const fleet = readFragment(FleetTilesFragment, summary);
  const { devices, addedIn30Days, enrollments, removed, removedIn30Days } = fleet;
  const [{ data, error }] = useQuery({
    query: FleetStandingDocument,
    variables: { failed: whereOf(lists.failed, abmTokenId), unassigned: whereOf(lists.unassigned, abmTokenId) },
  });
  const failed = data?.failed.totalCount;
  const unassigned = data?.unassigned.totalCount;
  // They were counted a moment after the fleet was.
  const waiting =
    data && Math.max(0, devices - enrollments.enrolled - data.failed.totalCount - data.unassigned.totalCount);
  const count = (value: number | undefined) =>
    value !== undefined ? formatCount(value) : error ? <span className="text-fg-3">Not known</span> : <Bar seed={1} />;
  const part = (value: number | undefined) =>
    value && devices > 0 ? `${formatPercent(value / devices)} of the fleet` : "";
  const icon = (kind: "enrollment" | "assignment", status: string) => {
    const { shape, tone } = statusOf(kind, status);
    return <StatusIcon shape={shape} tone={tone} />;
  };
  return (
    <StatStrip label="The fleet in numbers">
      <StatTile
        icon={<MonitorSmartphone aria-hidden className="size-4" strokeWidth={1.75} />}
        label="Devices in ABM"
        value={formatCount(devices)}
        detail={`${signed(addedIn30Days)} in 30 days`}
        render={<Link to="/devices" />}
      />
      <StatTile
        icon={icon("enrollment", "ENROLLED")}
        label="Enrolled"
        value={formatCount(enrollments.enrolled)}
        detail={part(enrollments.enrolled) || "None yet"}
        render={<Link to="/devices" search={lists.enrolled} />}
      />
      <StatTile
        icon={icon("assignment", "ASSIGNED")}
        label="Assigned, not enrolled"
        value={count(waiting)}
        detail={part(waiting) || "Nobody waits"}
        render={<Link to="/devices" search={lists.waiting} />}
      />
      <StatTile
        icon={icon("assignment", "UNASSIGNED")}
        label="Unassigned"
        value={count(unassigned)}
        detail={unassigned === 0 ? "All have a profile" : "no rule gives a profile"}
        render={<Link to="/devices" search={lists.unassigned} />}
      />
      <StatTile
        icon={icon("assignment", "NOT_ACCESSIBLE")}
        label="Assignment failed"
        value={count(failed)}
        detail={failed === 0 ? "None" : "NOT_ACCESSIBLE"}
        render={<Link to="/devices" search={lists.failed} />}
      />
      <StatTile
        icon={icon("assignment", "REMOVED")}
        label="Removed from ABM"
        value={formatCount(removed)}
        detail={`${formatCount(removedIn30Days)} in 30 days`}
        render={<Link to="/devices" search={lists.removed} />}
      />
    </StatStrip>
  );
}

function Bar({ seed, width = "w-20" }: { seed: number; width?: string }) {
  return (
    <span className="flex h-7 items-center">
      <SkeletonBar seed={seed} width={width} />
    </span>
  );
}

/** In place of the tiles until their numbers are known. */
export function FleetTilesSkeleton() {
  return (
    <StatStrip label="The fleet in numbers, loading">
      {[
        "Devices in ABM",
        "Enrolled",
        "Assigned, not enrolled",
        "Unassigned",
        "Assignment failed",
        "Removed from ABM",
      ].map((label, seed) => (
        <StatTile
          key={label}
          label={label}
          value={<Bar seed={seed} />}
          detail={
            <span className="flex h-4 items-center">
              <SkeletonBar seed={seed} width="w-24" />
            </span>
          }
        />
      ))}
    </StatStrip>
  );
}
