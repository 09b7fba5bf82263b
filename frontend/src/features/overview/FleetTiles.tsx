import { Link } from "@tanstack/react-router";
import { MonitorSmartphone } from "lucide-react";
import type { FragmentType } from "../../gql";
import { graphql, readFragment } from "../../gql";
import { formatCount, formatPercent, signed } from "../../lib/numbers";
import { PlatformIcon } from "../../ui/PlatformIcon";
import { SkeletonBar } from "../../ui/Skeleton";
import { StatStrip, StatTile } from "../../ui/StatTile";
import { StatusIcon } from "../../ui/StatusIcon";
import { wordFor } from "../../ui/vocabulary";

export const FleetTilesFragment = graphql(`
  fragment FleetTiles on FleetSummary {
    devices
    addedIn30Days
    enrollments {
      enrolled
    }
    removed
    removedIn30Days
    platforms {
      platform
      devices
      addedIn30Days
    }
  }
`);

/** The fleet in numbers; each leads to the list that it counts. */
export function FleetTiles({ summary }: { summary: FragmentType<typeof FleetTilesFragment> }) {
  const fleet = readFragment(FleetTilesFragment, summary);
  const { devices, addedIn30Days, enrollments, removed, removedIn30Days, platforms } = fleet;
  return (
    <StatStrip label="The fleet in numbers">
      <StatTile
        icon={<MonitorSmartphone aria-hidden className="size-4" strokeWidth={1.75} />}
        label="Devices"
        value={formatCount(devices)}
        detail={inThirtyDays(addedIn30Days)}
        render={<Link to="/devices" />}
      />
      <StatTile
        icon={<StatusIcon shape="check" tone="ok" />}
        label="Enrolled"
        value={formatCount(enrollments.enrolled)}
        detail={devices > 0 ? `${formatPercent(enrollments.enrolled / devices)} of the fleet` : "No devices yet"}
        render={<Link to="/devices" search={{ enrollment: "ENROLLED" }} />}
      />
      {platforms.map((count) => (
        <StatTile
          key={count.platform}
          icon={<PlatformIcon platform={count.platform} />}
          label={wordFor("platform", count.platform)}
          value={formatCount(count.devices)}
          detail={inThirtyDays(count.addedIn30Days)}
          render={<Link to="/devices" search={{ platform: count.platform }} />}
        />
      ))}
      <StatTile
        icon={<StatusIcon shape="minus" tone="muted" />}
        label="Removed"
        value={formatCount(removed)}
        detail={`${formatCount(removedIn30Days)} in 30 days`}
        render={<Link to="/devices" search={{ status: "removed" }} />}
      />
    </StatStrip>
  );
}

function inThirtyDays(added: number): string {
  return `${signed(added)} in 30 days`;
}

/** In place of the tiles until their numbers are known. */
export function FleetTilesSkeleton() {
  return (
    <StatStrip label="The fleet in numbers, loading">
      {["Devices", "Enrolled", "Removed"].map((label, seed) => (
        <StatTile
          key={label}
          label={label}
          value={
            <span className="flex h-7 items-center">
              <SkeletonBar seed={seed} width="w-20" />
            </span>
          }
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
