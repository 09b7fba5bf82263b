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
  /** How much of the value went wrong: drawn as such, at its end. */
  failed?: number;
};

/** A part of a known whole. */
export function ProgressBar({ value, max, label, tone = "accent", failed = 0 }: ProgressBarProps) {
  const share = (part: number) => (max > 0 ? Math.min(Math.max(part / max, 0), 1) : 0);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={Math.min(Math.max(value, 0), max)}
      className="flex h-1 w-full overflow-clip rounded-full bg-active"
    >
      <div
        className={clsx("h-full", failed === 0 && "rounded-full", fills[tone])}
        style={{ width: `${share(value - failed) * 100}%` }}
      />
      {failed > 0 && <div className={clsx("h-full", fills.bad)} style={{ width: `${share(failed) * 100}%` }} />}
    </div>
  );
}
