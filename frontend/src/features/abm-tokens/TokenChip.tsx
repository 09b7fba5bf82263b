import { plural } from "../../lib/numbers";
import { ago, daysLeft, expires, type Instant, msOf } from "../../lib/time";
import { useNow } from "../../lib/useNow";
import { Chip, StatusChip } from "../../ui/Chip";
import { StatusIcon } from "../../ui/StatusIcon";
import { expiryTone } from "../../ui/vocabulary";
import type { ListedToken } from "./tokenList";

const day = 86_400_000;

/** How long ago a token expired: "5 h ago", "2 days ago". */
export function expiredAgo(expiresAt: Instant, now: Instant): string {
  const age = msOf(now) - msOf(expiresAt);
  return age < day ? ago(age) : `${plural(Math.floor(age / day), "day")} ago`;
}

/** The state of a token; when it expires, if that is near. */
export function TokenChip({ state, expiresAt }: Pick<ListedToken, "state" | "expiresAt">) {
  const now = useNow(60_000);
  const days = expiresAt ? daysLeft(expiresAt, now) : 0;
  if (state === "EXPIRING" && days > 0) {
    const tone = expiryTone(days);
    return (
      <Chip tone={tone} icon={<StatusIcon shape="triangle" tone={tone} className="size-3" />}>
        {expires(days)}
      </Chip>
    );
  }
  // The server notices within a minute; the clock on this page says it at once.
  const shown = state === "EXPIRING" && expiresAt ? "EXPIRED" : state;
  return (
    <StatusChip kind="token" value={shown}>
      {shown === "EXPIRED" && expiresAt ? `Expired ${expiredAgo(expiresAt, now)}` : undefined}
    </StatusChip>
  );
}
