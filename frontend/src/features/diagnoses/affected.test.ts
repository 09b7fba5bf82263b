import { expect, test } from "vitest";
import { affectedSearch } from "./affected";

test("the devices of a diagnosis are shown by the list's own filters", () => {
  expect(
    affectedSearch({ removedAtIsNil: true, abmTokenId: "abm_1", profileSource: "NONE", platformIn: ["IOS", "IPADOS"] }),
  ).toEqual({ org: "abm_1", source: "NONE", platform: "IOS,IPADOS" });
  expect(affectedSearch({ removedAtIsNil: true, appliesAfterErase: true })).toEqual({ note: "erase" });
  expect(affectedSearch({ removedAtIsNil: true, migrationNotAwaited: true, adeProfileId: "pro_1" })).toEqual({
    note: "unawaited",
    profile: "pro_1",
  });
  expect(affectedSearch({ removedAtIsNil: true, assignmentStatus: "NOT_ACCESSIBLE" })).toEqual({
    assignment: "NOT_ACCESSIBLE",
  });
});

test.each([null, undefined, "text", { moonPhase: "full" }, { removedAtIsNil: false }, { appliesAfterErase: false }])(
  "what the list has no filter for leads nowhere: %j",
  (where) => {
    expect(affectedSearch(where)).toBeUndefined();
  },
);
