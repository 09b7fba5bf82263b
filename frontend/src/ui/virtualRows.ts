/** Browsers cut elements off at some height, Chromium near 33,554,400 px. From this height on scrolling is scaled. */
export const mostHeight = 15_000_000;

/** At most so many rows are in the document, unless more fit on the screen. */
export const mostRows = 60;

const overscan = 12;

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

/** The rows in the window, and some around it. */
export function rowsAt(space: RowSpace, scrollTop: number): RowRange {
  const { rowCount, rowHeight, viewport } = space;
  const offset = offsetAt(space, scrollTop);
  const firstSeen = Math.floor(offset / rowHeight);
  const lastSeen = Math.ceil((offset + viewport) / rowHeight) - 1;
  const around = Math.max(0, Math.min(overscan, Math.floor((mostRows - 1 - (lastSeen - firstSeen + 1)) / 2)));
  return { first: Math.max(0, firstSeen - around), last: Math.min(rowCount - 1, lastSeen + around) };
}

/** Where a row stands inside of the element. Far rows are kept within it, so that they cannot make it higher. */
export function rowTop(space: RowSpace, scrollTop: number, row: number): number {
  const top = row * space.rowHeight - offsetAt(space, scrollTop) + scrollTop;
  return Math.min(Math.max(top, -space.rowHeight), spaceHeight(space));
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
