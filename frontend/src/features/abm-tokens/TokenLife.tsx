import { clsx } from "clsx";
import { plural } from "../../lib/numbers";
import { date, daysLeft, deadline, msOf } from "../../lib/time";
import { useNow } from "../../lib/useNow";
import { ProgressBar } from "../../ui/ProgressBar";
import { expiryTone, type Tone } from "../../ui/vocabulary";

const endColors: Record<Tone, string> = {
  ok: "text-fg-3",
  info: "text-fg-3",
  muted: "text-fg-3",
  warn: "font-medium text-warn-fg",
  bad: "font-medium text-bad-fg",
};

/** The year of a token as a bar: Apple makes each for one year. */
export function TokenLife({ expiresAt }: { expiresAt: string }) {
  const now = useNow(60_000);
  const end = msOf(expiresAt);
  const begin = yearBefore(end);
  const days = daysLeft(end, now);
  const tone = expiryTone(days);
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-hint">
      <span className="text-fg-3">{date(begin)}</span>
      <span className="min-w-16 flex-1">
        <ProgressBar
          value={Math.min(now, end) - begin}
          max={end - begin}
          label="Used of the token's year"
          tone={tone}
        />
      </span>
      <span className={clsx("tabular-nums max-sm:w-full", endColors[tone])}>{lifeLeft(days, end, now)}</span>
    </div>
  );
}

function lifeLeft(days: number, end: number, now: number): string {
  if (days === 0) return `Expired on ${deadline(end, now)}`;
  return days <= 30 ? `Expires ${deadline(end, now)}` : `${plural(days, "day")} left, until ${date(end)}`;
}

function yearBefore(at: number): number {
  const begin = new Date(at);
  begin.setUTCFullYear(begin.getUTCFullYear() - 1);
  return begin.getTime();
}
