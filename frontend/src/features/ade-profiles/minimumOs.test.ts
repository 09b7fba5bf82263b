import { expect, test } from "vitest";
import { isVersion, versionOf, withVersion } from "./minimumOs";

const both = [
  { platform: "MACOS" as const, version: "15" },
  { platform: "IOS" as const, version: "26.1" },
];

test("a version changes in its place, comes at the end, and leaves when it is emptied", () => {
  expect(withVersion(both, "MACOS", "15.2")).toEqual([{ platform: "MACOS", version: "15.2" }, both[1]]);
  expect(withVersion(both, "TVOS", "26")).toEqual([...both, { platform: "TVOS", version: "26" }]);
  expect(withVersion(both, "IOS", "")).toEqual([both[0]]);
  expect(versionOf(both, "IOS")).toBe("26.1");
  expect(versionOf(both, "TVOS")).toBe("");
});

test.each([
  ["26", true],
  ["26.1", true],
  ["17.6.1", true],
  ["17.6.1.2", false],
  ["26.", false],
  ["iOS 26", false],
])("what is a version: %s", (text, good) => expect(isVersion(text)).toBe(good));
