import { describe, expect, test } from "vitest";
import {
  appleKey,
  appleKeys,
  changedKeys,
  enrollBy,
  linesOf,
  publishedKeys,
  savedValues,
  sectionOfKey,
  withEdit,
} from "./content";

const blank = savedValues({ name: "Mac Standard", platforms: ["MACOS"], minimumOS: [], otherMdm: null }, null, null);

describe("what Apple gets", () => {
  test("has Apple's keys in order, without what is empty and without what is GuardMDM's alone", () => {
    const keys = appleKeys({ ...blank, department: "IT", skipSetupItems: ["TOS", "Siri"], region: "" });
    expect(Object.keys(keys)).toEqual(Object.keys(keys).toSorted());
    expect(keys).toMatchObject({
      profile_name: "Mac Standard",
      is_mdm_removable: true,
      is_supervised: false,
      department: "IT",
      skip_setup_items: ["Siri", "TOS"],
    });
    for (const key of ["platforms", "region", "anchor_certs", "url", "language"]) expect(keys).not.toHaveProperty(key);
  });

  test("names every key as Apple does", () => {
    expect(
      ["name", "isMdmRemovable", "configurationWebUrl", "doNotUseProfileFromBackup", "supervisingHostCerts"].map(
        appleKey,
      ),
    ).toEqual([
      "profile_name",
      "is_mdm_removable",
      "configuration_web_url",
      "do_not_use_profile_from_backup",
      "supervising_host_certs",
    ]);
  });
});

describe("differences", () => {
  const published = publishedKeys(
    '{"is_supervised":true,"skip_setup_items":["TOS","Siri"],"language":"en","anchor_certs":[],"department":""}',
  );

  test("the order of panes, and what is empty, are none", () => {
    expect(changedKeys(published, { is_supervised: true, skip_setup_items: ["Siri", "TOS"], language: "en" })).toEqual(
      [],
    );
  });

  test("are told key by key, and pane by pane", () => {
    const after = { is_supervised: false, region: "PT", skip_setup_items: ["Privacy", "Siri"] };
    expect(changedKeys(published, after)).toEqual(["is_supervised", "language", "region", "skip_setup_items"]);
    expect(linesOf(after, published).map(({ text, change }) => `${change ?? ""}${text.trim()}`)).toEqual([
      "{",
      'removed"is_supervised": true,',
      'added"is_supervised": false,',
      'removed"language": "en",',
      'added"region": "PT",',
      '"skip_setup_items": [',
      'removed"TOS",',
      'added"Privacy",',
      '"Siri"',
      "]",
      "}",
    ]);
  });

  test("without them the lines are JSON", () => {
    const keys = appleKeys({ ...blank, skipSetupItems: ["TOS"], department: 'say "hi"' });
    const text = linesOf(keys)
      .map((line) => line.text)
      .join("\n");
    expect(JSON.parse(text)).toEqual(keys);
    expect(text).toBe(JSON.stringify(keys, null, 2));
  });
});

test("an edit that is taken back is none", () => {
  const once = withEdit({}, blank, { isSupervised: true, skipSetupItems: ["TOS"] });
  expect(once).toEqual({ isSupervised: true, skipSetupItems: ["TOS"] });
  expect(withEdit(once, blank, { isSupervised: false, skipSetupItems: [] })).toEqual({});
});

test("automated is mandatory, and advances by itself where the platform can", () => {
  expect(enrollBy("automated", ["IOS", "IPADOS"])).toEqual({ isMandatory: true, autoAdvanceSetup: false });
  expect(enrollBy("automated", ["IOS", "TVOS"])).toEqual({ isMandatory: true, autoAdvanceSetup: true });
  expect(enrollBy("automated", [])).toEqual({ isMandatory: true, autoAdvanceSetup: true });
  expect(enrollBy("userInitiated", ["MACOS"])).toEqual({ isMandatory: false, autoAdvanceSetup: false });
});

test("each key has its section", () => {
  expect(["profile_name", "is_mdm_removable", "skip_setup_items", "anchor_certs"].map(sectionOfKey)).toEqual([
    "basics",
    "behavior",
    "setup",
    "certificates",
  ]);
});
