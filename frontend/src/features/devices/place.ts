/** Where the reader is in the table that an element holds. */

const selectedRow = '[role="row"][aria-current="true"]';

/** Nobody reads: the table stands at its top, and neither pointer nor focus is in it. */
export function isAtRest(box: HTMLElement | null): boolean {
  const scroller = scrollerOf(box);
  return box !== null && scroller?.scrollTop === 0 && !box.matches(":hover") && !box.contains(document.activeElement);
}

/** Brings the focus back to the row that is open, or to the one that Tab would reach. */
export function focusRow(box: HTMLElement | null) {
  const row =
    box?.querySelector<HTMLElement>(selectedRow) ?? box?.querySelector<HTMLElement>('[role="row"][tabindex="0"]');
  row?.focus({ preventScroll: true });
}

/** Brings the focus to the header that the table is sorted by: sorted anew, it is another table. */
export function focusSortedHeader(box: HTMLElement | null) {
  box?.querySelector<HTMLElement>('[aria-sort="ascending"] button, [aria-sort="descending"] button')?.focus();
}

/** Scrolls as little as it takes to see the row that is open. */
export function revealSelected(box: HTMLElement | null) {
  const scroller = scrollerOf(box);
  const row = box?.querySelector(selectedRow);
  if (!scroller || !row) return;
  const header = scroller.querySelector('[role="columnheader"]');
  const seen = scroller.getBoundingClientRect();
  const { top, bottom } = row.getBoundingClientRect();
  const above = top - (header?.getBoundingClientRect().bottom ?? seen.top);
  const below = bottom - seen.bottom;
  if (above < 0) scroller.scrollTop += above;
  else if (below > 0) scroller.scrollTop += below;
}

function scrollerOf(box: HTMLElement | null): HTMLElement | null {
  return box?.querySelector('[role="grid"]')?.parentElement ?? null;
}
