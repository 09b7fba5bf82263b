/** Browsers cut elements off at some height, Chromium near 33,554,400 px. From this height on scrolling is scaled. */
export const mostHeight = 15_000_000;

/** At most so many rows are in the document, unless more fit on the screen. */
export const mostRows = 60;

// Rows around those in sight. While steps are longer than the window, the next one takes them away unseen.
const overscan = { usual: 12, leaping: 1 };

/** What is scrolled: so many rows of one height, seen through a window. */
export type RowSpace = { rowCount: number; rowHeight: number; viewport: number };

/** Rows, both ends included; `last` is -1 when there are none. */
export type RowRange = { first: number; last: number };

/** The height of the element that holds all rows. */
export function spaceHeight({ rowCount, rowHeight }: RowSpace): number {
  return Math.min(rowCount * rowHeight, mostHeight);
}

/** How many px of rows pass for each px that is scrolled. The last row is reached at the end of the element. */
export function scrollScale(space: RowSpace): number {
  const hidden = space.rowCount * space.rowHeight - space.viewport;
  const scrollable = spaceHeight(space) - space.viewport;
  return scrollable > 0 ? hidden / scrollable : 1;
}

/** Whether a step of scrolling leaves no row in sight that was. */
export function isLeap(space: RowSpace, from: number, to: number): boolean {
  return Math.abs(offsetAt(space, to) - offsetAt(space, from)) >= space.viewport;
}

/** The rows in the window, and some around it. */
export function rowsAt(space: RowSpace, scrollTop: number, leaping = false): RowRange {
  const { rowCount, rowHeight, viewport } = space;
  const offset = offsetAt(space, scrollTop);
  const firstSeen = Math.floor(offset / rowHeight);
  const lastSeen = Math.ceil((offset + viewport) / rowHeight) - 1;
  const wished = leaping ? overscan.leaping : overscan.usual;
  const around = Math.max(0, Math.min(wished, Math.floor((mostRows - 1 - (lastSeen - firstSeen + 1)) / 2)));
  return { first: Math.max(0, firstSeen - around), last: Math.min(rowCount - 1, lastSeen + around) };
}

const blockRows = 1_000;

/** The rows in sight lie in a block at places that scrolling does not change: where scrolling is scaled, one element moves in place of each row. */
export type RowBlock = {
  /** The row at its upper edge. */
  start: number;
  /** Where it stands inside of the element that holds all rows. */
  top: number;
};

export function blockAt(space: RowSpace, scrollTop: number): RowBlock {
  const { first } = rowsAt(space, scrollTop);
  const start = Math.floor(first / blockRows) * blockRows;
  return { start, top: start * space.rowHeight - offsetAt(space, scrollTop) + scrollTop };
}

/** Where a row stands in its block. Far rows are kept within the element, so that they cannot make it higher. */
export function rowTop(space: RowSpace, block: RowBlock, row: number): number {
  const top = (row - block.start) * space.rowHeight;
  return Math.min(Math.max(top, -space.rowHeight - block.top), spaceHeight(space) - block.top);
}

/**
 * Which element of the document shows each row, by its number. Where most rows are others than before, they take the elements over in their
 * order: to change what stands there costs a fraction of making it. Else rows keep theirs and new ones get new ones. No element
 * has to be moved, and the active row keeps its own, since that may have the focus.
 */
export function elementsOf(
  before: ReadonlyMap<number, number>,
  indexes: readonly number[],
  active: number,
): ReadonlyMap<number, number> {
  let unused = Math.max(-1, ...before.values()) + 1;
  const staying = indexes.filter((index) => before.has(index)).length;
  const isOther = staying < Math.min(before.size, indexes.length) / 2;
  const above = [...before.keys()].filter((index) => index < active).map((index) => before.get(index));
  const below = [...before.keys()].filter((index) => index > active).map((index) => before.get(index));
  return new Map(
    indexes.map((index) => {
      const keeps = !isOther || index === active;
      const element = keeps ? before.get(index) : (index < active ? above : below).shift();
      return [index, element ?? unused++];
    }),
  );
}

/**
 * The scroll position that brings a row into the window with the least movement. Browsers round it to whole px, of which
 * each may stand for several px of rows: it is rounded here to the side on which all of the row is seen.
 */
export function scrollTopFor(space: RowSpace, scrollTop: number, row: number): number {
  const offset = offsetAt(space, scrollTop);
  const top = row * space.rowHeight;
  const bottom = top + space.rowHeight;
  if (top < offset) {
    return Math.floor(top / scrollScale(space));
  }
  return bottom > offset + space.viewport ? Math.ceil((bottom - space.viewport) / scrollScale(space)) : scrollTop;
}

/** How much of the rows lies above the window. A position past the end is one that the browser is about to correct. */
function offsetAt(space: RowSpace, scrollTop: number): number {
  const hidden = Math.max(0, space.rowCount * space.rowHeight - space.viewport);
  return Math.min(Math.max(0, scrollTop * scrollScale(space)), hidden);
}
