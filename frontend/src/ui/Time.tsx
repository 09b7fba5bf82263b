import { clockTime, date, dateTime, exactUTC, type Instant, msOf, relative } from "../lib/time";
import { useByNow } from "../lib/useNow";

export type TimeProps = {
  value: Instant | null | undefined;
  /** "relative" is for what is under 24 hours old and where the age matters. */
  mode?: "relative" | "dateTime" | "clock" | "date";
  /** Stands for no value. */
  empty?: string;
};

/** A moment in the reader's time zone; its tooltip is the exact time in UTC. */
export function Time({ value, mode = "dateTime", empty = "Never" }: TimeProps) {
  if (value === null || value === undefined) {
    return <span className="text-fg-3">{empty}</span>;
  }
  return (
    <time className="whitespace-nowrap tabular-nums" dateTime={exactUTC(value)} title={exactUTC(value)}>
      <Text value={value} mode={mode} />
    </time>
  );
}

function Text({ value, mode }: { value: Instant; mode: NonNullable<TimeProps["mode"]> }) {
  switch (mode) {
    case "relative":
      return <Relative value={value} />;
    case "dateTime":
      return <DateTime value={value} />;
    case "clock":
      return clockTime(value);
    case "date":
      return date(value);
  }
}

function Relative({ value }: { value: Instant }) {
  return useByNow((now) => relative(value, now));
}

// What is shown in minutes changes with the day alone.
function DateTime({ value }: { value: Instant }) {
  return useByNow((now) => dateTime(msOf(value), now), 60_000);
}
