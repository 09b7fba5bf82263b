import { screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { type Answer, renderWithApi } from "../../testing/fakeApi";
import { PlatformHistory } from "./PlatformHistory";

const platforms = [
  { platform: "MACOS", devices: 16, addedIn30Days: 4 },
  { platform: "TVOS", devices: 2, addedIn30Days: 2 },
];
const startOfDay = (ago: number) => new Date(Math.floor(Date.now() / 86_400_000 - ago) * 86_400_000).toISOString();

function show(chart: "total" | "change" | "table", answer: Answer) {
  return renderWithApi(<PlatformHistory platforms={platforms} abmTokenId="abm_1" days={3} chart={chart} />, {
    answers: { FleetDays: answer },
  });
}

const yesterday = { fleetDays: [{ startsAt: startOfDay(1), platform: "MACOS", devices: 13 }] };

test("the course of the platforms, and what changed since the first day that was counted", async () => {
  const { calls } = show("total", yesterday);
  expect(await screen.findByRole("slider", { name: "Devices by platform, the last 3 days" })).toHaveAttribute(
    "aria-valuetext",
    expect.stringContaining(": 18. macOS 16, iOS 0, iPadOS 0, Other 2"),
  );
  expect(screen.getByRole("row", { name: "macOS 16 +3" })).toBeVisible();
  expect(screen.getByRole("row", { name: "tvOS 2 +2" })).toBeVisible();
  expect(screen.getByText(/^Devices are counted once a day \(UTC\), from /)).toBeVisible();
  expect(calls[0]?.variables).toEqual({ abmTokenId: "abm_1", days: 4 });
});

test("on the first day it says that there is no course yet, and what was added by Apple's dates", async () => {
  show("total", { fleetDays: [] });
  expect(await screen.findByText(/from today on: the course shows as the days pass/)).toBeVisible();
  expect(screen.getByRole("columnheader", { name: "In 30 days" })).toBeVisible();
  expect(screen.getByRole("row", { name: "macOS 16 +4" })).toBeVisible();
});

test("the same as a table, each platform apart, the newest day on top", async () => {
  show("table", yesterday);
  const table = within(await screen.findByRole("region", { name: "Devices by platform and day" }));
  const rows = table.getAllByRole("row");
  expect(rows.map((row) => row.textContent)).toEqual([
    "DayAllmacOStvOS",
    expect.stringMatching(/18162$/),
    expect.stringMatching(/13130$/),
    expect.stringMatching(/Not counted$/),
  ]);
});

test("without the days the platforms are there, and it can be tried again", async () => {
  const answer = vi.fn((): unknown => {
    throw new Error("offline");
  });
  show("change", answer);
  expect(await screen.findByText("The days before today did not load")).toBeVisible();
  expect(screen.getByRole("row", { name: /^macOS 16/ })).toBeVisible();
  answer.mockReturnValue(yesterday);
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("slider", { name: "Change of the devices per day, the last 3 days" })).toBeVisible();
});
