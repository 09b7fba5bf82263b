import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createPoller } from "./poller";

const times = { interval: 5000, timeout: 4000 };

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

test("asks at once, then again and again, and stops with the last subscriber", async () => {
  let asked = 0;
  const poller = createPoller(async () => ++asked, times);
  expect(asked).toBe(0);
  const stop = poller.subscribe(() => {});
  await vi.advanceTimersByTimeAsync(0);
  expect(poller.getSnapshot()).toEqual({ data: 1, dataAt: 1_000_000, failed: false });
  await vi.advanceTimersByTimeAsync(5000);
  expect(poller.getSnapshot()).toEqual({ data: 2, dataAt: 1_005_000, failed: false });
  stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toBe(2);
});

test("keeps the last answer and its time while questions fail, and recovers", async () => {
  let gone = false;
  const poller = createPoller(async () => {
    if (gone) {
      throw new Error("gone");
    }
    return "here";
  }, times);
  const listener = vi.fn();
  const stop = poller.subscribe(listener);
  await vi.advanceTimersByTimeAsync(0);
  gone = true;
  await vi.advanceTimersByTimeAsync(5000);
  expect(poller.getSnapshot()).toEqual({ data: "here", dataAt: 1_000_000, failed: true });
  gone = false;
  await vi.advanceTimersByTimeAsync(5000);
  expect(poller.getSnapshot()).toEqual({ data: "here", dataAt: 1_010_000, failed: false });
  expect(listener).toHaveBeenCalledTimes(3);
  stop();
});

test("takes an answer that does not come for a failure", async () => {
  const poller = createPoller(
    (signal) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("late")))),
    times,
  );
  const stop = poller.subscribe(() => {});
  await vi.advanceTimersByTimeAsync(4000);
  expect(poller.getSnapshot().failed).toBe(true);
  stop();
});

test("asking now replaces a question in flight, whose answer is dropped", async () => {
  const answers: ((answer: string) => void)[] = [];
  const poller = createPoller(() => new Promise<string>((resolve) => answers.push(resolve)), times);
  const stop = poller.subscribe(() => {});
  poller.askNow();
  answers[1]?.("second");
  await vi.advanceTimersByTimeAsync(0);
  answers[0]?.("first");
  await vi.advanceTimersByTimeAsync(0);
  expect(poller.getSnapshot().data).toBe("second");
  stop();
});

test("asks at once when the browser is back online", async () => {
  let asked = 0;
  const poller = createPoller(async () => ++asked, times);
  const stop = poller.subscribe(() => {});
  await vi.advanceTimersByTimeAsync(1000);
  globalThis.dispatchEvent(new Event("online"));
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toBe(2);
  stop();
});
