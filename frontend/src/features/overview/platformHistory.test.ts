import { expect, test } from "vitest";
import { changes, firstCounted, historyOf, totals } from "./platformHistory";

const now = Date.parse("2026-12-01T09:30:00Z");
const kept = [
  { startsAt: "2026-11-28T00:00:00Z", platform: "MACOS", devices: 10 },
  { startsAt: "2026-11-30T00:00:00Z", platform: "MACOS", devices: 14 },
  { startsAt: "2026-11-30T00:00:00Z", platform: "TVOS", devices: 2 },
  { startsAt: "2026-12-01T00:00:00Z", platform: "MACOS", devices: 15 },
];
const present = new Map([
  ["MACOS", 16],
  ["TVOS", 1],
  ["UNKNOWN", 1],
]);
const history = historyOf(kept, present, 5, now);

test("every day is there, by UTC; the ones that nobody counted have no numbers", () => {
  expect(totals(history)).toEqual([
    { label: "27 Nov", values: null },
    { label: "28 Nov", values: [10, 0, 0, 0] },
    { label: "29 Nov", values: null },
    { label: "30 Nov", values: [14, 0, 0, 2] },
    { label: "1 Dec", values: [16, 0, 0, 2] }, // of today, what the tiles say
  ]);
});

test("a change is of one day: over a gap it is not known", () => {
  expect(changes(history).map(({ values }) => values)).toEqual([null, null, null, null, [2, 0, 0, 0]]);
});

test("the first day that was counted, unless it is today", () => {
  expect(firstCounted(history)?.at).toBe(Date.parse("2026-11-28T00:00:00Z"));
  expect(firstCounted(historyOf([], present, 5, now))).toBeNull();
});
