import { screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { Role } from "../../gql/graphql";
import { type Answer, fakeSession, renderWithApi } from "../../testing/fakeApi";
import { AssignmentModeRow } from "./AssignmentModeRow";
import type { ListedToken } from "./tokenList";

const token = { id: "abm_1", name: "Halden Schools", state: "ACTIVE", assignmentMode: "OBSERVE" } as ListedToken;
const foreign = (count: number) => ({ node: { __typename: "ABMToken", id: "abm_1", foreignToReplace: count } });
const unanswered = () => new Promise(() => {});
const done = {
  setAssignmentMode: {
    abmToken: { __typename: "ABMToken", id: "abm_1", assignmentMode: "ENFORCE" },
    assignmentBatch: { __typename: "AssignmentBatch", id: "bat_1" },
    userErrors: [],
  },
};

function show(role: Role, more: Partial<ListedToken> = {}, answers: Record<string, Answer> = {}) {
  const view = renderWithApi(<AssignmentModeRow token={{ ...token, ...more }} />, {
    session: fakeSession(role),
    answers,
  });
  const sent = () =>
    view.calls.filter(({ name }) => name === "SetAssignmentMode").map(({ variables }) => variables.input);
  return { ...view, sent, user: userEvent.setup() };
}

test("says whether Apple is told, and that an administrator decides", async () => {
  const view = show("OPERATOR");
  expect(await screen.findByText("Observe")).toBeVisible();
  expect(screen.queryByRole("button")).toBeNull();
  view.unmount();
  show("ADMIN", { assignmentMode: null });
  expect(await screen.findByText("Not decided yet")).toBeVisible();
  expect(screen.queryByRole("button")).toBeNull();
});

test("enforcing begins after the number of profiles to replace was seen and typed", async () => {
  const { user, sent, router } = show("ADMIN", {}, { ForeignProfiles: foreign(1_204), SetAssignmentMode: done });
  await user.click(await screen.findByRole("button", { name: "Begin to enforce" }));
  expect(await screen.findByText(/1,204 devices have a profile that GuardMDM did not define/)).toBeVisible();
  const confirm = screen.getAllByRole("button", { name: "Begin to enforce" }).at(-1) as HTMLElement;
  await user.click(confirm);
  expect(sent()).toEqual([]);
  await user.type(screen.getByLabelText("Type 1204 to confirm"), "1204");
  await user.click(confirm);
  await waitFor(() => expect(router.state.location.pathname).toBe("/assignments/bat_1"));
  expect(sent()).toEqual([{ abmTokenId: "abm_1", mode: "ENFORCE", expectedCount: 1_204 }]);
});

test("until they are counted nothing can be confirmed", async () => {
  const { user, sent } = show("ADMIN", {}, { ForeignProfiles: unanswered, SetAssignmentMode: done });
  await user.click(await screen.findByRole("button", { name: "Begin to enforce" }));
  expect(await screen.findByText("Counting the profiles that would be replaced.")).toBeVisible();
  await user.click(screen.getAllByRole("button", { name: "Begin to enforce" }).at(-1) as HTMLElement);
  expect(sent()).toEqual([]);
});

test("another number by now is shown beside the one that was typed", async () => {
  const refusal = {
    field: ["expectedCount"],
    message: "It would replace 1,300, not 1,204.",
    hint: null,
    code: "CONFLICT",
  };
  const { user, router } = show(
    "ADMIN",
    {},
    {
      ForeignProfiles: foreign(3),
      SetAssignmentMode: { setAssignmentMode: { abmToken: null, assignmentBatch: null, userErrors: [refusal] } },
    },
  );
  await user.click(await screen.findByRole("button", { name: "Begin to enforce" }));
  await user.type(await screen.findByLabelText("Type 3 to confirm"), "3{Enter}");
  expect(await screen.findByText("It would replace 1,300, not 1,204.")).toBeVisible();
  expect(router.state.location.pathname).toBe("/");
});

test("observing begins without a number", async () => {
  const { user, sent } = show(
    "ADMIN",
    { assignmentMode: "ENFORCE" },
    {
      SetAssignmentMode: { setAssignmentMode: { ...done.setAssignmentMode, assignmentBatch: null } },
    },
  );
  await user.click(await screen.findByRole("button", { name: "Only observe" }));
  const buttons = await screen.findAllByRole("button", { name: "Only observe", hidden: true });
  await user.click(buttons.at(-1) as HTMLElement);
  await waitFor(() => expect(sent()).toEqual([{ abmTokenId: "abm_1", mode: "OBSERVE" }]));
});
