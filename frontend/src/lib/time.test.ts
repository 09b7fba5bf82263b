import { expect, test } from "vitest";
import {
  ago,
  clockTime,
  countdown,
  date,
  dateTime,
  daysLeft,
  deadline,
  duration,
  elapsed,
  exactUTC,
  expires,
  left,
  relative,
} from "./time";

const berlin = "Europe/Berlin";
const now = "2026-09-17T12:32:05Z"; // 14:32:05 in Berlin

test("times are those of the zone, with 24 hours and seconds", () => {
  expect(clockTime(now, berlin)).toBe("14:32:05");
  expect(clockTime("2026-09-17T22:00:00Z", berlin)).toBe("00:00:00");
  expect(date("2025-09-12T08:46:00Z", "UTC")).toBe("12 Sep 2025");
});

test.each([
  ["2026-09-17T12:30:00Z", "14:30"],
  ["2026-09-16T22:00:00Z", "00:00"], // the first minute of today in Berlin
  ["2026-09-16T21:59:59Z", "16 Sep 23:59"],
  ["2026-09-29T07:14:00Z", "29 Sep 09:14"], // to come
  ["2025-12-31T23:00:00Z", "1 Jan 00:00"], // already this year in Berlin
  ["2025-12-31T22:59:59Z", "31 Dec 2025"],
  ["2027-02-07T09:00:00Z", "7 Feb 2027"],
])("dateTime(%s) is %s", (at, want) => {
  expect(dateTime(at, now, { timeZone: berlin })).toBe(want);
});

test("summer time ends within a day: the hour that comes twice is written twice, and neither is tomorrow", () => {
  const evening = "2026-10-25T20:00:00Z";
  expect(dateTime("2026-10-25T00:30:00Z", evening, { timeZone: berlin })).toBe("02:30");
  expect(dateTime("2026-10-25T01:30:00Z", evening, { timeZone: berlin })).toBe("02:30");
  expect(dateTime("2026-10-24T22:30:00Z", evening, { timeZone: berlin, seconds: true })).toBe("00:30:00");
});

test("a deadline has its time, and its year when that is another one", () => {
  expect(deadline("2026-09-29T07:14:00Z", now, berlin)).toBe("29 Sep at 09:14");
  expect(deadline("2027-02-07T08:00:00Z", now, berlin)).toBe("7 Feb 2027 at 09:00");
});

test("the exact time is in UTC", () => {
  expect(exactUTC("2025-09-12T10:46:00+02:00")).toBe("2025-09-12T08:46:00Z");
  expect(exactUTC(1)).toBe("1970-01-01T00:00:00.001Z");
});

test.each([
  ["2026-09-17T12:32:01Z", "4 s ago"],
  ["2026-09-17T12:32:35Z", "0 s ago"], // a clock that is 30 s ahead
  ["2026-09-17T12:20:05Z", "12 min ago"],
  ["2026-09-16T12:32:06Z", "23 h ago"],
  ["2026-09-16T12:32:05Z", "16 Sep 14:32"],
  ["2026-09-17T12:40:00Z", "14:40"], // truly to come
])("relative(%s) is %s", (at, want) => {
  expect(relative(at, now, berlin)).toBe(want);
});

test.each([
  [-5000, "0 s ago"],
  [4999, "4 s ago"],
  [60_000, "1 min ago"],
  [3_599_000, "59 min ago"],
  [7_200_000, "2 h ago"],
])("ago(%d) is %s", (ms, want) => {
  expect(ago(ms)).toBe(want);
});

test.each([
  [0, "0.0 s"],
  [4800, "4.8 s"],
  [9949, "9.9 s"],
  [9950, "10 s"],
  [38_200, "38 s"],
  [59_499, "59 s"],
  [59_500, "1 min"],
  [312_000, "5 min 12 s"],
  [3_600_000, "1 h"],
  [7_530_000, "2 h 6 min"],
])("duration(%d) is %s", (ms, want) => {
  expect(duration(ms)).toBe(want);
});

test("what goes on is counted in whole seconds", () => {
  expect([31_999, 727_000, 3_723_000, -1].map(elapsed)).toEqual(["0:31", "12:07", "1:02:03", "0:00"]);
});

test("a countdown ends at 0:00, not before", () => {
  expect(countdown(198_000, 0)).toBe("3:18");
  expect(countdown(1, 0)).toBe("0:01");
  expect(countdown(0, 0)).toBe("0:00");
  expect(countdown(0, 5000)).toBe("0:00");
});

test("the last day is said as such, not as one more day", () => {
  expect([expires(12), expires(1)]).toEqual(["Expires in 12 days", "Expires within a day"]);
  expect([left(365), left(1)]).toEqual(["365 days left", "Less than a day left"]);
});

test("days left count the day that has begun, whatever summer time does", () => {
  expect(daysLeft("2026-09-29T07:14:00Z", now)).toBe(12);
  expect(daysLeft("2026-09-17T12:32:06Z", now)).toBe(1);
  // A token of a year that was made 5 s ago, by the clock of a page that stands at the whole minute.
  expect(daysLeft("2027-09-17T12:32:05Z", "2026-09-17T12:32:00Z")).toBe(365);
  expect(daysLeft("2027-09-17T12:32:05Z", "2026-09-17T12:30:00Z")).toBe(366);
  expect(daysLeft(now, now)).toBe(0);
  expect(daysLeft("2026-09-01T00:00:00Z", now)).toBe(0);
});
