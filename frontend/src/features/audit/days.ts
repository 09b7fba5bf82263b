import { type Instant, msOf } from "../../lib/time";

type Zone = string | undefined;

/** Rows of one day of the reader's time zone. */
export type Day<Row> = { key: string; label: string; rows: Row[] };

/** Divides rows, which are in order of time, into days: "Today, Thursday 17 September". */
export function groupByDay<Row>(rows: readonly Row[], at: (row: Row) => Instant, now: Instant, timeZone?: Zone) {
  const formats = {
    key: new Intl.DateTimeFormat("en-CA", { dateStyle: "short", timeZone }),
    day: new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", timeZone }),
  };
  const today = formats.key.format(msOf(now));
  const days: Day<Row>[] = [];
  for (const row of rows) {
    const then = msOf(at(row));
    const key = formats.key.format(then);
    let day = days.at(-1);
    if (day?.key !== key) {
      const name = formats.day.format(then).replace(",", "");
      const label =
        key === today ? `Today, ${name}` : key.slice(0, 4) === today.slice(0, 4) ? name : `${name} ${key.slice(0, 4)}`;
      day = { key, label, rows: [] };
      days.push(day);
    }
    day.rows.push(row);
  }
  return days;
}
