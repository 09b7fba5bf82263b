import { act, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { SerialSearch } from "./SerialSearch";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const input = () => screen.getByRole<HTMLInputElement>("searchbox");
const type = (value: string) => fireEvent.change(input(), { target: { value } });
const rest = () => act(() => vi.advanceTimersByTime(200));

test("searches in upper case once typing rests", () => {
  const onSearch = vi.fn();
  render(<SerialSearch value="" onSearch={onSearch} />);
  type("c");
  type("c0");
  expect(input().value).toBe("C0");
  expect(onSearch).not.toHaveBeenCalled();
  rest();
  expect(onSearch.mock.calls).toEqual([["C0"]]);
});

test("the echo of a search does not undo what was typed since; going back does", () => {
  const onSearch = vi.fn();
  const { rerender } = render(<SerialSearch value="" onSearch={onSearch} />);
  type("c0");
  rest();
  type("c02");
  rerender(<SerialSearch value="C0" onSearch={onSearch} />);
  expect(input().value).toBe("C02");
  rest();
  rerender(<SerialSearch value="C02" onSearch={onSearch} />);
  rerender(<SerialSearch value="" onSearch={onSearch} />);
  expect(input().value).toBe("");
  rest();
  expect(onSearch.mock.calls).toEqual([["C0"], ["C02"]]);
});
