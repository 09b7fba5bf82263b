import { expect, test } from "vitest";
import { joined, type Rows } from "./useNewestFirst";

test("new rows stand before those that were loaded; after a gap the list begins anew", () => {
  const loaded = (ids: string, end: string | null) => ({ rows: [...ids].map((id) => ({ id })), end });
  const read = ({ rows, end }: Rows<{ id: string }>) => [rows.map(({ id }) => id).join(""), end];
  expect(read(joined(loaded("ed", "d"), undefined))).toEqual(["ed", "d"]);
  expect(read(joined(loaded("ed", "d"), loaded("dcba", null)))).toEqual(["edcba", null]);
  expect(read(joined(loaded("zy", "y"), loaded("dcba", null)))).toEqual(["zy", "y"]);
});

test("a row that is in both stands as it is now", () => {
  const row = (id: string, added: number) => ({ id, added });
  const newest = { rows: [row("c", 0), row("b", 3)], end: "b" };
  const earlier = { rows: [row("b", 1), row("a", 0)], end: null };
  expect(joined(newest, earlier).rows).toEqual([row("c", 0), row("b", 3), row("a", 0)]);
});
