import { clsx } from "clsx";
import type { Tone } from "./vocabulary";

const fills: Record<Tone | "accent", string> = {
  accent: "bg-accent",
  ok: "bg-ok",
  info: "bg-info",
  warn: "bg-warn",
  bad: "bg-bad",
  muted: "bg-muted",
};

export type ProgressBarProps = {
  value: number;
  max: number;
  /** The accessible name: what is measured. */
  label: string;
  tone?: keyof typeof fills;
};

/** A part of a known whole. */
export function ProgressBar({ value, max, label, tone = "accent" }: ProgressBarProps) {
  const fraction = max > 0 ? Math.min(Math.max(value / max, 0), 1) : 0;
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={Math.min(Math.max(value, 0), max)}
      className="h-1 w-full overflow-clip rounded-full bg-active"
    >
      <div className={clsx("h-full rounded-full", fills[tone])} style={{ width: `${fraction * 100}%` }} />
    </div>
  );
}
