import { screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { makeFragmentData } from "../../gql";
import type { Role } from "../../gql/graphql";
import { fakeSession, renderWithApi } from "../../testing/fakeApi";
import { DeviceProfile } from "./DeviceProfile";
import { DeviceProfileFragment, type DeviceProfile as Fields, ladderOf } from "./deviceProfile";

const standard = { id: "ade_1", name: "Mac Standard" };
const faculty = { id: "ade_2", name: "Mac Faculty" };
const step = { adeProfile: null, deviceGroup: null, abmToken: null };

const device: Fields = {
  id: "dev_1",
  serialNumber: "C02XK1ZKJGH5",
  removedAt: null,
  profileSource: "GROUP",
  assignmentStatus: "FAILED",
  hasForeignProfile: false,
  appliesAfterErase: false,
  mdmMigrationDeadline: null,
  assignmentProblem: null,
  profileExplanation: [
    { ...step, source: "DEVICE", verdict: "NOTHING_SET", text: "The device has no choice of its own." },
    { ...step, source: "GROUP", verdict: "DECIDES", text: "It is in Faculty, order 2.", adeProfile: faculty },
    { ...step, source: "GROUP", verdict: "OVERRULED", text: "It is in Library, order 9.", adeProfile: standard },
    { ...step, source: "PLATFORM_DEFAULT", verdict: "OVERRULED", text: "The default of macOS.", adeProfile: standard },
    { ...step, source: "NONE", verdict: "OVERRULED", text: "Only if nothing else decides." },
  ],
  deviceGroups: [{ id: "grp_2", name: "Faculty" }],
};

function show(more: Partial<Fields> = {}, role: Role = "OPERATOR") {
  const view = renderWithApi(
    <DeviceProfile device={makeFragmentData({ ...device, ...more }, DeviceProfileFragment)} />,
    {
      session: fakeSession(role),
      answers: { ProfileChoices: { adeProfiles: { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } } } },
    },
  );
  return { ...view, user: userEvent.setup() };
}

test("the rung that decides is marked, and what it overrules is struck through", async () => {
  show();
  const ladder = await screen.findByRole("list");
  const rungs = within(ladder).getAllByRole("listitem");
  expect(rungs.map((rung) => rung.getAttribute("aria-current"))).toEqual([null, "true", null, null]);
  expect(rungs[1]).toHaveTextContent("GroupIt is in Faculty, order 2.Mac Faculty");
  expect(rungs[1]).toHaveTextContent("Does not apply: Mac Standard"); // the second group
  expect(rungs[2]).toHaveTextContent("OS defaultThe default of macOS.Does not apply: Mac Standard");
  expect(rungs[3]).toHaveTextContent("UnassignedOnly if nothing else decides.");
  expect(screen.getByRole("link", { name: "Faculty" })).toHaveAttribute("href", "/groups/grp_2");
});

test("kinds of rules that say nothing have their rungs, and one that is not known stands before the last", () => {
  const steps = [
    { ...step, source: "NONE", verdict: "DECIDES", text: "" },
    { ...step, source: "WEATHER", verdict: "NOTHING_SET", text: "" },
  ] as unknown as Fields["profileExplanation"];
  expect(ladderOf(steps).map(({ source, state }) => `${source} ${state}`)).toEqual([
    "DEVICE empty",
    "GROUP empty",
    "PLATFORM_DEFAULT empty",
    "WEATHER empty",
    "NONE decides",
  ]);
});

test("a problem counts down to the next try", async () => {
  vi.useFakeTimers({ now: Date.parse("2026-09-17T14:41:42Z"), toFake: ["Date"] });
  show({
    assignmentProblem: {
      code: "THROTTLED",
      message: "Apple wants a pause.",
      hint: null,
      nextAttemptAt: "2026-09-17T14:45:00Z",
      attempts: 2,
    },
  });
  expect(await screen.findByText(/Apple does not have the profile: THROTTLED/)).toBeVisible();
  expect(screen.getByText(/in 3:18/)).toBeVisible();
  expect(screen.getByText(/Tried 2 times\./)).toBeVisible();
  vi.useRealTimers();
});

test("a device that waits has no problem, and one that Apple refuses says what to do", async () => {
  const waits = {
    code: "PENDING",
    message: "The device waits for its turn.",
    hint: null,
    nextAttemptAt: null,
    attempts: 0,
  };
  const first = show({ assignmentProblem: waits });
  expect(await screen.findByText("Apple is not told")).toBeVisible();
  expect(screen.queryByText(/Tried/)).toBeNull();
  first.unmount();
  const refused = {
    code: "NOT_ACCESSIBLE",
    message: "It moved.",
    hint: "Assign it in ABM.",
    nextAttemptAt: null,
    attempts: 3,
  };
  show({ assignmentProblem: refused });
  expect(await screen.findByText("It moved. Assign it in ABM.")).toBeVisible();
  expect(screen.getByText(/Apple is not asked again by itself/)).toBeVisible();
});

test("an enrollment manager sets a profile from the ladder, or by A", async () => {
  const { user } = show();
  await user.click(await screen.findByRole("button", { name: "Set a profile on this device" }));
  expect(await screen.findByRole("dialog", { name: "Assign a profile to 1 device" })).toBeVisible();
  await user.keyboard("{Escape}");
  await vi.waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  await user.keyboard("a");
  expect(await screen.findByRole("dialog", { name: "Assign a profile to 1 device" })).toBeVisible();
});

test("who may not act, and a device that is gone, have no actions", async () => {
  const viewer = show({}, "VIEWER");
  await screen.findByRole("list");
  expect(screen.queryAllByRole("button")).toEqual([]);
  viewer.unmount();
  show({ removedAt: "2026-09-17T12:00:00Z" });
  await screen.findByRole("list");
  expect(screen.queryAllByRole("button")).toEqual([]);
});
