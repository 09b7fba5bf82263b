import { Client, cacheExchange, type Exchange, gql, makeResult, type Operation } from "@urql/core";
import { expect, test, vi } from "vitest";
import { filter, fromValue, mergeMap, pipe, subscribe, delay as wait } from "wonka";
import { createRefresher, exceptUncached } from "./refresh";

/** A client whose server answers with how often it was asked, after as many ms as it is told. */
function counting(delay = () => 0) {
  const asked: string[] = [];
  const server: Exchange = () => (operations$) =>
    pipe(
      operations$,
      filter((operation: Operation) => operation.kind === "query"),
      mergeMap((operation: Operation) => {
        asked.push(String(operation.variables?.name));
        const answer = makeResult(operation, { data: { __typename: "Query", n: asked.length }, hasNext: false });
        return delay() === 0 ? fromValue(answer) : pipe(fromValue(answer), wait(delay()));
      }),
    );
  const refresher = createRefresher();
  const client = new Client({
    url: "http://test.invalid/graphql",
    preferGetMethod: false,
    exchanges: [refresher.exchange, exceptUncached(cacheExchange), server],
  });
  return { client, refresher, asked };
}

const query = gql`
  query N($name: String) {
    n(name: $name)
  }
`;

test("a refresh asks again for what is on screen, and for nothing else", async () => {
  const { client, refresher, asked } = counting();
  const seen: unknown[] = [];
  const shown = pipe(
    client.query(query, { name: "shown" }),
    subscribe((result) => seen.push(result.data.n)),
  );
  const left = pipe(
    client.query(query, { name: "left" }),
    subscribe(() => {}),
  );
  left.unsubscribe();
  expect(asked).toEqual(["shown", "left"]);

  refresher.refresh();
  await Promise.resolve();
  expect(asked).toEqual(["shown", "left", "shown"]);
  expect(seen.at(-1)).toBe(3);

  shown.unsubscribe();
  refresher.refresh();
  await Promise.resolve();
  expect(asked).toHaveLength(3);
});

test("listeners hear of a refresh until they stop", () => {
  const { refresher } = counting();
  let heard = 0;
  const stop = refresher.onRefresh(() => heard++);
  refresher.refresh();
  stop();
  refresher.refresh();
  expect(heard).toBe(1);
});

test("what is uncached is asked for each time, what is cached once", async () => {
  const { client, asked } = counting();
  for (const name of ["cached", "cached"]) {
    await client.query(query, { name }, { requestPolicy: "cache-first" }).toPromise();
  }
  for (const name of ["pages", "pages"]) {
    await client.query(query, { name }, { requestPolicy: "cache-first", uncached: true }).toPromise();
  }
  expect(asked).toEqual(["cached", "pages", "pages"]);
});

test("following asks again after the answer: after 2 s, later when answers take long, and not at all when stopped", async () => {
  vi.useFakeTimers();
  let slow = 0;
  const { client, refresher, asked } = counting(() => slow);
  const shown = pipe(
    client.query(query, { name: "shown" }),
    subscribe(() => {}),
  );
  const stop = refresher.follow();
  await vi.advanceTimersByTimeAsync(1_900);
  expect(asked).toHaveLength(1);
  slow = 1_000;
  await vi.advanceTimersByTimeAsync(200);
  expect(asked).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(1_000 + 9_500); // the answer, and most of the pause after it
  expect(asked).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(600);
  expect(asked).toHaveLength(3);
  stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toHaveLength(3);
  shown.unsubscribe();
  vi.useRealTimers();
});

test("following goes on until the last that follows has stopped", async () => {
  vi.useFakeTimers();
  const { refresher } = counting();
  let heard = 0;
  refresher.onRefresh(() => heard++);
  const [stopSync, stopBatch] = [refresher.follow(), refresher.follow()];
  await vi.advanceTimersByTimeAsync(2_100);
  expect(heard).toBe(1);
  stopSync();
  stopSync();
  await vi.advanceTimersByTimeAsync(2_100);
  expect(heard).toBe(2);
  stopBatch();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(heard).toBe(2);
  vi.useRealTimers();
});

test("what happens alone is fetched at once, and what happens a thousand times is fetched with pauses, to its end", async () => {
  vi.useFakeTimers();
  const { refresher } = counting();
  let heard = 0;
  refresher.onRefresh(() => heard++);
  refresher.soon();
  await vi.advanceTimersByTimeAsync(300);
  expect(heard).toBe(1);
  for (let n = 0; n < 1_000; n++) {
    refresher.soon();
    await vi.advanceTimersByTimeAsync(10);
  }
  expect(heard).toBe(6);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(heard).toBe(7);
  vi.useRealTimers();
});

test("what happens while answers are awaited is fetched after them", async () => {
  vi.useFakeTimers();
  const { client, refresher, asked } = counting(() => 5_000);
  const shown = pipe(
    client.query(query, { name: "shown" }),
    subscribe(() => {}),
  );
  await vi.advanceTimersByTimeAsync(5_000);
  refresher.refresh();
  refresher.soon();
  await vi.advanceTimersByTimeAsync(4_900);
  expect(asked).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(2_500);
  expect(asked).toHaveLength(3);
  shown.unsubscribe();
  vi.useRealTimers();
});

test("what is asked already is asked once more after its answer, so that an earlier answer never comes last", async () => {
  vi.useFakeTimers();
  const delays = [100, 10];
  const { client, refresher, asked } = counting(() => delays[Math.min(asked.length, 2) - 1] ?? 10);
  const seen: unknown[] = [];
  const shown = pipe(
    client.query(query, { name: "shown" }),
    subscribe((result) => seen.push(result.data.n)),
  );
  refresher.refresh(); // something changed while the first answer is on its way
  refresher.refresh();
  await vi.advanceTimersByTimeAsync(50);
  expect(asked).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(100);
  expect(asked).toHaveLength(2);
  expect(seen.at(-1)).toBe(2);
  shown.unsubscribe();
  vi.useRealTimers();
});
