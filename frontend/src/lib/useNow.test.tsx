import { act, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { setClockOffset, useNow } from "./useNow";

beforeEach(() => {
  vi.useFakeTimers({ now: 10_400 });
});
afterEach(() => {
  setClockOffset(0);
  vi.useRealTimers();
});

function Clock({ interval }: { interval?: number }) {
  return <output>{useNow(interval)}</output>;
}

const shown = () => screen.getAllByRole("status").map((clock) => clock.textContent);

test("all clocks of one interval step together, by one timer, which ends with them", () => {
  const { unmount } = render(
    <>
      <Clock />
      <Clock />
    </>,
  );
  expect(shown()).toEqual(["10000", "10000"]);
  expect(vi.getTimerCount()).toBe(1);
  act(() => vi.advanceTimersByTime(600));
  expect(shown()).toEqual(["11000", "11000"]);
  unmount();
  expect(vi.getTimerCount()).toBe(0);
});

test("the clock is the server's as soon as its offset is known", () => {
  render(<Clock />);
  act(() => setClockOffset(90_000));
  expect(shown()).toEqual(["100000"]);
});

test("time in minutes takes a minute", () => {
  render(<Clock interval={60_000} />);
  expect(shown()).toEqual(["0"]);
  act(() => vi.advanceTimersByTime(49_600));
  expect(shown()).toEqual(["60000"]);
});
