import { type Exchange, makeOperation, type Operation, type OperationResult } from "@urql/core";
import { empty, filter, merge, type Source, share, tap } from "wonka";

/** Fetches again what is on screen, such as after a sync or when a lost connection is back. */
export type Refresher = {
  refresh: () => void;
  /** Refreshes again and again, while a sync or an assignment runs, for all that follow together. Returns how to stop. */
  follow: () => () => void;
  /** For what is on screen without being a query of a component. Returns how to stop. */
  onRefresh: (listener: () => void) => () => void;
  exchange: Exchange;
};

const shortestPause = 2_000;
const tenth = 10; // a page that follows keeps the server busy for a tenth of the time at most: counting a large fleet takes a while

export function createRefresher(): Refresher {
  const active = new Map<number, Operation>();
  const awaited = new Set<number>();
  const listeners = new Set<() => void>();
  let settled: () => void = () => {};
  let reexecute: (operation: Operation) => void = () => {};

  const answered = (key: number) => {
    if (awaited.delete(key) && awaited.size === 0) settled();
  };
  const exchange: Exchange =
    ({ client, forward }) =>
    (operations$) => {
      reexecute = (operation) => client.reexecuteOperation(operation);
      const results$ = forward(
        tap((operation: Operation) => {
          if (operation.kind === "query") active.set(operation.key, operation);
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
    for (const operation of active.values()) {
      awaited.add(operation.key);
      reexecute(makeOperation("query", operation, { ...operation.context, requestPolicy: "network-only" }));
    }
    for (const listener of listeners) listener();
  };

  const followers = new Set<object>();
  let timer: ReturnType<typeof setTimeout>;
  const begin = () => {
    let began = 0;
    const again = () => {
      began = Date.now();
      refresh();
      if (awaited.size === 0) settled();
    };
    settled = () => {
      clearTimeout(timer);
      timer = setTimeout(again, Math.max(shortestPause, tenth * (Date.now() - began)));
    };
    timer = setTimeout(again, shortestPause);
  };
  const end = () => {
    clearTimeout(timer);
    settled = () => {};
  };

  return {
    exchange,
    refresh,
    follow() {
      const follower = {};
      followers.add(follower);
      if (followers.size === 1) begin();
      return () => {
        if (followers.delete(follower) && followers.size === 0) end();
      };
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
