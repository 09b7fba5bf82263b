import { expect, test } from "vitest";
import type { Platform } from "../../gql/graphql";
import { matches, type Pane, panesOf, preset, toggled, unknownKeys } from "./panes";
import { firstSystem } from "./systems";

const pane = (key: string, platforms: readonly Platform[], more: object = {}): Pane => ({
  key,
  title: `The ${key}`,
  description: "",
  availability: platforms.map((platform) => ({
    platform,
    since: "11.0",
    deprecatedSince: null,
    removedIn: null,
    notAlwaysSkippable: false,
    ...more,
  })),
});

const panes = [
  pane("AppleID", ["IOS", "MACOS"]),
  pane("FileVault", ["MACOS"]),
  pane("Siri", ["IOS", "MACOS"]),
  pane("ActionButton", ["IOS"]),
  pane("DisplayTone", ["MACOS"], { deprecatedSince: "12" }),
];
const keys = (some: readonly Pane[]) => some.map(({ key }) => key);

test("a system has its panes; deprecated ones show only if they are skipped", () => {
  expect(keys(panesOf(panes, "macos", []))).toEqual(["AppleID", "FileVault", "Siri"]);
  expect(keys(panesOf(panes, "macos", ["DisplayTone"]))).toEqual(["AppleID", "FileVault", "Siri", "DisplayTone"]);
  expect(panesOf(panes, "tvos", [])).toEqual([]);
});

test("a preset is for its system: what only others have stays, as do keys that are not known", () => {
  const skipped = ["ActionButton", "NewPane", "Siri"];
  expect(preset("skipAll", panes, "macos", skipped)).toEqual([
    "ActionButton",
    "NewPane",
    "AppleID",
    "FileVault",
    "Siri",
  ]);
  expect(preset("minimal", panes, "macos", skipped)).toEqual(["ActionButton", "NewPane", "Siri"]);
  expect(preset("none", panes, "macos", skipped)).toEqual(["ActionButton", "NewPane"]);
  expect(unknownKeys(panes, skipped)).toEqual(["NewPane"]);
});

test("panes are found by their title and by Apple's key", () => {
  expect(panes.filter((each) => matches(each, " filev")).map(({ key }) => key)).toEqual(["FileVault"]);
  expect(panes.filter((each) => matches(each, "the s")).map(({ key }) => key)).toEqual(["Siri"]);
});

test("a pane is skipped or not", () => {
  expect(toggled(["TOS"], "Siri")).toEqual(["TOS", "Siri"]);
  expect(toggled(["TOS", "Siri"], "TOS")).toEqual(["Siri"]);
});

test("a profile is looked at for what it is meant for", () => {
  expect(firstSystem(["TVOS", "VISIONOS"])).toBe("tvos");
  expect(firstSystem(["IPADOS"])).toBe("ios");
  expect(firstSystem([])).toBe("ios");
});
