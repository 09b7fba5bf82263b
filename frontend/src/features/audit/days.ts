import { type Group, grouped } from "../../lib/grouped";
import { type Instant, msOf } from "../../lib/time";

/** Divides rows, which are in order of time, into days of the reader's time zone: "Today, Thursday 17 September". */
export function groupByDay<Row>(
  rows: readonly Row[],
  at: (row: Row) => Instant,
  now: Instant,
  timeZone?: string,
): Group<Row>[] {
  const formats = {
    key: new Intl.DateTimeFormat("en-CA", { dateStyle: "short", timeZone }),
    day: new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", timeZone }),
  };
  const today = formats.key.format(msOf(now));
  return grouped(rows, (row) => {
    const then = msOf(at(row));
    const key = formats.key.format(then);
    const name = formats.day.format(then).replace(",", "");
    if (key === today) return `Today, ${name}`;
    return key.slice(0, 4) === today.slice(0, 4) ? name : `${name} ${key.slice(0, 4)}`;
  });
}
