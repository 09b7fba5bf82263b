export const pageSize = 100;

/** The server answers at most 200 rows at once. */
const stepPages = 2;

/** Which rows: some after a cursor, or some before one. Null stands for the beginning or the end of the list. */
export type PageRequest = { after: string | null; first: number } | { before: string | null; last: number };

/** What is at the edges of an answer. */
export type Edges = { startCursor: string | null; endCursor: string | null; hasNextPage: boolean };

/** The next request on the way to a page. It asks for the pages from `first` to `last`. */
export type Way = { target: number; first: number; last: number; request: PageRequest };

export function arrives({ target, first, last }: Way): boolean {
  return first === target && last === target;
}

/**
 * The cursors of a list without OFFSET. A page is reached from the nearest cursor that is known: down from the beginning, or
 * up from the end once the list's length is known.
 */
export function createCursors() {
  const above = new Map<number, string | null>([[0, null]]); // the cursor before page n
  const below = new Map<number, string | null>(); // the cursor behind page n

  function down(target: number): Way {
    let first = target;
    while (!above.has(first)) first--;
    const last = first === target ? target : Math.min(target, first + stepPages) - 1;
    return { target, first, last, request: { after: above.get(first) ?? null, first: (last - first + 1) * pageSize } };
  }

  function up(target: number, length: number): Way {
    const end = Math.ceil(length / pageSize) - 1;
    let last = target;
    while (last < end && !below.has(last)) last++;
    const first = last === target ? target : Math.max(target, last - stepPages) + 1;
    const rows = Math.min(length, (last + 1) * pageSize) - first * pageSize;
    return { target, first, last, request: { before: below.get(last) ?? null, last: rows } };
  }

  return {
    /** `length` is -1 while nobody knows it. */
    wayTo(target: number, length: number): Way {
      const fromAbove = down(target);
      if (arrives(fromAbove) || length < 0) return fromAbove;
      const fromBelow = up(target, length);
      return fromBelow.last - target < target - fromAbove.first ? fromBelow : fromAbove;
    },

    /** Keeps the cursor that an answer leads on with. False: it is another one than before, so what lay beyond has moved. */
    learn({ first, last, request }: Way, edges: Edges): boolean {
      const [cursors, page, cursor] =
        "after" in request
          ? ([above, last + 1, edges.hasNextPage ? edges.endCursor : null] as const)
          : ([below, first - 1, edges.startCursor] as const);
      const was = cursors.get(page);
      const moved = was !== undefined && was !== cursor;
      if (moved) {
        for (const at of cursors.keys()) if (cursors === above ? at > page : at < page) cursors.delete(at);
      }
      if (cursor === null) cursors.delete(page);
      else cursors.set(page, cursor);
      return !moved;
    },
  };
}
