import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { renderWithApi } from "../../testing/fakeApi";
import { EnrollmentCard } from "./EnrollmentCard";

const summary = {
  devices: 1_000,
  enrollments: { enrolling: 3, enrolled: 600, unenrolled: 2, awaitingConfiguration: 1 },
};
const counts = (assigned: number, pushed: number, pushedNotEnrolled: number, assignedNotEnrolled = assigned) => ({
  fleetSummary: { profiled: { assigned, assignedNotEnrolled, pushed, pushedNotEnrolled } },
});

const show = (answer: object | (() => never)) =>
  renderWithApi(<EnrollmentCard summary={summary as never} abmTokenId="abm_1" />, {
    answers: { EnrollmentFunnel: answer },
  });

test("four bars on one scale, each with the list that it counts", async () => {
  const { calls } = show(counts(100, 700, 80));
  expect(await screen.findByRole("progressbar", { name: "Profile assigned" })).toHaveAttribute("aria-valuenow", "800");
  const rows = screen.getAllByRole("listitem").map((row) => row.textContent);
  expect(rows.slice(0, 4)).toEqual([
    "In ABM1,000100%",
    "Profile assigned80080.0%",
    "Profile pushed70070.0%",
    "Enrolled60060.0%",
  ]);
  expect(screen.getByRole("link", { name: "Enrolled" })).toHaveAttribute("href", "/devices?enrollment=ENROLLED");
  expect(screen.getByRole("link", { name: /^Enrolling 3/ })).toHaveAttribute("href", "/devices?enrollment=ENROLLING");
  expect(screen.getByText(/Waiting in Setup Assistant/)).toHaveTextContent("1");
  expect(calls[0]?.variables).toEqual({ abmTokenId: "abm_1" });
});

test("who came here has fetched its profile, before Apple tells it", async () => {
  show(counts(500, 300, 0, 200));
  expect(await screen.findByRole("progressbar", { name: "Profile pushed" })).toHaveAttribute("aria-valuenow", "600");
  expect(screen.getByText(/did not fetch yet/)).toHaveTextContent(
    "200 have a profile that they did not fetch yet. Show",
  );
});

test("the note names the place where the most wait, and leads there", async () => {
  show(counts(20, 700, 80));
  const note = await screen.findByText(/did not begin to enroll/);
  expect(note).toHaveTextContent("80 have their profile and did not begin to enroll. Show");
  expect(within(note).getByRole("link")).toHaveAttribute("href", "/devices?assignment=PUSHED&enrollment=NOT_ENROLLED");
});

test("without an answer it says so, and asks again", async () => {
  show(() => {
    throw new Error("offline");
  });
  expect(await screen.findByRole("button", { name: "Try again" })).toBeVisible();
});
