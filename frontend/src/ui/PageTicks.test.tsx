import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { mostTicks, PageTicks, type PageTicksProps } from "./PageTicks";

function parts(props: Omit<PageTicksProps, "label">) {
  const { container, unmount } = render(<PageTicks label="Pages" {...props} />);
  const found = [...container.querySelectorAll<HTMLElement>("[data-part]")].map((part) => part.dataset.part);
  const { ariaValueText, ariaValueNow, ariaValueMax } = screen.getByRole("progressbar", { name: "Pages" });
  unmount();
  return { found, text: ariaValueText, now: ariaValueNow, max: ariaValueMax };
}

const times = (count: number, part: string) => Array.from({ length: count }, () => part);

test("one tick is one page", () => {
  expect(parts({ done: 6, inFlight: 1, total: 10 })).toEqual({
    found: [...times(6, "done"), "inFlight", ...times(3, "rest")],
    text: "6 of 10 pages",
    now: "6",
    max: "10",
  });
});

test("an unknown total is the ticks so far and a hatched rest, and no percentage", () => {
  expect(parts({ done: 1, inFlight: 1 })).toEqual({
    found: ["done", "inFlight", "unknown"],
    text: "1 page, total unknown",
    now: null,
    max: null,
  });
});

test("a total that was passed is unknown", () => {
  expect(parts({ done: 11, inFlight: 0, total: 10 }).text).toBe("11 pages, total unknown");
});

test("more ticks than can be told apart are a bar", () => {
  expect(parts({ done: mostTicks, inFlight: 0, total: mostTicks }).found).toHaveLength(mostTicks);
  expect(parts({ done: 5, inFlight: 2, total: 10_000 }).found).toEqual(["bar"]);
  expect(parts({ done: 9000, inFlight: 2 }).found).toEqual(["bar", "unknown"]);
});
