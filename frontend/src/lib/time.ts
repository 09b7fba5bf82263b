/** A moment: a Date, ms since the epoch, or the ISO 8601 text of the API. */
export type Instant = Date | number | string;

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

export function msOf(at: Instant): number {
  return typeof at === "number" ? at : new Date(at).getTime();
}

type Parts = Record<"year" | "month" | "day" | "hour" | "minute" | "second", string>;

// Making a formatter takes far longer than using it. The key "" stands for the time zone of the browser.
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(timeZone: string | undefined): Intl.DateTimeFormat {
  const key = timeZone ?? "";
  let found = formatters.get(key);
  if (!found) {
    // en-US, because British English shortens September to "Sept".
    found = new Intl.DateTimeFormat("en-US", {
      year: "numeric",
      month: "short",
      day: "numeric",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      hourCycle: "h23",
      timeZone,
    });
    formatters.set(key, found);
  }
  return found;
}

function partsOf(at: Instant, timeZone?: string): Parts {
  const parts: Parts = { year: "", month: "", day: "", hour: "", minute: "", second: "" };
  for (const { type, value } of formatter(timeZone).formatToParts(msOf(at))) {
    if (type in parts) {
      parts[type as keyof Parts] = value;
    }
  }
  return parts;
}

function timeIn(parts: Parts, seconds: boolean): string {
  return seconds ? `${parts.hour}:${parts.minute}:${parts.second}` : `${parts.hour}:${parts.minute}`;
}

/** The time of day: "14:32:05", as in logs. */
export function clockTime(at: Instant, timeZone?: string): string {
  return timeIn(partsOf(at, timeZone), true);
}

/** A date: "12 Sep 2025". */
export function date(at: Instant, timeZone?: string): string {
  const parts = partsOf(at, timeZone);
  return `${parts.day} ${parts.month} ${parts.year}`;
}

/** A day of a chart, where the year is clear: "12 Sep". */
export function dayOfYear(at: Instant, timeZone?: string): string {
  const parts = partsOf(at, timeZone);
  return `${parts.day} ${parts.month}`;
}

export type DateTimeOptions = { timeZone?: string | undefined; seconds?: boolean | undefined };

/** When something was or will be: today "14:30", this year "12 Sep 08:46", else "12 Sep 2025". */
export function dateTime(at: Instant, now: Instant, { timeZone, seconds = false }: DateTimeOptions = {}): string {
  const then = partsOf(at, timeZone);
  const today = partsOf(now, timeZone);
  if (then.year !== today.year) {
    return `${then.day} ${then.month} ${then.year}`;
  }
  const time = timeIn(then, seconds);
  const isToday = then.month === today.month && then.day === today.day;
  return isToday ? time : `${then.day} ${then.month} ${time}`;
}

/** A deadline: "29 Sep at 09:14", in another year "29 Sep 2026 at 09:14". */
export function deadline(at: Instant, now: Instant, timeZone?: string): string {
  const then = partsOf(at, timeZone);
  const year = then.year === partsOf(now, timeZone).year ? "" : ` ${then.year}`;
  return `${then.day} ${then.month}${year} at ${timeIn(then, false)}`;
}

/** Exact, the same for everybody: "2025-09-12T08:46:00Z". */
export function exactUTC(at: Instant): string {
  return new Date(at).toISOString().replace(".000Z", "Z");
}

/** How long ago something was, under 24 hours: "4 s ago", "12 min ago", "2 h ago"; else when it was. */
export function relative(at: Instant, now: Instant, timeZone?: string): string {
  const passed = msOf(now) - msOf(at);
  // A little in the future is a clock that differs, not the future.
  return passed > -minute && passed < day ? ago(passed) : dateTime(at, now, { timeZone });
}

/** How long ago something was: "4 s ago". A clock that was set back makes it "0 s ago". */
export function ago(ms: number): string {
  return `${age(ms)} ago`;
}

/** How old something is, in its largest unit: "42 s", "12 min", "2 h". */
export function age(ms: number): string {
  const length = Math.max(0, ms);
  if (length < minute) {
    return `${Math.floor(length / second)} s`;
  }
  return length < hour ? `${Math.floor(length / minute)} min` : `${Math.floor(length / hour)} h`;
}

/** How long something took: "4.8 s", "38 s", "5 min 12 s", "2 h 5 min". */
export function duration(ms: number): string {
  const length = Math.max(0, ms);
  if (length < 9950) {
    return `${(length / second).toFixed(1)} s`;
  }
  const seconds = Math.round(length / second);
  if (seconds < 60) {
    return `${seconds} s`;
  }
  if (seconds < 3600) {
    return pair(Math.floor(seconds / 60), "min", seconds % 60, "s");
  }
  const minutes = Math.round(seconds / 60);
  return pair(Math.floor(minutes / 60), "h", minutes % 60, "min");
}

function pair(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

/** How long something has been going on: "0:31", "12:07", "1:02:03". */
export function elapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / second));
  const minutes = Math.floor(seconds / 60);
  const twoDigits = (part: number) => String(part % 60).padStart(2, "0");
  return minutes < 60
    ? `${minutes}:${twoDigits(seconds)}`
    : `${Math.floor(minutes / 60)}:${twoDigits(minutes)}:${twoDigits(seconds)}`;
}

/** The time until something: "3:18", and "0:00" only when it is due. */
export function countdown(until: Instant, now: Instant): string {
  return elapsed(Math.ceil((msOf(until) - msOf(now)) / second) * second);
}

/** Days until a deadline, begun ones included: 1 in its last 24 hours, 0 when it has passed. */
export function daysLeft(until: Instant, now: Instant): number {
  const left = msOf(until) - msOf(now);
  // The clock of a page steps in minutes: up to one of them has passed already, and makes no day more.
  return left <= 0 ? 0 : Math.max(1, Math.ceil((left - minute) / day));
}

/** When it is over, by the days that are left: "Expires in 12 days", and in the last 24 hours "Expires within a day". */
export function expires(days: number): string {
  return days === 1 ? "Expires within a day" : `Expires in ${days} days`;
}

/** "12 days left", and in the last 24 hours "Less than a day left". */
export function left(days: number): string {
  return days === 1 ? "Less than a day left" : `${days} days left`;
}

/** The reader's time zone, to be named once on a page: "Europe/Berlin". */
export function timeZoneName(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
