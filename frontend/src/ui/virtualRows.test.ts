import { expect, test } from "vitest";
import {
  blockAt,
  elementsOf,
  isLeap,
  mostHeight,
  mostRows,
  type RowSpace,
  rowsAt,
  rowTop,
  scrollScale,
  scrollTopFor,
  spaceHeight,
} from "./virtualRows";

const few = { rowCount: 1000, rowHeight: 36, viewport: 720 };
const million = { rowCount: 1_000_000, rowHeight: 36, viewport: 720 };

/** Where a row stands inside of the element that holds all of them. */
function placeOf(space: RowSpace, scrollTop: number, row: number) {
  const block = blockAt(space, scrollTop);
  return block.top + rowTop(space, block, row);
}

test("a table that browsers can hold scrolls px for px", () => {
  expect(spaceHeight(few)).toBe(36_000);
  expect(scrollScale(few)).toBe(1);
  expect(rowsAt(few, 0)).toEqual({ first: 0, last: 31 });
  expect(rowsAt(few, 3618)).toEqual({ first: 88, last: 132 });
  expect(rowsAt(few, 36_000 - 720)).toEqual({ first: 968, last: 999 });
  expect(placeOf(few, 3618, 100)).toBe(3600);
});

test("a million rows fit into the height that browsers hold, first and last row included", () => {
  expect(spaceHeight(million)).toBe(mostHeight);
  const end = mostHeight - million.viewport;
  expect(rowsAt(million, 0).first).toBe(0);
  expect(rowsAt(million, end).last).toBe(999_999);
  expect(placeOf(million, end, 999_999)).toBeCloseTo(mostHeight - 36);
});

test("every row of a million can be brought into sight, from wherever", () => {
  const end = mostHeight - million.viewport;
  for (const from of [0, 1234.5, end / 2, end]) {
    for (let row = 0; row < million.rowCount; row += 7919) {
      const scrollTop = scrollTopFor(million, from, row);
      const top = placeOf(million, scrollTop, row) - scrollTop;
      expect(top).toBeGreaterThan(-0.01);
      expect(top).toBeLessThan(million.viewport - 36 + 0.01);
    }
  }
});

test("a row that is in sight moves nothing", () => {
  expect(scrollTopFor(few, 3618, 105)).toBe(3618);
  expect(scrollTopFor(few, 3618, 100)).toBe(3600);
  expect(scrollTopFor(few, 3618, 120)).toBe(36 * 121 - 720);
});

test.each([0, 1, 36, 720, 1300, 1600, 2100])(
  "at most 60 rows are drawn in a window of %d px, none in sight left out",
  (viewport) => {
    for (const scrollTop of [0, 17, 4000, 4001.5]) {
      const { first, last } = rowsAt({ ...few, viewport }, scrollTop);
      expect(last - first + 1).toBeLessThanOrEqual(mostRows);
      expect(first * 36).toBeLessThanOrEqual(scrollTop);
      expect((last + 1) * 36).toBeGreaterThanOrEqual(scrollTop + viewport);
    }
  },
);

test("no rows are an empty range, and a list that got shorter shows its end", () => {
  expect(rowsAt({ ...few, rowCount: 0 }, 0).last).toBe(-1);
  expect(rowsAt({ ...few, rowCount: 30 }, 30_000)).toEqual({ first: 0, last: 29 });
});

test("a row that is far away does not make the table longer", () => {
  const end = mostHeight - million.viewport;
  expect(placeOf(million, 0, 999_999)).toBe(mostHeight);
  expect(placeOf(million, end, 0)).toBe(-36);
});

test("scrolling changes no row's place in its block", () => {
  const [from, to] = [blockAt(million, 1_000_000), blockAt(million, 1_000_100)];
  expect(to.top).not.toBe(from.top);
  for (const row of [66_660, 66_700]) expect(rowTop(million, to, row)).toBe(rowTop(million, from, row));
});

test("a step over the whole window is a leap, of which only the rows in sight are drawn", () => {
  expect(isLeap(few, 3600, 3600 + 719)).toBe(false);
  expect(isLeap(few, 3600, 3600 + 720)).toBe(true);
  expect(isLeap(few, 3600 + 720, 3600)).toBe(true);
  expect(isLeap(million, 0, 290)).toBe(false);
  expect(isLeap(million, 0, 301)).toBe(true); // 2.4 px of rows for each that is scrolled
  expect(rowsAt(few, 3600, true)).toEqual({ first: 99, last: 120 });
});

const rows = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, n) => first + n);
const elements = (before: ReadonlyMap<number, number>, indexes: number[], active: number) => [
  ...elementsOf(before, indexes, active).values(),
];

test("rows that stay keep their elements, and new ones get new ones", () => {
  const before = elementsOf(new Map(), rows(0, 5), 2);
  expect([...before.values()]).toEqual([0, 1, 2, 3, 4, 5]);
  expect(elements(before, rows(2, 7), 2)).toEqual([2, 3, 4, 5, 6, 7]);
  expect(elements(elementsOf(before, rows(2, 7), 2), rows(0, 5), 2)).toEqual([8, 9, 2, 3, 4, 5]);
});

test("rows that come and go around those in sight leave these their elements", () => {
  const leaping = elementsOf(new Map(), rows(10, 13), 0);
  const resting = elementsOf(leaping, rows(4, 19), 0);
  for (const row of rows(10, 13)) expect(resting.get(row)).toBe(leaping.get(row));
  expect([...elementsOf(resting, rows(10, 13), 0)]).toEqual([...leaping]);
});

test("far rows take elements over in their order, but for that of the active row", () => {
  const before = elementsOf(new Map(), rows(0, 5), 2);
  expect(elements(before, [2, ...rows(100, 104)], 2)).toEqual([2, 3, 4, 5, 6, 7]);
  expect(elements(before, rows(100, 104), 102)).toEqual([0, 1, 6, 7, 8]); // the new active row gets the focus: no element that may have it
});
