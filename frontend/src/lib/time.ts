import { useEffect, useState } from "react";

const clock = new Intl.DateTimeFormat(undefined, {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hour12: false,
});

/** The time of day as in logs, "14:32:05", in the reader's time zone. */
export function timeOfDay(ms: number): string {
  return clock.format(ms);
}

/** How long ago something was: "4 s ago", "12 min ago", "2 h ago". A clock that was set back makes it "0 s ago". */
export function ago(ms: number): string {
  return `${duration(ms)} ago`;
}

/** A length of time with its largest unit: "42 s", "12 min", "2 h". */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) {
    return `${seconds} s`;
  }
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h`;
}

/** The present time in ms, anew every second. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
