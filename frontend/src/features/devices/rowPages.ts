import { arrives, createCursors, type Edges, type PageRequest, pageSize, type Way } from "./cursors";

export type Page<Row> = Edges & { rows: readonly Row[] };

/** A list of the server, in one order and under one filter. */
export type RowSource<Row> = {
  page: (request: PageRequest, signal: AbortSignal) => Promise<Page<Row>>;
  /** The edges of a page without its rows: a step on the way to a far one. */
  step: (request: PageRequest, signal: AbortSignal) => Promise<Edges>;
  count: (signal: AbortSignal) => Promise<number>;
  /** Another one whenever a row shows something else. */
  version: (row: Row) => string;
  /** Rows as they are now, also those that do not match any more, and how many now stand before the cursor. */
  again: (
    ids: readonly string[],
    before: string,
    signal: AbortSignal,
  ) => Promise<{ rows: readonly Row[]; ahead: number }>;
};

export type PagedRow = { id: string };

/** What is known of the list. Every change makes another one. */
export type RowSnapshot<Row> = {
  pages: ReadonlyMap<number, readonly Row[]>;
  /** Rows of the list as it is shown; -1 while nobody knows. */
  length: number;
  /** Rows from the beginning on that are certain to exist. */
  known: number;
  /** Rows that match now. */
  total: number | undefined;
  /** Rows that match now but were left out, since the list would move under the reader. */
  waiting: number;
  /** Rows that the last refresh found new or different. */
  changed: ReadonlySet<string>;
  /** The page that did not load. */
  failure: { page: number; error: unknown } | undefined;
};

export type RowPages<Row> = {
  subscribe: (listener: () => void) => () => void;
  getSnapshot: () => RowSnapshot<Row>;
  /** Says which rows are on screen: they are fetched, and soon the next ones. */
  show: (range: { first: number; last: number }) => void;
  /** Fetches again what is on screen: from the beginning while the list is at rest there, else each row in its place. */
  refresh: (isAtRest: () => boolean) => void;
  /** Begins anew with the rows that match now. */
  reload: () => void;
  /** Tries the page again that did not load. */
  retry: () => void;
};

export const mostPages = 20;
const prefetchFrom = 0.6;

export function rowAt<Row>({ pages }: RowSnapshot<Row>, index: number): Row | undefined {
  return pages.get(Math.floor(index / pageSize))?.[index % pageSize];
}

/** The index of the first row that is here and passes; -1 when there is none. */
export function findRow<Row>({ pages }: RowSnapshot<Row>, passes: (row: Row) => boolean): number {
  for (const [page, rows] of pages) {
    const place = rows.findIndex(passes);
    if (place >= 0) return page * pageSize + place;
  }
  return -1;
}

const none: ReadonlySet<string> = new Set();

/**
 * Holds the part of a long list that is on screen, while somebody is subscribed. Pages are fetched one at a time, and none
 * for a place that the reader has left. Far ones are dropped; the way back to them stays known.
 */
export function createRowPages<Row extends PagedRow>(source: RowSource<Row>): RowPages<Row> {
  let snapshot: RowSnapshot<Row> = {
    pages: new Map(),
    length: -1,
    known: 0,
    total: undefined,
    waiting: 0,
    changed: none,
    failure: undefined,
  };
  let cursors = createCursors();
  let head: string | null = null; // the cursor of the first row
  let range = { first: 0, last: 0 };
  let step = 0; // rows that were scrolled by last
  let loading: { way: Way; controller: AbortController } | undefined;
  let renewing: AbortController | undefined;
  let asked: (() => boolean) | undefined; // for a refresh, when it could not begin
  const listeners = new Set<() => void>();

  function publish(change: Partial<RowSnapshot<Row>>) {
    snapshot = { ...snapshot, ...change };
    for (const listener of listeners) listener();
  }

  const lastPage = () =>
    snapshot.length < 0 ? Number.POSITIVE_INFINITY : Math.max(0, Math.ceil(snapshot.length / pageSize) - 1);
  const pageOf = (index: number) => Math.min(Math.floor(index / pageSize), lastPage());

  /** The page to fetch next: one on screen, else one that soon is. */
  function wanted(): number | undefined {
    if (snapshot.failure && isNear(snapshot.failure.page)) return; // until somebody, or a refresh, tries it again
    const [first, last] = [pageOf(range.first), pageOf(range.last)];
    const pages = Array.from({ length: last - first + 1 }, (_, n) => first + n);
    if (range.last % pageSize >= pageSize * prefetchFrom) pages.push(last + 1);
    if (range.first % pageSize < pageSize * (1 - prefetchFrom)) pages.push(first - 1);
    if (Math.abs(step) <= pageSize) pages.push(pageOf(range.first + step), pageOf(range.last + step)); // where one more leads to
    const certain = snapshot.length < 0 ? Math.max(0, Math.ceil(snapshot.known / pageSize) - 1) : lastPage();
    return pages.find((page) => page >= 0 && page <= certain && !snapshot.pages.has(page));
  }

  function pump() {
    if (listeners.size === 0) return;
    const target = wanted();
    const way = target === undefined ? undefined : cursors.wayTo(target, snapshot.length);
    if (loading) {
      const useful = arrives(loading.way)
        ? isNear(loading.way.target)
        : way && isSame(way.request, loading.way.request);
      if (useful) return;
      loading.controller.abort();
      loading = undefined;
    }
    if (way) void load(way);
  }

  function stop() {
    loading?.controller.abort();
    renewing?.abort();
    loading = renewing = asked = undefined;
    snapshot = { ...snapshot, changed: none }; // news to nobody who comes back
  }

  const isNear = (page: number) => page >= pageOf(range.first) - 1 && page <= pageOf(range.last) + 1;

  async function load(way: Way) {
    const controller = new AbortController();
    const mine = { way, controller };
    loading = mine;
    try {
      if (arrives(way)) {
        const page = await source.page(way.request, controller.signal);
        if (loading === mine) accept(way, page);
      } else {
        const edges = await source.step(way.request, controller.signal);
        if (loading === mine) pass(way, edges);
      }
    } catch (error) {
      if (loading === mine) publish({ failure: { page: way.target, error } });
    }
    if (loading !== mine) return;
    loading = undefined;
    pump();
    if (asked && snapshot.pages.has(0)) refresh(asked);
  }

  function accept(way: Way, page: Page<Row>) {
    const pages = new Map(snapshot.pages);
    const downwards = "after" in way.request;
    if (!cursors.learn(way, page)) {
      for (const at of pages.keys()) if (downwards ? at > way.target : at > 0 && at < way.target) pages.delete(at);
    }
    pages.set(way.target, page.rows);
    dropFar(pages);
    if (way.target === 0) head = page.startCursor;
    publish({ pages, ...(downwards && extent(way.target * pageSize + page.rows.length, page.hasNextPage)) });
  }

  /** What rows fetched from the beginning on say about the list's length. */
  function extent(end: number, more: boolean) {
    if (!more) return { known: end, length: end };
    const known = Math.max(snapshot.known, end + 1);
    return { known, length: snapshot.length < 0 ? -1 : Math.max(snapshot.length, known) };
  }

  function pass(way: Way, edges: Edges) {
    cursors.learn(way, edges);
    if (!("after" in way.request)) return;
    if (edges.hasNextPage) publish(extent((way.last + 1) * pageSize, true));
    // The list ends before it was expected to; its last page will tell where.
    else publish({ length: way.first * pageSize + 1 });
  }

  function dropFar(pages: Map<number, readonly Row[]>) {
    const middle = (range.first + range.last) / 2 / pageSize;
    const distance = (page: number) => Math.abs(page - middle);
    while (pages.size > mostPages) {
      // The first page stays: fetched again, it would bring the rows that wait.
      const far = [...pages.keys()].filter((page) => page > 0);
      pages.delete(far.reduce((a, b) => (distance(a) > distance(b) ? a : b)));
    }
  }

  /** Without their number the rows are shown nevertheless; the next refresh asks for it again. */
  const count = (signal: AbortSignal) => source.count(signal).catch(() => undefined);

  /** Only one of these is under way. It publishes nothing when it fails: old rows are better than none. */
  async function renew(ask: (signal: AbortSignal) => Promise<(() => void) | undefined>) {
    const controller = new AbortController();
    renewing?.abort();
    renewing = controller;
    const publishIt = await ask(controller.signal).catch(() => undefined);
    if (renewing !== controller) return;
    renewing = undefined;
    publishIt?.();
    if (asked) refresh(asked);
  }

  async function firstCount(signal: AbortSignal) {
    const total = await count(signal);
    return () => {
      publish({
        total,
        length: snapshot.length < 0 && total !== undefined ? Math.max(total, snapshot.known) : snapshot.length,
      });
      pump();
    };
  }

  async function fromTheBeginning(signal: AbortSignal, still: () => boolean = () => true) {
    const way: Way = { target: 0, first: 0, last: 0, request: { after: null, first: pageSize } };
    const [page, total = snapshot.total] = await Promise.all([source.page(way.request, signal), count(signal)]);
    return () => {
      if (still()) begin(way, page, total);
      else asked = still; // somebody reads now: the rows wait, and are counted
    };
  }

  function begin(way: Way, page: Page<Row>, total: number | undefined) {
    const known = new Map([...snapshot.pages.values()].flat().map((row) => [row.id, source.version(row)]));
    const changed = idsOf(page.rows.filter((row) => known.get(row.id) !== source.version(row)));
    if (changed.size === 0 && total === snapshot.length && page.rows[0]?.id === rowAt(snapshot, 0)?.id) {
      publish({ total, waiting: 0, changed });
      return;
    }
    loading?.controller.abort();
    loading = undefined;
    cursors = createCursors();
    snapshot = {
      ...snapshot,
      pages: new Map(),
      length: total ?? -1,
      known: 0,
      total,
      waiting: 0,
      changed,
      failure: undefined,
    };
    accept(way, page);
    pump();
  }

  async function inPlace(signal: AbortSignal) {
    const places = Array.from({ length: range.last - range.first + 1 }, (_, n) => range.first + n);
    const shown = places.map((index) => rowAt(snapshot, index)).filter((row) => row !== undefined);
    if (head === null || shown.length === 0) return;
    const [{ rows, ahead }, total = snapshot.total] = await Promise.all([
      source.again([...idsOf(shown)].slice(0, pageSize), head, signal),
      count(signal),
    ]);
    return () => {
      const fresh = new Map(rows.map((row) => [row.id, row]));
      const isChanged = (row: Row, now = fresh.get(row.id)) => now && source.version(now) !== source.version(row);
      const changed = idsOf(shown.filter((row) => isChanged(row)));
      const update = (row: Row) => (changed.has(row.id) ? (fresh.get(row.id) ?? row) : row);
      const pages =
        changed.size > 0 ? new Map([...snapshot.pages].map(([at, page]) => [at, page.map(update)])) : snapshot.pages;
      const more = total === undefined || snapshot.length < 0 ? 0 : total - snapshot.length;
      publish({ pages, total, changed, waiting: Math.max(0, ahead, more) });
    };
  }

  function refresh(isAtRest: () => boolean) {
    if (snapshot.failure) retry();
    // What is under way may have been read before what this is about: it is done when that is here.
    const mustWait = renewing !== undefined || !snapshot.pages.has(0);
    asked = mustWait ? isAtRest : undefined;
    if (mustWait) return;
    const mayMove = () => snapshot.length === 0 || isAtRest();
    void renew(mayMove() ? (signal) => fromTheBeginning(signal, mayMove) : inPlace);
  }

  function retry() {
    publish({ failure: undefined });
    pump();
  }

  return {
    subscribe(listener) {
      listeners.add(listener);
      if (listeners.size === 1) {
        if (snapshot.total === undefined) void renew(firstCount);
        pump();
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) stop();
      };
    },
    getSnapshot: () => snapshot,
    show(now) {
      step = now.first - range.first;
      range = now;
      pump();
    },
    refresh,
    reload: () => void renew(fromTheBeginning),
    retry,
  };
}

function idsOf(rows: readonly PagedRow[]): ReadonlySet<string> {
  return rows.length > 0 ? new Set(rows.map((row) => row.id)) : none;
}

function isSame(a: PageRequest, b: PageRequest): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
