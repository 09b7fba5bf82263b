import { expect, test } from "vitest";
import { chosenColumns, colsOf, moved, usualColumns } from "./columnChoice";

const several = { status: undefined, organizations: 3 };

test("without a choice the columns are those that tell something", () => {
  expect(usualColumns({ status: undefined, organizations: 1 })).not.toContain("organization");
  expect(usualColumns(several)).toContain("organization");
  expect(usualColumns({ status: "removed", organizations: 1 })).toContain("removed");
  expect(chosenColumns({ ...several, cols: undefined })).toEqual({ ids: usualColumns(several), chosen: false });
});

test("the URL's columns stand in its order; what is not known or named twice is left out", () => {
  expect(chosenColumns({ ...several, cols: "color,nonsense,model,color" })).toEqual({
    ids: ["color", "model"],
    chosen: true,
  });
  expect(chosenColumns({ ...several, cols: "" }).ids).toEqual([]); // the serial number alone
});

test("the usual columns need no words in the URL", () => {
  const usual = usualColumns(several);
  expect(colsOf(usual, usual)).toBeUndefined();
  expect(colsOf(["model", "color"], usual)).toBe("model,color");
});

test("a column moves by one place, and not beyond the ends", () => {
  const ids = ["model", "platform", "color"] as const;
  expect(moved(ids, "color", -1)).toEqual(["model", "color", "platform"]);
  expect(moved(ids, "model", -1)).toEqual(ids);
  expect(moved(ids, "color", 1)).toEqual(ids);
  expect(moved(ids, "added", 1)).toEqual(ids);
});
