import { expect, test } from "vitest";
import { axisCount, ticks } from "./scale";

test.each([
  [0, 48_216, [0, 10_000, 20_000, 30_000, 40_000, 50_000]],
  [0, 0, [0, 1]],
  [0, 3, [0, 1, 2, 3]],
  [-30, 214, [-50, 0, 50, 100, 150, 200, 250]],
  [-4, -1, [-4, -3, -2, -1, 0]],
] as const)("the lines of a chart from %d to %d are round, and zero is one", (least, most, expected) => {
  expect(ticks(least, most)).toEqual(expected);
});

test.each([
  [0, "0"],
  [500, "500"],
  [50_000, "50k"],
  [1_500_000, "1.5M"],
  [-20, "−20"],
])("%d is %s beside an axis", (count, expected) => {
  expect(axisCount(count)).toBe(expected);
});
