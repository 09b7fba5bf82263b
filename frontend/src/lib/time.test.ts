import { expect, test } from "vitest";
import { ago, timeOfDay } from "./time";

test.each([
  [-5000, "0 s ago"],
  [0, "0 s ago"],
  [4999, "4 s ago"],
  [60_000, "1 min ago"],
  [3_599_000, "59 min ago"],
  [7_200_000, "2 h ago"],
])("ago(%d) is %s", (ms, want) => {
  expect(ago(ms)).toBe(want);
});

test("the time of day has seconds and 24 hours", () => {
  expect(timeOfDay(new Date(2026, 2, 1, 14, 32, 5).getTime())).toBe("14:32:05");
});
