import { type Exchange, makeOperation, type Operation, type OperationResult } from "@urql/core";
import { empty, filter, merge, type Source, share, tap } from "wonka";

/** Fetches again what is on screen, such as after a sync or when a lost connection is back. */
export type Refresher = {
  refresh: () => void;
  /** Refreshes again and again, while a sync or an assignment runs, for all that follow together. Returns how to stop. */
  follow: () => () => void;
  /** Refreshes once, soon: for what can happen once as well as a thousand times a second. */
  soon: () => void;
  /** For what is on screen without being a query of a component. Returns how to stop. */
  onRefresh: (listener: () => void) => () => void;
  exchange: Exchange;
};

const shortestPause = 2_000;
const moment = 250; // what happens alone is seen at once
const tenth = 10; // a page that follows keeps the server busy for a tenth of the time at most: counting a large fleet takes a while

export function createRefresher(): Refresher {
  const active = new Map<number, Operation>();
  const asking = new Set<number>(); // that the server has not answered
  const again = new Set<number>(); // of these, that are to be asked once more: what changed since may be missing in the answer that comes
  const awaited = new Set<number>(); // that a refresh waits for
  const listeners = new Set<() => void>();
  const followers = new Set<object>();
  let began = 0; // the last refresh
  let restUntil = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let soonTimer: ReturnType<typeof setTimeout> | undefined;
  let reexecute: (operation: Operation) => void = () => {};

  const settled = () => {
    const pause = Math.max(shortestPause, tenth * (Date.now() - began));
    restUntil = Date.now() + pause;
    clearTimeout(timer);
    if (followers.size > 0) timer = setTimeout(refresh, pause);
  };
  const ask = (operation: Operation) =>
    reexecute(makeOperation("query", operation, { ...operation.context, requestPolicy: "network-only" }));
  const answered = (key: number) => {
    asking.delete(key);
    const operation = active.get(key);
    if (again.delete(key) && operation) {
      ask(operation);
      return;
    }
    if (awaited.delete(key) && awaited.size === 0) settled();
  };
  const exchange: Exchange =
    ({ client, forward }) =>
    (operations$) => {
      reexecute = (operation) => client.reexecuteOperation(operation);
      const results$ = forward(
        tap((operation: Operation) => {
          if (operation.kind === "query") {
            active.set(operation.key, operation);
            asking.add(operation.key);
          }
          if (operation.kind === "teardown") {
            active.delete(operation.key);
            answered(operation.key);
          }
        })(operations$),
      );
      return tap((result: OperationResult) => {
        if (!result.stale) answered(result.operation.key);
      })(results$);
    };

  const refresh = () => {
    began = Date.now();
    clearTimeout(soonTimer);
    soonTimer = undefined;
    for (const operation of active.values()) {
      awaited.add(operation.key);
      // Not twice at the same time: the earlier answer may come last.
      if (asking.has(operation.key)) again.add(operation.key);
      else ask(operation);
    }
    for (const listener of listeners) listener();
    if (awaited.size === 0) settled();
  };
  const unlessBusy = () => {
    if (awaited.size === 0) refresh();
    else soonTimer = setTimeout(unlessBusy, shortestPause);
  };

  return {
    exchange,
    refresh,
    follow() {
      const follower = {};
      followers.add(follower);
      if (followers.size === 1) timer = setTimeout(refresh, shortestPause);
      return () => {
        if (followers.delete(follower) && followers.size === 0) clearTimeout(timer);
      };
    },
    soon() {
      soonTimer ??= setTimeout(unlessBusy, Math.max(moment, restUntil - Date.now()));
    },
    onRefresh(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Keeps operations with `uncached` in their context out of a cache that would never let go of them: pages of long lists. */
export function exceptUncached(cache: Exchange): Exchange {
  return (input) => (operations$) => {
    const isUncached = (operation: Operation) => operation.context.uncached === true;
    const shared$ = share(operations$);
    // There is one way on to the server, so what goes past the cache joins behind it, and its results leave before it.
    let results$: Source<OperationResult> = empty;
    const cached$ = cache({
      ...input,
      forward: (missed$) => {
        results$ = share(input.forward(merge([missed$, filter(isUncached)(shared$)])));
        return filter((result: OperationResult) => !isUncached(result.operation))(results$);
      },
    })(filter((operation: Operation) => !isUncached(operation))(shared$));
    return merge([cached$, filter((result: OperationResult) => isUncached(result.operation))(results$)]);
  };
}
