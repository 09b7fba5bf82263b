import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { renderWithApi } from "../../testing/fakeApi";
import { FleetTiles } from "./FleetTiles";

const summary = {
  devices: 1_000,
  addedIn30Days: 40,
  enrollments: { enrolled: 600 },
  removed: 7,
  removedIn30Days: 2,
};

const show = (standing: object | (() => never)) =>
  renderWithApi(<FleetTiles summary={summary as never} abmTokenId="abm_1" />, { answers: { FleetStanding: standing } });

test("the tiles add up to the fleet, and each leads to the list that it counts", async () => {
  const { calls } = show({ failed: { totalCount: 3 }, unassigned: { totalCount: 37 } });
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
  expect(calls[0]?.variables).toMatchObject({
    failed: {
      removedAtIsNil: true,
      abmTokenId: "abm_1",
      assignmentStatus: "NOT_ACCESSIBLE",
      not: { or: [{ enrollmentStatus: "ENROLLED" }] },
    },
  });
});

test("what could not be counted is said, and is no zero", async () => {
  show(() => {
    throw new Error("offline");
  });
  expect(await screen.findByRole("link", { name: /^UnassignedNot known/ })).toBeVisible();
});
