import { expect, test, vi } from "vitest";
import { type PageRequest, pageSize } from "./cursors";
import { createRowPages, mostPages, rowAt } from "./rowPages";

type Row = { id: string; changedAt: string };

/** A list of the server that answers at once. A cursor is the identifier of a row. */
function fakeList(size: number) {
  let ids = Array.from({ length: size }, (_, n) => String(n));
  const changes = new Map<string, string>();
  const asked = { page: 0, step: 0, atOnce: 0, most: 0 };
  const row = (id: string): Row => ({ id, changedAt: changes.get(id) ?? "" });
  // Identifiers of the original list stand at their own number: no search among a million.
  const indexOf = (id: string) => (ids[Number(id)] === id ? Number(id) : ids.indexOf(id));

  function slice(request: PageRequest) {
    if ("after" in request) {
      const from = request.after === null ? 0 : indexOf(request.after) + 1;
      return { from, to: Math.min(from + request.first, ids.length) };
    }
    const to = request.before === null ? ids.length : indexOf(request.before);
    return { from: Math.max(0, to - request.last), to };
  }
  async function answer(request: PageRequest, signal: AbortSignal) {
    asked.atOnce++;
    asked.most = Math.max(asked.most, asked.atOnce);
    await Promise.resolve();
    asked.atOnce--;
    signal.throwIfAborted();
    const { from, to } = slice(request);
    return {
      rows: ids.slice(from, to).map(row),
      startCursor: ids[from] ?? null,
      endCursor: from < to ? (ids[to - 1] ?? null) : null,
      hasNextPage: to < ids.length,
    };
  }
  const source = {
    page: vi.fn((request: PageRequest, signal: AbortSignal) => {
      asked.page++;
      return answer(request, signal);
    }),
    step: vi.fn((request: PageRequest, signal: AbortSignal) => {
      asked.step++;
      return answer(request, signal);
    }),
    count: vi.fn(async () => ids.length),
    version: (row: Row) => row.changedAt,
    again: vi.fn(async (wanted: readonly string[], before: string) => ({
      rows: wanted.map(row),
      ahead: indexOf(before),
    })),
  };
  return {
    source,
    asked,
    change: (id: string, at: string) => changes.set(id, at),
    edit: (how: (all: string[]) => string[]) => {
      ids = how(ids);
    },
  };
}

async function settled() {
  for (let turn = 0; turn < 40_000; turn++) await Promise.resolve();
}

async function openList(size: number) {
  const list = fakeList(size);
  const pages = createRowPages(list.source);
  const close = pages.subscribe(() => {});
  await settled();
  const shownIds = (first: number, last: number) =>
    Array.from({ length: last - first + 1 }, (_, n) => rowAt(pages.getSnapshot(), first + n)?.id);
  const held = () => [...pages.getSnapshot().pages.values()].reduce((sum, page) => sum + page.length, 0);
  return { ...list, pages, close, shownIds, held };
}

const atRest = () => true;
const notAtRest = () => false;
const upTo = (n: number, from = 0) => Array.from({ length: n - from }, (_, at) => String(from + at));

test("the first page comes with the count beside it, the next one at 60 % of it", async () => {
  const { pages, asked, source } = await openList(1_000);
  expect(pages.getSnapshot()).toMatchObject({ length: 1_000, total: 1_000 });
  expect(asked).toMatchObject({ page: 1, step: 0 });
  pages.show({ first: 0, last: 59 });
  await settled();
  expect(asked.page).toBe(1);
  pages.show({ first: 10, last: 60 });
  await settled();
  expect(asked.page).toBe(2);
  expect(source.count).toHaveBeenCalledTimes(1);
});

test("the page that one more step like the last leads to is fetched ahead, but for steps that are jumps", async () => {
  const { pages, asked, shownIds } = await openList(100_000);
  pages.show({ first: 100, last: 117 });
  await settled();
  expect(shownIds(200, 217)).toEqual(upTo(218, 200));
  const { page } = asked;
  pages.show({ first: 301, last: 317 });
  await settled();
  expect(shownIds(301, 301)).toEqual(["301"]);
  expect(asked).toMatchObject({ page: page + 1, step: 0 });
});

test("reading a million rows from the top holds 2,000 of them and asks once for each page", async () => {
  const { pages, asked, held, shownIds } = await openList(1_000_000);
  for (let first = 0; first < 30_000; first += 40) {
    pages.show({ first, last: first + 40 });
    await settledSoon();
    expect(held()).toBeLessThanOrEqual(mostPages * pageSize);
  }
  expect(shownIds(29_960, 29_962)).toEqual(["29960", "29961", "29962"]);
  expect(asked.page).toBeLessThanOrEqual(302);
  expect(asked.most).toBe(1);
});

test("the end of a million rows is one request away, and the middle the shortest way from the nearer end", async () => {
  const { pages, asked, shownIds, held } = await openList(1_000_000);
  pages.show({ first: 999_960, last: 999_999 });
  await settled();
  expect(shownIds(999_997, 999_999)).toEqual(["999997", "999998", "999999"]);
  expect(asked).toMatchObject({ page: 2, step: 0 });

  pages.show({ first: 900_000, last: 900_040 });
  await settled();
  expect(shownIds(900_000, 900_001)).toEqual(["900000", "900001"]);
  expect(asked.step).toBeLessThanOrEqual(500);

  const steps = asked.step;
  pages.show({ first: 100_020, last: 100_060 });
  await settled();
  expect(shownIds(100_020, 100_021)).toEqual(["100020", "100021"]);
  expect(asked.step - steps).toBeLessThanOrEqual(500);
  expect(asked.most).toBe(1);
  expect(held()).toBeLessThanOrEqual(mostPages * pageSize);
});

test("a long way ends when the reader turns back", async () => {
  const { pages, asked } = await openList(1_000_000);
  pages.show({ first: 500_000, last: 500_040 });
  for (let turn = 0; turn < 100; turn++) await Promise.resolve();
  const steps = asked.step;
  expect(steps).toBeGreaterThan(3);
  pages.show({ first: 0, last: 40 });
  await settled();
  expect(asked.step).toBeLessThanOrEqual(steps + 1);
});

test("a dropped page comes back when the reader does", async () => {
  const { pages, shownIds } = await openList(10_000);
  for (let first = 0; first < 6_000; first += 50) {
    pages.show({ first, last: first + 50 });
    await settledSoon();
  }
  expect(shownIds(150, 150)).toEqual([undefined]);
  pages.show({ first: 120, last: 170 });
  await settled();
  expect(shownIds(120, 170)).toEqual(upTo(171, 120));
});

test("rows that came in between leave no gap and none twice", async () => {
  const { pages, edit, shownIds } = await openList(10_000);
  for (let first = 0; first < 6_000; first += 50) {
    pages.show({ first, last: first + 50 });
    await settledSoon();
  }
  edit((all) => all.toSpliced(150, 0, "new"));
  for (let first = 250; first >= 100; first -= 50) {
    pages.show({ first, last: first + 99 });
    await settled();
  }
  expect(shownIds(148, 202)).toEqual(["148", "149", "new", ...upTo(202, 150)]);
});

test("at rest a refresh brings new and changed rows in by itself", async () => {
  const { pages, edit, change, shownIds } = await openList(250);
  edit((all) => ["new", ...all]);
  change("3", "later");
  pages.refresh(atRest);
  await settled();
  expect(shownIds(0, 2)).toEqual(["new", "0", "1"]);
  expect(pages.getSnapshot()).toMatchObject({ length: 251, waiting: 0, changed: new Set(["new", "3"]) });
});

test("a list that somebody reads keeps its order, and new rows wait", async () => {
  const { pages, edit, change, shownIds } = await openList(250);
  pages.show({ first: 0, last: 40 });
  edit((all) => ["new1", "new2", ...all.filter((id) => id !== "5")]);
  change("3", "later");
  change("5", "removed");
  pages.refresh(notAtRest);
  await settled();
  expect(shownIds(0, 6)).toEqual(upTo(7));
  expect(rowAt(pages.getSnapshot(), 5)?.changedAt).toBe("removed");
  expect(pages.getSnapshot()).toMatchObject({ total: 251, length: 250, waiting: 2, changed: new Set(["3", "5"]) });

  pages.reload();
  await settled();
  expect(shownIds(0, 3)).toEqual(["new1", "new2", "0", "1"]);
  expect(pages.getSnapshot()).toMatchObject({ length: 251, waiting: 0 });
});

test("an empty list takes in its first rows wherever the reader is", async () => {
  const { pages, edit, shownIds } = await openList(0);
  expect(pages.getSnapshot()).toMatchObject({ length: 0, total: 0 });
  edit(() => ["first"]);
  pages.refresh(notAtRest);
  await settled();
  expect(shownIds(0, 0)).toEqual(["first"]);
});

test("new rows wait if the reader came while they were fetched", async () => {
  const { pages, edit, shownIds } = await openList(250);
  edit((all) => ["new", ...all]);
  let still = true;
  pages.refresh(() => still);
  still = false;
  await settled();
  expect(shownIds(0, 1)).toEqual(["0", "1"]);
  expect(pages.getSnapshot()).toMatchObject({ total: 251, waiting: 1 });
});

test("a page that does not load is told, asked for once, and tried again on demand", async () => {
  const { pages, source, asked, shownIds } = await openList(1_000);
  source.page.mockRejectedValueOnce(new Error("gone"));
  pages.show({ first: 300, last: 340 });
  await settled();
  expect(pages.getSnapshot().failure).toEqual({ page: 3, error: new Error("gone") });
  const { page } = asked;
  pages.show({ first: 301, last: 341 });
  await settled();
  expect(asked.page).toBe(page);
  pages.retry();
  await settled();
  expect(pages.getSnapshot().failure).toBeUndefined();
  expect(shownIds(301, 302)).toEqual(["301", "302"]);
});

test("a list that is shorter than counted ends where its rows end", async () => {
  const list = fakeList(1_230);
  list.source.count.mockResolvedValue(5_000);
  const pages = createRowPages(list.source);
  pages.subscribe(() => {});
  await settled();
  pages.show({ first: 2_000, last: 2_040 });
  await settled();
  pages.show({ first: 1_200, last: 1_229 });
  await settled();
  expect(pages.getSnapshot().length).toBe(1_230);
  expect(rowAt(pages.getSnapshot(), 1_229)?.id).toBe("1229");
});

test("rows are shown without their number, and nothing is asked once the reader has left", async () => {
  const list = fakeList(1_000);
  list.source.count.mockRejectedValue(new Error("late"));
  const pages = createRowPages(list.source);
  const close = pages.subscribe(() => {});
  await settled();
  expect(pages.getSnapshot()).toMatchObject({ length: -1, known: 101, total: undefined });
  pages.show({ first: 60, last: 120 });
  await settled();
  expect(rowAt(pages.getSnapshot(), 120)?.id).toBe("120");
  close();
  const { page } = list.asked;
  pages.show({ first: 200, last: 240 });
  await settled();
  expect(list.asked.page).toBe(page);
});

async function settledSoon() {
  for (let turn = 0; turn < 40; turn++) await Promise.resolve();
}

test("a refresh that is asked for while another one is under way is not lost", async () => {
  const { pages, edit, source } = await openList(150);
  source.count.mockImplementationOnce(async () => 150); // read before the rows that come next
  pages.refresh(notAtRest);
  edit((ids) => ["new-1", "new-2", ...ids]);
  pages.refresh(notAtRest);
  await settled();
  expect(pages.getSnapshot()).toMatchObject({ total: 152, waiting: 2 });
});

test("a refresh that is asked for before the first page is here is not lost", async () => {
  const { source, edit } = fakeList(150);
  const early = await source.page({ after: null, first: pageSize }, new AbortController().signal); // read before the rows that come next
  let arrive = () => {};
  source.page.mockImplementationOnce(
    () =>
      new Promise((resolve) => {
        arrive = () => resolve(early);
      }),
  );
  source.count.mockImplementationOnce(async () => 150);
  const pages = createRowPages(source);
  pages.subscribe(() => {});
  await settled();
  edit((ids) => ["new-1", "new-2", ...ids]);
  pages.refresh(notAtRest);
  await settled();
  arrive();
  await settled();
  expect(pages.getSnapshot()).toMatchObject({ total: 152, waiting: 2 });
});

test("who comes back sees the rows at once, without the marks of what was new before", async () => {
  const list = await openList(1_000);
  list.edit((ids) => ["new", ...ids]);
  list.pages.refresh(atRest);
  await settled();
  expect(list.pages.getSnapshot().changed).toEqual(new Set(["new"]));
  list.close();
  list.pages.subscribe(() => {});
  expect(list.shownIds(0, 1)).toEqual(["new", "0"]);
  expect(list.pages.getSnapshot().changed.size).toBe(0);
});
