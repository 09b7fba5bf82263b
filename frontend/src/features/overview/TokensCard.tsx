import { Link } from "@tanstack/react-router";
import { clsx } from "clsx";
import { formatCount, plural } from "../../lib/numbers";
import { daysLeft, left } from "../../lib/time";
import { useNow } from "../../lib/useNow";
import { Card } from "../../ui/Card";
import { InitialsTile } from "../../ui/InitialsTile";
import { ProgressBar } from "../../ui/ProgressBar";
import { Status } from "../../ui/Status";
import { textLink } from "../../ui/textLink";
import { expiryTone } from "../../ui/vocabulary";
import { type Organization, syncs } from "../organizations/OrganizationsProvider";

const mostTokens = 6;
const daysOfLife = 365;

/** The ABM tokens with what is left of their year, the ones that end first on top. */
export function TokensCard({ organizations }: { organizations: readonly Organization[] }) {
  const sorted = organizations.toSorted((a, b) => endOf(a) - endOf(b));
  return (
    <Card
      title="ABM tokens"
      action={
        <Link to="/settings/abm" className={textLink}>
          Manage
        </Link>
      }
    >
      <ul className="grid gap-3.5">
        {sorted.slice(0, mostTokens).map((organization) => (
          <Token key={organization.id} organization={organization} />
        ))}
      </ul>
      {sorted.length > mostTokens && (
        <p className="text-fg-3 text-hint">{formatCount(sorted.length - mostTokens)} more last longer.</p>
      )}
    </Card>
  );
}

/** What does not sync stands first. */
function endOf({ state, expiresAt }: Organization): number {
  return syncs(state) && expiresAt ? Date.parse(expiresAt) : 0;
}

const textColors = { ok: "text-fg-2", warn: "text-warn-fg", bad: "text-bad-fg", info: "text-fg-2", muted: "text-fg-2" };

function Token({ organization: { name, state, expiresAt, deviceCount } }: { organization: Organization }) {
  const now = useNow(60_000);
  const days = syncs(state) && expiresAt ? daysLeft(expiresAt, now) : null;
  const tone = expiryTone(days ?? 0);
  return (
    <li className="flex items-start gap-3">
      <InitialsTile name={name} />
      <div className="grid min-w-0 flex-1 grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3">
        <span className="truncate font-medium" title={name}>
          {name}
        </span>
        {days === null ? (
          <Status kind="token" value={state} />
        ) : (
          <span className={clsx("text-right font-medium tabular-nums", textColors[tone])}>{left(days)}</span>
        )}
        <span className="text-fg-3 text-hint tabular-nums">{plural(deviceCount, "device")}</span>
        {days !== null && (
          <span className="w-28 sm:w-40">
            <ProgressBar value={days} max={daysOfLife} tone={tone} label={`Days left of the token of ${name}`} />
          </span>
        )}
      </div>
    </li>
  );
}
