import { expect, test } from "vitest";
import { differences, findingsOf } from "./findings";

const nothing = { missingHere: 0, missingAtApple: 0, changedUnannounced: 0, heldRemovals: 0 };

test("a run says what it found, and nothing when it found nothing", () => {
  expect(findingsOf(nothing)).toEqual([]);
  expect(findingsOf({ ...nothing, missingHere: 1, missingAtApple: 2, changedUnannounced: 1_203 })).toEqual([
    {
      finding: "DIFFERENCES",
      text: "1 device missing here, 2 devices missing at Apple, 1,203 devices changed silently",
    },
  ]);
});

test("devices that are held are missing at Apple, and no difference that was put right", () => {
  const run = { ...nothing, missingAtApple: 812, heldRemovals: 812 };
  expect(differences(run)).toBe(0);
  expect(findingsOf(run).map(({ finding }) => finding)).toEqual(["HELD"]);
  expect(differences({ ...run, changedUnannounced: 3 })).toBe(3);
});
