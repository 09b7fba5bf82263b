import { Link } from "@tanstack/react-router";
import { useQuery } from "urql";
import { graphql } from "../../gql";
import { problemOf } from "../../graphql/errors";
import { formatCount, signed } from "../../lib/numbers";
import { useNow } from "../../lib/useNow";
import { Banner } from "../../ui/Banner";
import { Button } from "../../ui/Button";
import { DayChart, Swatch } from "../../ui/DayChart";
import { Kbd } from "../../ui/Kbd";
import { PlatformIcon } from "../../ui/PlatformIcon";
import { Skeleton } from "../../ui/Skeleton";
import { wordFor } from "../../ui/vocabulary";
import type { PlatformCounts } from "./PlatformCard";
import { changes, dayName, type FleetDay, firstCounted, historyOf, series, totals } from "./platformHistory";
import type { Chart } from "./ranges";

const FleetDaysDocument = graphql(`
  query FleetDays($abmTokenId: ID, $days: Int!) {
    fleetDays(abmTokenId: $abmTokenId, days: $days) {
      startsAt
      platform
      devices
    }
  }
`);

type PlatformHistoryProps = {
  platforms: PlatformCounts;
  abmTokenId: string | undefined;
  days: number;
  chart: Chart;
};

/** The course of the platforms as a chart or a table, and beside it what they have now. */
export function PlatformHistory({ platforms, abmTokenId, days, chart }: PlatformHistoryProps) {
  const now = useNow(60_000);
  // One day more: the first one shown has a change too.
  const [{ data, error }, refetch] = useQuery({
    query: FleetDaysDocument,
    variables: { abmTokenId: abmTokenId ?? null, days: days + 1 },
  });
  const present = new Map(platforms.map(({ platform, devices }) => [platform, devices]));
  const history = data && historyOf(data.fleetDays, present, days + 1, now);
  const shown = history?.slice(1);
  const first = shown && firstCounted(shown);
  return (
    <div className="grid items-start gap-x-6 gap-y-2 md:grid-cols-[minmax(0,1fr)_17rem]">
      <div className="grid min-w-0 gap-3 p-4 md:pr-0">
        {!history || !shown ? (
          error ? (
            <Banner
              tone="bad"
              title="The days before today did not load"
              action={
                <Button size="small" onClick={() => refetch({ requestPolicy: "network-only" })}>
                  Try again
                </Button>
              }
            >
              {problemOf(error).message}
            </Banner>
          ) : (
            <div className="min-h-72">
              <Skeleton rows={8} />
            </div>
          )
        ) : chart === "table" ? (
          <DaysTable history={shown} />
        ) : (
          <DayChart
            label={
              chart === "total"
                ? `Devices by platform, the last ${days} days`
                : `Change of the devices per day, the last ${days} days`
            }
            kind={chart === "total" ? "areas" : "columns"}
            series={series}
            days={(chart === "total" ? totals(history) : changes(history)).slice(1)}
            format={chart === "total" ? formatCount : signed}
            unknown={chart === "total" ? "Not counted" : "Not known"}
          />
        )}
        {shown && <Note history={shown} chart={chart} />}
      </div>
      <Now platforms={platforms} first={first ?? null} />
    </div>
  );
}

/** What the chart does not say by itself: what is summed up, and from when on there are numbers. */
function Note({ history, chart }: { history: readonly FleetDay[]; chart: Chart }) {
  const begin = history.findIndex(({ counts }) => counts);
  const from = history[begin];
  const gaps = history.slice(begin).some(({ counts }) => !counts);
  return (
    <p className="text-fg-2 text-hint">
      {begin > 0 &&
        from &&
        (begin === history.length - 1
          ? "Devices are counted once a day (UTC), from today on: the course shows as the days pass. "
          : `Devices are counted once a day (UTC), from ${dayName(from.at)} on. `)}
      {gaps && "Hatched days in between: no server ran. "}
      {chart === "total" && "Other is tvOS, visionOS and what is unknown. "}
      {chart === "change" && "What joined less what left, by day (UTC). "}
      <span className="max-sm:hidden">
        Press <Kbd>T</Kbd> for {chart === "table" ? "the chart" : "the table"}.
      </span>
    </p>
  );
}

type NowProps = { platforms: PlatformCounts; first: ReturnType<typeof firstCounted> };

/** The platforms now, and what has changed since the first day that is shown; before there is one, what was added. */
function Now({ platforms, first }: NowProps) {
  const colorOf = (platform: string) => (series.find(({ id }) => id === platform) ?? series[series.length - 1])?.color;
  return (
    <table className="w-full border-collapse max-md:border-border max-md:border-t">
      <caption className="sr-only">Devices by platform now</caption>
      <thead>
        <tr className="h-9 text-fg-2 text-hint">
          <th scope="col" className="w-full text-left font-medium max-md:pl-4">
            Platform
          </th>
          <th scope="col" className="px-3 text-right font-medium">
            Now
          </th>
          <th scope="col" className="whitespace-nowrap pr-4 text-right font-medium">
            {first ? `Since ${dayName(first.at)}` : "In 30 days"}
          </th>
        </tr>
      </thead>
      <tbody>
        {platforms.map(({ platform, devices, addedIn30Days }) => (
          <tr key={platform} className="h-11 border-border border-t">
            <th scope="row" className="text-left font-medium max-md:pl-4">
              <Link
                to="/devices"
                search={{ platform }}
                className="relative flex items-center gap-2 rounded-badge py-0.5 hover:underline max-sm:after:absolute max-sm:after:-inset-y-2.5 max-sm:after:inset-x-0"
              >
                <Swatch color={colorOf(platform) ?? 4} />
                <PlatformIcon platform={platform} className="size-4 text-fg-2" />
                {wordFor("platform", platform)}
              </Link>
            </th>
            <td className="px-3 text-right font-semibold tabular-nums">{formatCount(devices)}</td>
            <td className="pr-4 text-right text-fg-2 tabular-nums">
              {signed(first ? devices - (first.counts.get(platform) ?? 0) : addedIn30Days)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The chart's numbers, the newest day on top, each platform apart. */
function DaysTable({ history }: { history: readonly FleetDay[] }) {
  const platforms = [...new Set(history.toReversed().flatMap(({ counts }) => [...(counts?.keys() ?? [])]))];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    <section aria-label="Devices by platform and day" tabIndex={0} className="max-h-80 overflow-auto rounded-badge">
      <table className="w-full border-collapse text-right tabular-nums">
        <caption className="sr-only">Devices by platform at the end of each day (UTC), the newest first</caption>
        <thead>
          <tr className="h-8 text-fg-2 text-hint">
            <th scope="col" className="sticky top-0 bg-surface text-left font-medium">
              Day
            </th>
            <th scope="col" className="sticky top-0 bg-surface px-2 font-medium">
              All
            </th>
            {platforms.map((platform) => (
              <th key={platform} scope="col" className="sticky top-0 bg-surface px-2 font-medium">
                {wordFor("platform", platform)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {history.toReversed().map(({ at, counts }) => (
            <tr key={at} className="h-8 border-border border-t">
              <th scope="row" className="whitespace-nowrap text-left font-normal text-fg-2">
                {dayName(at)}
              </th>
              {counts ? (
                <>
                  <td className="px-2 font-semibold">
                    {formatCount([...counts.values()].reduce((total, count) => total + count, 0))}
                  </td>
                  {platforms.map((platform) => (
                    <td key={platform} className="px-2">
                      {formatCount(counts.get(platform) ?? 0)}
                    </td>
                  ))}
                </>
              ) : (
                <td colSpan={platforms.length + 1} className="px-2 text-fg-3">
                  Not counted
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
