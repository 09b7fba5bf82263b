import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { renderWithApi } from "../../testing/fakeApi";
import { FleetTiles } from "./FleetTiles";

const summary = {
  devices: 1_000,
  addedIn30Days: 40,
  enrollments: { enrolled: 600 },
  unfinished: { waiting: 360, unassigned: 37, notAccessible: 3 },
  removed: 7,
  removedIn30Days: 2,
};

test("each tile leads to the list that it counts", async () => {
  renderWithApi(<FleetTiles summary={summary as never} />);
  expect(await screen.findByRole("link", { name: /^Assigned, not enrolled360/ })).toHaveAttribute(
    "href",
    "/devices?assignment=GIVEN&enrollment=UNFINISHED",
  );
  const tiles = screen.getAllByRole("listitem").map((tile) => tile.textContent);
  expect(tiles).toEqual([
    "Devices in ABM1,000+40 in 30 days",
    "Enrolled60060.0% of the fleet",
    "Assigned, not enrolled36036.0% of the fleet",
    "Unassigned37no rule gives a profile",
    "Assignment failed3NOT_ACCESSIBLE",
    "Removed from ABM72 in 30 days",
  ]);
  expect(screen.getByRole("link", { name: /^Unassigned/ })).toHaveAttribute(
    "href",
    "/devices?assignment=UNASSIGNED&enrollment=UNFINISHED",
  );
});

test("a failure that no device has is no alarm", async () => {
  const unfinished = { ...summary.unfinished, notAccessible: 0 };
  renderWithApi(<FleetTiles summary={{ ...summary, unfinished } as never} />);
  const failed = await screen.findByRole("link", { name: /^Assignment failed0/ });
  expect(failed.querySelector("svg")).toHaveClass("text-muted");
  expect(screen.getByRole("link", { name: /^Unassigned37/ }).querySelector("svg")).toHaveClass("text-warn");
});
