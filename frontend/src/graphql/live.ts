import { CloseCode, createClient, type Client as SocketClient } from "graphql-ws";
import { useSyncExternalStore } from "react";

/** How the connection for live updates stands. Times are milliseconds of the browser's clock. */
export type LiveState = {
  status: "live" | "connecting" | "reconnecting" | "lost";
  /** When the server was last heard. */
  heardAt: number;
  /** When the next try begins; null while one is under way or none is needed. */
  nextTryAt: number | null;
  /** Why the server refuses another connection, in its words; null while it does not. */
  refusal: string | null;
};

const heartbeat = 5_000;
const silence = 3_000; // after a heartbeat, until the connection counts as gone
const lostAfter = 15_000;
const waits = [1, 2, 4, 8, 15, 30].map((seconds) => seconds * 1_000);

/** The server's code for a person with as many live pages as may be open at once. */
const tooMany = 1013;

/** The server's codes for credentials that hold no more, and for a role that was changed. */
const refusals: readonly number[] = [CloseCode.Unauthorized, CloseCode.Forbidden];

export type Live = {
  socket: SocketClient;
  state: () => LiveState;
  subscribe: (listener: () => void) => () => void;
  tryNow: () => void;
};

type LiveEvents = {
  /** The connection is back after it was gone. */
  onReturn: () => void;
  /** The server ended the connection for who is signed in. It is tried again all the same: they may be again by now. */
  onRefused: () => void;
};

export function createLive(url: string, { onReturn, onRefused }: LiveEvents): Live {
  let state: LiveState = { status: "connecting", heardAt: Date.now(), nextTryAt: null, refusal: null };
  const listeners = new Set<() => void>();
  const set = (change: Partial<LiveState>) => {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  };
  let tryNow = () => {};
  let lostTimer: ReturnType<typeof setTimeout> | undefined;
  let silenceTimer: ReturnType<typeof setTimeout> | undefined;

  function gone() {
    clearTimeout(silenceTimer);
    if (state.status === "live" || state.status === "connecting") {
      set({ status: "reconnecting" });
      clearTimeout(lostTimer);
      lostTimer = setTimeout(() => set({ status: "lost" }), lostAfter - (Date.now() - state.heardAt));
    }
  }

  function heard() {
    clearTimeout(silenceTimer);
    clearTimeout(lostTimer);
    set({ status: "live", heardAt: Date.now(), nextTryAt: null, refusal: null });
  }

  const socket = createClient({
    url,
    lazyCloseTimeout: 5_000,
    keepAlive: heartbeat,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: (retries) =>
      new Promise((resolve) => {
        const wait = (waits[Math.min(retries, waits.length - 1)] ?? 1_000) * (0.8 + Math.random() * 0.4);
        const go = () => {
          clearTimeout(timer);
          tryNow = () => {};
          set({ nextTryAt: null });
          resolve();
        };
        const timer = setTimeout(go, wait);
        tryNow = go;
        set({ nextTryAt: Date.now() + wait });
      }),
    on: {
      connected: (_socket, _payload, wasRetry) => {
        heard();
        if (wasRetry) onReturn();
      },
      message: heard,
      ping: (received) => {
        if (received) return;
        clearTimeout(silenceTimer);
        silenceTimer = setTimeout(() => {
          gone();
          socket.terminate();
        }, silence);
      },
      closed: (event) => {
        gone();
        if (event instanceof CloseEvent && event.code === tooMany) set({ refusal: event.reason });
        if (event instanceof CloseEvent && refusals.includes(event.code)) onRefused();
      },
    },
  });

  addEventListener("online", () => tryNow());
  addEventListener("offline", () => {
    gone();
    socket.terminate();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") tryNow();
  });

  return {
    socket,
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tryNow: () => tryNow(),
  };
}

export function useLiveState(live: Live): LiveState {
  return useSyncExternalStore(live.subscribe, live.state);
}
