import { Link } from "@tanstack/react-router";
import { MonitorSmartphone } from "lucide-react";
import type { FragmentType } from "../../gql";
import { graphql, readFragment } from "../../gql";
import { formatCount, formatPercent, signed } from "../../lib/numbers";
import { useIsPhone } from "../../lib/useBreakpoint";
import { SkeletonBar } from "../../ui/Skeleton";
import { StatStrip, StatTile } from "../../ui/StatTile";
import { StatusIcon } from "../../ui/StatusIcon";
import { statusOf } from "../../ui/vocabulary";
import { type DeviceSearch, given, unfinished as notEnrolled } from "../devices/filter";

const FleetTilesFragment = graphql(`
  fragment FleetTiles on FleetSummary {
    devices
    addedIn30Days
    enrollments {
      enrolled
    }
    unfinished {
      waiting
      unassigned
      notAccessible
    }
    removed
    removedIn30Days
  }
`);

// Each device counts in the first that is true of enrolled, failed, unassigned, else waiting: together they are the fleet.
const lists = {
  enrolled: { enrollment: "ENROLLED" },
  failed: { assignment: "NOT_ACCESSIBLE", enrollment: notEnrolled },
  unassigned: { assignment: "UNASSIGNED", enrollment: notEnrolled },
  waiting: { assignment: given, enrollment: notEnrolled },
  removed: { status: "removed" },
} as const satisfies Record<string, DeviceSearch>;

/** A status without devices is no news: it keeps its shape, and loses its colour. */
const icon = (kind: "enrollment" | "assignment", status: string, count = 1) => {
  const { shape, tone } = statusOf(kind, status);
  return <StatusIcon shape={shape} tone={count === 0 ? "muted" : tone} />;
};

const tiles = {
  devices: {
    icon: <MonitorSmartphone aria-hidden className="size-4" strokeWidth={1.75} />,
    label: "Devices in ABM",
  },
  enrolled: { icon: icon("enrollment", "ENROLLED"), label: "Enrolled" },
  waiting: { icon: icon("assignment", "ASSIGNED"), label: "Assigned, not enrolled" },
  unassigned: { icon: icon("assignment", "UNASSIGNED"), label: "Unassigned" },
  failed: { icon: icon("assignment", "NOT_ACCESSIBLE"), label: "Assignment failed" },
  removed: { icon: icon("assignment", "REMOVED"), label: "Removed from ABM" },
} as const;

type FleetTilesProps = { summary: FragmentType<typeof FleetTilesFragment> };

/** The fleet in numbers; each leads to the list that it counts. */
export function FleetTiles({ summary }: FleetTilesProps) {
  const isPhone = useIsPhone();
  const fleet = readFragment(FleetTilesFragment, summary);
  const { devices, addedIn30Days, enrollments, unfinished, removed, removedIn30Days } = fleet;
  const part = (value: number) => (value > 0 && devices > 0 ? `${formatPercent(value / devices)} of the fleet` : "");
  return (
    <StatStrip label="The fleet in numbers">
      <StatTile
        {...tiles.devices}
        value={formatCount(devices)}
        detail={`${signed(addedIn30Days)} in 30 days`}
        render={<Link to="/devices" />}
      />
      <StatTile
        {...tiles.enrolled}
        value={formatCount(enrollments.enrolled)}
        detail={part(enrollments.enrolled) || "None yet"}
        render={<Link to="/devices" search={lists.enrolled} />}
      />
      <StatTile
        {...tiles.waiting}
        {...(isPhone && { label: "Assigned, waiting" })}
        value={formatCount(unfinished.waiting)}
        detail={part(unfinished.waiting) || "Nobody waits"}
        render={<Link to="/devices" search={lists.waiting} />}
      />
      <StatTile
        {...tiles.unassigned}
        icon={icon("assignment", "UNASSIGNED", unfinished.unassigned)}
        value={formatCount(unfinished.unassigned)}
        detail={unfinished.unassigned === 0 ? "All have a profile" : "no rule gives a profile"}
        render={<Link to="/devices" search={lists.unassigned} />}
      />
      <StatTile
        {...tiles.failed}
        icon={icon("assignment", "NOT_ACCESSIBLE", unfinished.notAccessible)}
        value={formatCount(unfinished.notAccessible)}
        detail={unfinished.notAccessible === 0 ? "None" : "NOT_ACCESSIBLE"}
        render={<Link to="/devices" search={lists.failed} />}
      />
      <StatTile
        {...tiles.removed}
        value={formatCount(removed)}
        detail={`${formatCount(removedIn30Days)} in 30 days`}
        render={<Link to="/devices" search={lists.removed} />}
      />
    </StatStrip>
  );
}

/** In place of the tiles until their numbers are known, and as high as they are. */
export function FleetTilesSkeleton() {
  return (
    <StatStrip label="The fleet in numbers, loading">
      {Object.values(tiles).map((tile, seed) => (
        <StatTile
          key={tile.label}
          {...tile}
          value={
            <span className="flex h-[1lh] items-center">
              <SkeletonBar seed={seed} width="w-20" />
            </span>
          }
          detail={
            <span className="flex h-[1lh] items-center">
              <SkeletonBar seed={seed} width="w-24" />
            </span>
          }
        />
      ))}
    </StatStrip>
  );
}
