import { Link, useLocation } from "@tanstack/react-router";
import { CircleAlert } from "lucide-react";
import { plural } from "../../lib/numbers";
import { deadline } from "../../lib/time";
import { useNow } from "../../lib/useNow";
import { Button } from "../../ui/Button";
import { type Organization, useOrganizations } from "../organizations/OrganizationsProvider";
import { useMay } from "../session/session";

/** Says on every page that a token has expired: the one state in which new devices cannot enroll. */
export function DisruptedBanner() {
  const expired = useOrganizations().all?.filter(({ state }) => state === "EXPIRED") ?? [];
  const here = useLocation({ select: ({ pathname }) => pathname });
  const mayRenew = useMay("ADMIN");
  const [first] = expired;
  if (!first) return null;
  const single = expired.length === 1;
  const renewedAt = single ? `/settings/abm/${first.id}/renew` : "/settings/abm";
  return (
    <section
      aria-label="Enrollment disrupted"
      className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-2 bg-bad px-4 py-2.5 text-on-bad sm:px-6"
    >
      <CircleAlert aria-hidden className="size-4 shrink-0 self-start translate-y-0.5" strokeWidth={1.75} />
      <div className="min-w-0 flex-1 basis-60">
        <p className="font-semibold">Enrollment disrupted for {namesOf(expired)}</p>
        <p>
          <Since expired={expired} /> {consequence(devicesOf(expired))} Enrolled devices keep working.
        </p>
      </div>
      {mayRenew && here !== renewedAt && (
        <Button
          render={
            single ? (
              <Link to="/settings/abm/$tokenId/renew" params={{ tokenId: first.id }} />
            ) : (
              <Link to="/settings/abm" search={{ org: undefined }} />
            )
          }
        >
          {single ? "Renew token" : "Show tokens"}
        </Button>
      )}
    </section>
  );
}

function Since({ expired }: { expired: readonly Organization[] }) {
  const now = useNow(60_000);
  const [first] = expired;
  if (expired.length > 1 || !first?.expiresAt) return "The server tokens expired.";
  return `The server token expired on ${deadline(first.expiresAt, now)}.`;
}

function consequence(devices: number): string {
  if (devices === 0) return "New devices cannot enroll.";
  return `${plural(devices, "device does", "devices do")} not sync and new ones cannot enroll.`;
}

function namesOf(organizations: readonly Organization[]): string {
  const names = organizations.map(({ name }) => name);
  return names.length <= 2 ? names.join(" and ") : `${names.length} organizations`;
}

function devicesOf(organizations: readonly Organization[]): number {
  return organizations.reduce((sum, { deviceCount }) => sum + deviceCount, 0);
}
