import { expect, test } from "vitest";
import { formatBytes, formatCount, formatPercent, formatRate, plural, signed } from "./numbers";

test("counts are exact and grouped, and agree with their noun", () => {
  expect(formatCount(1_000_000)).toBe("1,000,000");
  expect(plural(1, "device")).toBe("1 device");
  expect(plural(0, "device")).toBe("0 devices");
  expect(plural(9316, "entry", "entries")).toBe("9,316 entries");
  expect(formatRate(1238.6)).toBe("1,239/s");
});

test.each([
  [0, "0%"],
  [0.0001, "0.1%"],
  [0.942, "94.2%"],
  [0.99999, "99.9%"],
  [1, "100%"],
])("formatPercent(%d) is %s: neither all nor nothing is rounded to", (fraction, want) => {
  expect(formatPercent(fraction)).toBe(want);
});

test.each([
  [1, "1 byte"],
  [999, "999 bytes"],
  [1000, "1.0 KB"],
  [9949, "9.9 KB"],
  [9950, "10 KB"],
  [999_499, "999 KB"],
  [999_500, "1.0 MB"],
  [18_000_000, "18 MB"],
  [4_200_000_000, "4.2 GB"],
])("formatBytes(%d) is %s", (bytes, want) => {
  expect(formatBytes(bytes)).toBe(want);
});

test("a change has its sign, with a true minus", () => {
  expect([214, -6, 0, -1204].map(signed)).toEqual(["+214", "−6", "0", "−1,204"]);
});
