import { useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { type FragmentType, graphql, readFragment } from "../../gql";
import { loadPart } from "../../lib/loadPart";
import { useShortcuts } from "../../lib/shortcuts";
import { Card } from "../../ui/Card";
import { Segmented } from "../../ui/Segmented";
import { Select } from "../../ui/Select";
import { Skeleton } from "../../ui/Skeleton";
import { type Chart, ranges, usualRange } from "./ranges";

const PlatformHistory = lazy(() =>
  loadPart(() => import("./PlatformHistory")).then((module) => ({ default: module.PlatformHistory })),
);

const PlatformCardFragment = graphql(`
  fragment PlatformCard on FleetSummary {
    platforms {
      platform
      devices
      addedIn30Days
    }
  }
`);

export type PlatformCounts = readonly { platform: string; devices: number; addedIn30Days: number }[];

type PlatformCardProps = {
  summary: FragmentType<typeof PlatformCardFragment>;
  abmTokenId: string | undefined;
};

/** How the fleet divides into platforms, now and day by day. */
export function PlatformCard({ summary, abmTokenId }: PlatformCardProps) {
  const { platforms } = readFragment(PlatformCardFragment, summary);
  const { range = usualRange, chart = "total" } = useSearch({ from: "/app/" });
  const navigate = useNavigate({ from: "/" });
  const show = (next: Chart) =>
    void navigate({
      search: (now) => ({ ...now, chart: next === "total" ? undefined : next }),
      replace: true,
      resetScroll: false,
    });
  useShortcuts({ t: () => show(chart === "table" ? "total" : "table") });
  return (
    <Card
      title="Devices by platform"
      action={
        <div className="flex flex-wrap items-center gap-2">
          <Select
            aria-label="Days shown"
            options={Object.keys(ranges).map((value) => ({ value, label: ranges[value as keyof typeof ranges].label }))}
            value={range}
            onChange={({ target }) =>
              void navigate({
                search: (now) => ({ ...now, range: target.value as keyof typeof ranges }),
                replace: true,
                resetScroll: false,
              })
            }
          />
          <Segmented
            label="Shown as"
            value={chart}
            onValueChange={show}
            options={[
              { value: "total", label: "Total" },
              { value: "change", label: "Change per day" },
              { value: "table", label: "Table" },
            ]}
          />
        </div>
      }
      padding={false}
    >
      {platforms.length === 0 ? (
        <p className="px-4 py-3 text-fg-2">No devices yet.</p>
      ) : (
        <Suspense fallback={<Loading />}>
          <PlatformHistory platforms={platforms} abmTokenId={abmTokenId} days={ranges[range].days} chart={chart} />
        </Suspense>
      )}
    </Card>
  );
}

/** In place of the card until there are numbers, and about as high as it is: what is below stays where it is. */
export function PlatformCardSkeleton() {
  return (
    <Card title="Devices by platform" padding={false}>
      <Loading />
    </Card>
  );
}

function Loading() {
  return (
    <div className="min-h-80 p-4">
      <Skeleton rows={8} />
    </div>
  );
}
