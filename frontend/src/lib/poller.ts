/** What a poller knows: the newest answer, and whether the last question failed. */
export interface Polled<T> {
  /** The newest answer; kept while later questions fail. */
  readonly data: T | undefined;
  /** When data arrived, in ms since the epoch. */
  readonly dataAt: number | undefined;
  /** The last question got no usable answer. */
  readonly failed: boolean;
}

/** A store in the shape of React's useSyncExternalStore. It asks while somebody is subscribed. */
export interface Poller<T> {
  subscribe(listener: () => void): () => void;
  getSnapshot(): Polled<T>;
  /** Asks at once instead of at the next turn. */
  askNow(): void;
}

/**
 * Asks every `interval` ms, counted from the end of the last question. A question that takes longer than `timeout` ms
 * counts as failed.
 */
export function createPoller<T>(
  ask: (signal: AbortSignal) => Promise<T>,
  { interval, timeout }: { interval: number; timeout: number },
): Poller<T> {
  let snapshot: Polled<T> = { data: undefined, dataAt: undefined, failed: false };
  const listeners = new Set<() => void>();
  let next: ReturnType<typeof setTimeout> | undefined;
  let asking: AbortController | undefined;

  const publish = (changed: Polled<T>) => {
    snapshot = changed;
    for (const listener of listeners) {
      listener();
    }
  };

  const run = async () => {
    clearTimeout(next);
    asking?.abort();
    const mine = new AbortController();
    asking = mine;
    const late = setTimeout(() => mine.abort(), timeout);
    let answer: { data: T } | undefined;
    try {
      answer = { data: await ask(mine.signal) };
    } catch {
      // Whatever the cause, all that follows is to say so and to ask again.
    } finally {
      clearTimeout(late);
    }
    if (asking !== mine) {
      return; // stopped, or asked again meanwhile
    }
    asking = undefined;
    publish(answer ? { data: answer.data, dataAt: Date.now(), failed: false } : { ...snapshot, failed: true });
    next = setTimeout(run, interval);
  };

  const askNow = () => {
    if (listeners.size > 0) {
      void run();
    }
  };

  const stop = () => {
    clearTimeout(next);
    asking?.abort();
    asking = undefined;
    globalThis.removeEventListener("online", askNow);
  };

  return {
    subscribe(listener) {
      listeners.add(listener);
      if (listeners.size === 1) {
        globalThis.addEventListener("online", askNow);
        void run();
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) {
          stop();
        }
      };
    },
    getSnapshot: () => snapshot,
    askNow,
  };
}
