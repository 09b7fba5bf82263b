import { render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { type ChartDay, DayChart, type DayChartProps, spansOf } from "./DayChart";

const series = [
  { id: "a", label: "macOS", color: 1 },
  { id: "b", label: "iOS", color: 2 },
] as const;
const days: ChartDay[] = [
  { label: "1 Nov", values: null },
  { label: "2 Nov", values: [10, 20] },
  { label: "3 Nov", values: [12, 1_200] },
];

function show(more: Partial<DayChartProps> = {}) {
  render(<DayChart label="Devices" series={series} days={days} kind="areas" unknown="Not counted" {...more} />);
  return screen.getByRole("slider", { name: "Devices" });
}

test("the arrows read one day after the other, beginning with the newest", async () => {
  const user = userEvent.setup();
  const chart = show();
  expect(chart).toHaveAttribute("aria-valuetext", "3 Nov: 1,212. macOS 12, iOS 1,200");
  expect(chart).toHaveAttribute("aria-valuenow", "3");
  await user.tab();
  expect(chart).toHaveFocus();
  await user.keyboard("{ArrowLeft}");
  expect(chart).toHaveAttribute("aria-valuetext", "2 Nov: 30. macOS 10, iOS 20");
  await user.keyboard("{Home}");
  expect(chart).toHaveAttribute("aria-valuetext", "1 Nov: Not counted");
  await user.keyboard("{ArrowLeft}"); // there is nothing before
  expect(chart).toHaveAttribute("aria-valuenow", "1");
  await user.keyboard("{End}");
  expect(chart).toHaveAttribute("aria-valuenow", "3");
});

test("values are written as they are meant", () => {
  const chart = show({ kind: "columns", format: (value) => `+${value}` });
  expect(chart).toHaveAttribute("aria-valuetext", "3 Nov: +1212. macOS +12, iOS +1200");
});

test("a day that nobody counted is a gap, and never a zero", () => {
  expect(spansOf([...days, { label: "4 Nov", values: null }, { label: "5 Nov", values: [1, 1] }])).toEqual([
    { from: 0, to: 0, known: false },
    { from: 1, to: 2, known: true },
    { from: 3, to: 3, known: false },
    { from: 4, to: 4, known: true },
  ]);
  const chart = show();
  for (const path of chart.querySelectorAll("path")) expect(path.getAttribute("d")).not.toMatch(/NaN|M0 |L0 /);
});

test("a chart of one day is that day, as wide as it is", () => {
  const chart = show({ days: [{ label: "2 Nov", values: [10, 20] }] });
  for (const path of chart.querySelectorAll("path")) expect(path.getAttribute("d")).toMatch(/^M0 .*L1 /);
});
