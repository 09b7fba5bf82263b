import { useCallback, useSyncExternalStore } from "react";

let offset = 0;
const listeners = new Set<() => void>();

/** Corrects the browser's clock: how many ms the server's clock is ahead of it. */
export function setClockOffset(ms: number) {
  offset = ms;
  for (const listener of listeners) {
    listener();
  }
}

/** The present time by the server's clock, in ms since the epoch. */
export function serverNow(): number {
  return Date.now() + offset;
}

/** One timer for each interval, however many components count by it. */
function createTicker(interval: number) {
  const members = new Set<() => void>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tick = () => {
    timer = setTimeout(tick, interval - (serverNow() % interval));
    for (const member of members) {
      member();
    }
  };
  return (member: () => void) => {
    members.add(member);
    if (members.size === 1) {
      timer = setTimeout(tick, interval - (serverNow() % interval));
    }
    return () => {
      members.delete(member);
      if (members.size === 0) {
        clearTimeout(timer);
      }
    };
  };
}

const tickers = new Map<number, ReturnType<typeof createTicker>>();

function tickerOf(interval: number) {
  let ticker = tickers.get(interval);
  if (!ticker) {
    ticker = createTicker(interval);
    tickers.set(interval, ticker);
  }
  return ticker;
}

/**
 * The present time by the server's clock, in whole intervals: all that count by the same interval step together. Time that
 * is shown in minutes takes a minute.
 */
export function useNow(interval = 1000): number {
  return useByNow((now) => now, interval);
}

/** What is said of the present time: drawn anew when that is something else, and not whenever time has passed. */
export function useByNow<T extends string | number>(say: (now: number) => T, interval = 1000): T {
  const subscribe = useCallback(
    (listener: () => void) => {
      const leave = tickerOf(interval)(listener);
      listeners.add(listener);
      return () => {
        leave();
        listeners.delete(listener);
      };
    },
    [interval],
  );
  return useSyncExternalStore(subscribe, () => say(Math.floor(serverNow() / interval) * interval));
}
