import { act, screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { type Answer, renderWithApi } from "../../testing/fakeApi";
import type { Selection } from "../devices/selection";
import { AssignDialog } from "./AssignDialog";
import { ClearDialog } from "./ClearDialog";
import { UnassignDialog } from "./UnassignDialog";

const version = (id: string) => ({
  __typename: "ADEProfileVersion",
  id,
  number: 1,
  content: { isSupervised: true, isMandatory: true, isMdmRemovable: false, skipSetupItems: ["Siri", "TOS"] },
});
const profiles = [
  {
    __typename: "ADEProfile",
    id: "ade_1",
    name: "Mac Standard",
    platforms: ["MACOS"],
    publishedVersion: version("v1"),
  },
  { __typename: "ADEProfile", id: "ade_2", name: "Mac Faculty", platforms: [], publishedVersion: version("v2") },
  { __typename: "ADEProfile", id: "ade_3", name: "Draft", platforms: ["MACOS"], publishedVersion: null },
];
const preview = {
  __typename: "AssignmentPreview",
  devices: 12_481,
  changes: [{ devices: 12_000, from: { id: "ade_1", name: "Mac Standard" }, to: { id: "ade_2", name: "Mac Faculty" } }],
  unchanged: 481,
  observed: 0,
  foreign: 0,
  activated: 9_000,
  throttled: 0,
  warnings: [{ field: "skipSetupItems", message: "macOS has no pane Siri." }],
};
const batch = {
  __typename: "AssignmentBatch",
  id: "bat_1",
  cause: "ASSIGN",
  status: "RUNNING",
  title: "Mac Faculty",
  requestedBy: "Ana Ferreira",
  devices: 12_481,
  counted: true,
  total: 12_000,
  succeeded: 0,
  failed: 0,
  createdAt: "2026-09-17T12:00:00Z",
  updatedAt: "2026-09-17T12:00:00Z",
  finishedAt: null,
};
const all: Selection = { where: { removedAtIsNil: true }, matching: 12_483, except: new Set(["dev_1", "dev_2"]) };

const answers = {
  ProfileChoices: { adeProfiles: { nodes: profiles, pageInfo: { hasNextPage: false, endCursor: null } } },
  AssignmentPreview: { assignmentPreview: { preview, userErrors: [] } },
  AssignADEProfile: { assignADEProfile: { assignmentBatch: batch, userErrors: [] } },
  ClearPreview: {
    all: { totalCount: 12_481 },
    fetched: { totalCount: 9_000 },
    without: { totalCount: 0 },
  },
  ClearADEProfile: { clearADEProfile: { assignmentBatch: batch, userErrors: [] } },
  UnassignADEProfile: { unassignADEProfile: { assignmentBatch: batch, userErrors: [] } },
};

function show(Dialog: typeof AssignDialog, selection: Selection, more: Record<string, Answer> = {}) {
  const [onDone, onOpenChange] = [vi.fn(), vi.fn()];
  const view = renderWithApi(<Dialog selection={selection} open onOpenChange={onOpenChange} onDone={onDone} />, {
    answers: { ...answers, ...more },
  });
  return { ...view, onDone, onOpenChange, user: userEvent.setup() };
}

test("says what will happen, and assigns to as many devices as were seen", async () => {
  const { user, calls, push, onDone } = show(AssignDialog, all);
  expect(await screen.findByRole("dialog", { name: "Assign a profile to 12,481 devices" })).toBeVisible();
  expect(await screen.findByRole("radio", { name: /Draft/ })).toBeDisabled();
  expect(screen.getByRole("button", { name: /^Assign to/ })).toHaveAccessibleDescription("Choose a profile first");
  await user.click(screen.getByRole("radio", { name: /Mac Faculty/ }));

  const list = await screen.findByRole("list", { name: "What will happen" });
  expect(
    within(list)
      .getAllByRole("listitem")
      .map((row) => row.textContent),
  ).toEqual([
    "12,000 get Mac Faculty in place of Mac Standard",
    "481 keep what they have by the rules",
    "9,000 have fetched a profile already: the new one applies after their next erase",
  ]);
  expect(screen.getByText("macOS has no pane Siri.")).toBeVisible();
  expect(screen.getByText(/at least 12 requests/)).toBeVisible();

  await user.click(screen.getByRole("button", { name: "Assign to 12,481" }));
  expect(await screen.findByText("0 of 12,000 devices")).toBeVisible();
  expect(calls.find(({ name }) => name === "AssignADEProfile")?.variables).toEqual({
    input: {
      adeProfileId: "ade_2",
      where: { removedAtIsNil: true },
      exceptIds: ["dev_1", "dev_2"],
      expectedCount: 12_483,
    },
  });

  const later = { ...batch, succeeded: 6_000, failed: 3, updatedAt: "2026-09-17T12:00:05Z" };
  act(() => push("AssignmentProgress", { assignmentProgress: later }));
  expect(await screen.findByText("6,000 of 12,000 devices")).toBeVisible();
  expect(screen.getByText("3 not taken by Apple, 5,997 wait, 481 had it before")).toBeVisible();
  expect(screen.getByRole("progressbar")).toHaveAttribute("aria-valuenow", "6000");
  expect(screen.getByRole("status")).toHaveTextContent("Running, 50 percent");
  expect(onDone).not.toHaveBeenCalled();
  await user.click(screen.getAllByRole("button", { name: "Close" })[0] as HTMLElement);
  expect(onDone).toHaveBeenCalledOnce();
});

test("another number than was selected is shown before anybody agrees", async () => {
  const { user } = show(AssignDialog, { where: {}, matching: 12_483, except: new Set() });
  await user.click(await screen.findByRole("radio", { name: /Mac Standard/ }));
  expect(await screen.findByText("You selected 12,483; 12,481 match now.")).toBeVisible();
  expect(screen.getByRole("button", { name: "Assign to 12,481" })).toBeEnabled();
});

test("what the server refuses is said, and nothing is begun", async () => {
  const refusal = {
    field: ["expectedCount"],
    message: "12,490 devices are meant, not 12,481.",
    hint: "Look again.",
    code: "CONFLICT",
  };
  const { user, onDone } = show(AssignDialog, all, {
    AssignADEProfile: { assignADEProfile: { assignmentBatch: null, userErrors: [refusal] } },
  });
  await user.click(await screen.findByRole("radio", { name: /Mac Standard/ }));
  await user.click(await screen.findByRole("button", { name: "Assign to 12,481" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("12,490 devices are meant, not 12,481. Look again.");
  expect(screen.queryByRole("progressbar")).toBeNull();
  expect(onDone).not.toHaveBeenCalled();
});

test("the preview of the profile that was chosen last is shown, not the one that answers last", async () => {
  let release = () => {};
  const slow = new Promise<void>((resolve) => {
    release = resolve;
  });
  const answer = async ({ input }: Record<string, unknown>) => {
    const late = (input as { adeProfileId: string }).adeProfileId === "ade_1";
    if (late) await slow;
    return { assignmentPreview: { preview: { ...preview, devices: late ? 1 : 2 }, userErrors: [] } };
  };
  const { user } = show(AssignDialog, all, { AssignmentPreview: answer });
  await user.click(await screen.findByRole("radio", { name: /Mac Standard/ }));
  await user.click(screen.getByRole("radio", { name: /Mac Faculty/ }));
  expect(await screen.findByRole("button", { name: "Assign to 2" })).toBeVisible();
  await act(async () => release());
  expect(screen.getByRole("button", { name: "Assign to 2" })).toBeVisible();
});

test("taking many own profiles back asks for their number", async () => {
  const { user, calls } = show(UnassignDialog, all);
  const remove = await screen.findByRole("button", { name: "Remove own profile" });
  await user.type(await screen.findByLabelText("Type 12481 to confirm"), "12");
  await user.click(remove);
  expect(calls.some(({ name }) => name === "UnassignADEProfile")).toBe(false);
  await user.type(screen.getByLabelText("Type 12481 to confirm"), "481");
  await user.click(remove);
  await waitFor(() => expect(screen.getByRole("progressbar")).toBeVisible());
  expect(calls.find(({ name }) => name === "AssignmentPreview")?.variables).toEqual({
    input: { where: { removedAtIsNil: true }, exceptIds: ["dev_1", "dev_2"] },
  });
});

test("a few devices are named, and need no number", async () => {
  const { user, calls } = show(
    UnassignDialog,
    { ids: new Set(["dev_7"]) },
    {
      AssignmentPreview: { assignmentPreview: { preview: { ...preview, devices: 1 }, userErrors: [] } },
    },
  );
  const remove = await screen.findByRole("button", { name: "Remove own profile" });
  await waitFor(() => expect(remove).not.toHaveAttribute("aria-disabled"));
  await user.click(remove);
  await screen.findByRole("progressbar");
  expect(calls.find(({ name }) => name === "UnassignADEProfile")?.variables).toEqual({
    input: { deviceIds: ["dev_7"] },
  });
});

test("clearing says what it does, and is for those who type how many devices it concerns", async () => {
  const { user, calls } = show(ClearDialog, all);
  expect(await screen.findByRole("dialog", { name: "Clear the profile of 12,481 devices at Apple" })).toBeVisible();
  const list = await screen.findByRole("list", { name: "What will happen" });
  expect(
    within(list)
      .getAllByRole("listitem")
      .map((row) => row.textContent),
  ).toEqual([
    "12,481 are to have no profile at Apple",
    "9,000 have fetched their profile: they stay enrolled, and have none after their next erase",
  ]);
  const clear = screen.getByRole("button", { name: "Clear 12,481 profiles" });
  expect(clear).toHaveAccessibleDescription("Type 12481 first");
  await user.type(screen.getByLabelText("Type 12481 to confirm"), "12,481");
  await user.click(clear);
  expect(await screen.findByRole("progressbar")).toBeVisible();
  expect(calls.find(({ name }) => name === "ClearADEProfile")?.variables).toEqual({
    input: { where: { removedAtIsNil: true }, exceptIds: ["dev_1", "dev_2"], expectedCount: 12_483 },
  });
  const left = { removedAtIsNil: true, not: { idIn: ["dev_1", "dev_2"] } };
  expect(calls.find(({ name }) => name === "ClearPreview")?.variables).toEqual({
    all: left,
    fetched: { and: [left, { assignmentStatus: "PUSHED" }] },
    without: { and: [left, { assignmentStatus: "UNASSIGNED" }] },
  });
});

test("a refusal to clear is said, and a few devices need no number", async () => {
  const { user } = show(
    ClearDialog,
    { ids: new Set(["dev_7"]) },
    {
      ClearPreview: { all: { totalCount: 1 }, fetched: { totalCount: 0 }, without: { totalCount: 1 } },
      ClearADEProfile: {
        clearADEProfile: {
          assignmentBatch: null,
          userErrors: [{ field: null, message: "It left.", hint: "Look again.", code: "CONFLICT" }],
        },
      },
    },
  );
  expect(await screen.findByText("has none by the rules already, and gets none by coming rules either")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Clear profile" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("It left. Look again.");
});
