import { clsx } from "clsx";
import { formatCount } from "../lib/numbers";
import type { Tone } from "./vocabulary";

const tones: Record<Tone, string> = {
  ok: "bg-ok-soft text-ok-fg",
  info: "bg-info-soft text-info-fg",
  warn: "bg-warn-soft text-warn-fg",
  bad: "bg-bad-soft text-bad-fg",
  muted: "bg-muted-soft text-muted-fg",
};

export type CountBadgeProps = { tone: Tone; count: number };

/** A count in a small pill. In colour it counts problems. */
export function CountBadge({ tone, count }: CountBadgeProps) {
  return (
    <span
      className={clsx(
        "inline-flex h-5 min-w-5 shrink-0 items-center justify-center rounded-full px-1.5 text-badge tabular-nums",
        tones[tone],
      )}
    >
      {formatCount(count)}
    </span>
  );
}
