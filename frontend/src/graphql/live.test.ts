import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createLive, type Live } from "./live";

/** A WebSocket that does what the test says. */
class FakeSocket extends EventTarget {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;
  static all: FakeSocket[] = [];
  readyState = FakeSocket.CONNECTING;
  readonly protocol = "graphql-transport-ws";
  readonly sent: { type: string; id?: string }[] = [];
  onopen?: () => void;
  onclose?: (event: CloseEvent) => void;
  onerror?: (event: Event) => void;
  onmessage?: (event: { data: string }) => void;

  constructor() {
    super();
    FakeSocket.all.push(this);
  }
  send(text: string) {
    this.sent.push(JSON.parse(text));
  }
  close(code = 1000) {
    this.drop(code);
  }
  accept() {
    this.readyState = FakeSocket.OPEN;
    this.onopen?.();
    this.say({ type: "connection_ack" });
  }
  say(message: object) {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
  drop(code: number, reason = "") {
    if (this.readyState === FakeSocket.CLOSED) return;
    this.readyState = FakeSocket.CLOSED;
    this.onclose?.(new CloseEvent("close", { code, reason, wasClean: true }));
  }
}

let live: Live;
let returned: number;
let refused: number;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", FakeSocket);
  FakeSocket.all = [];
  returned = 0;
  refused = 0;
  live = createLive("ws://test.invalid/graphql", { onReturn: () => returned++, onRefused: () => refused++ });
  live.socket.subscribe({ query: "subscription { n }" }, { next: () => {}, error: () => {}, complete: () => {} });
});
afterEach(() => {
  live.socket.dispose();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const socket = () => {
  const last = FakeSocket.all.at(-1);
  if (!last) throw new Error("no socket was opened");
  return last;
};

async function connected() {
  await pass(0);
  socket().accept();
  await pass(0);
}

test("is live once the server has acknowledged, and stays so while heartbeats are answered", async () => {
  expect(live.state().status).toBe("connecting");
  await connected();
  expect(live.state().status).toBe("live");
  for (let i = 0; i < 10; i++) {
    await pass(5_000);
    socket().say({ type: "pong" });
    expect(live.state().status).toBe("live");
  }
});

test("a server that falls silent is noticed 3 s after the heartbeat, and is not live after 15 s", async () => {
  await connected();
  await pass(5_000 + 2_900);
  expect(live.state().status).toBe("live");
  await pass(200);
  expect(live.state().status).toBe("reconnecting");
  await pass(15_000);
  expect(live.state().status).toBe("lost");
  expect(returned).toBe(0);
});

test("it tries again by itself, sooner when told, and says when it is back", async () => {
  await connected();
  socket().drop(1006);
  await pass(0);
  expect(live.state().status).toBe("reconnecting");
  expect(live.state().nextTryAt).toBeGreaterThan(Date.now());
  const before = FakeSocket.all.length;
  live.tryNow();
  await pass(0);
  expect(FakeSocket.all.length).toBe(before + 1);
  await connected();
  expect(live.state()).toMatchObject({ status: "live", nextTryAt: null });
  expect(returned).toBe(1);
});

test("waits grow while the server stays away", async () => {
  await pass(0);
  const waits: number[] = [];
  for (let i = 0; i < 8; i++) {
    socket().drop(1006);
    await pass(0);
    waits.push((live.state().nextTryAt ?? 0) - Date.now());
    live.tryNow();
    await pass(0);
  }
  expect(waits[0]).toBeLessThan(1_500);
  expect(waits.at(-1)).toBeGreaterThan(20_000);
});

test.each([4401, 4403])("tells that the server ended it for who is signed in: %i", async (code) => {
  await connected();
  socket().drop(1006);
  await pass(2_000);
  await connected();
  expect(refused).toBe(0);
  socket().drop(code);
  await pass(0);
  expect(refused).toBe(1);
});

test("one page too many says so, and goes on when another was closed", async () => {
  await pass(0);
  socket().accept();
  socket().drop(1013, "At most 10 are allowed.");
  await pass(0);
  expect(live.state()).toMatchObject({ status: "reconnecting", refusal: "At most 10 are allowed." });
  await pass(live.state().nextTryAt ? (live.state().nextTryAt ?? 0) - Date.now() : 0);
  socket().accept();
  await pass(0);
  expect(live.state()).toMatchObject({ status: "live", refusal: null });
});
