import { Link } from "@tanstack/react-router";
import { type FragmentType, graphql, readFragment } from "../../gql";
import { formatCount, signed } from "../../lib/numbers";
import { Card } from "../../ui/Card";
import { PlatformIcon } from "../../ui/PlatformIcon";
import { wordFor } from "../../ui/vocabulary";

export const PlatformCardFragment = graphql(`
  fragment PlatformCard on FleetSummary {
    platforms {
      platform
      devices
      addedIn30Days
    }
  }
`);

/** How the fleet divides into platforms: a table whose numbers are also bars, on one scale. */
export function PlatformCard({ summary }: { summary: FragmentType<typeof PlatformCardFragment> }) {
  const { platforms } = readFragment(PlatformCardFragment, summary);
  const most = Math.max(1, ...platforms.map(({ devices }) => devices));
  return (
    <Card title="Devices by platform" padding={false}>
      {platforms.length === 0 ? (
        <p className="px-4 py-3 text-fg-2">No devices yet.</p>
      ) : (
        <table className="w-full border-collapse">
          <caption className="sr-only">Devices by platform</caption>
          <thead>
            <tr className="h-8 text-fg-2 text-hint">
              <th scope="col" className="pl-4 text-left font-medium">
                Platform
              </th>
              <td className="w-full max-sm:hidden" />
              <th scope="col" className="px-3 text-right font-medium">
                Now
              </th>
              <th scope="col" className="whitespace-nowrap pr-4 text-right font-medium">
                Added in 30 days
              </th>
            </tr>
          </thead>
          <tbody>
            {platforms.map(({ platform, devices, addedIn30Days }) => (
              <tr key={platform} className="h-11 border-border border-t sm:h-9">
                <th scope="row" className="pl-4 text-left font-medium">
                  <Link
                    to="/devices"
                    search={{ platform }}
                    className="relative flex items-center gap-2 rounded-badge py-0.5 hover:underline max-sm:after:absolute max-sm:after:-inset-y-2.5 max-sm:after:inset-x-0"
                  >
                    <PlatformIcon platform={platform} className="size-4 text-fg-2" />
                    {wordFor("platform", platform)}
                  </Link>
                </th>
                <td className="w-full pl-4 max-sm:hidden">
                  <div className="h-2 min-w-1 rounded-full bg-accent" style={{ width: `${(devices / most) * 100}%` }} />
                </td>
                <td className="px-3 text-right font-semibold tabular-nums">{formatCount(devices)}</td>
                <td className="pr-4 text-right text-fg-2 tabular-nums">{signed(addedIn30Days)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}
