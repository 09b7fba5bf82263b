import { screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { Role } from "../../gql/graphql";
import { type Answer, fakeSession, renderWithApi } from "../../testing/fakeApi";
import { OrganizationsProvider } from "../organizations/OrganizationsProvider";
import { HeldBanner } from "./HeldBanner";

const token = {
  __typename: "ABMToken",
  id: "abm_1",
  name: "Brightline Health",
  orgName: "Brightline Health",
  state: "ACTIVE" as const,
  deviceCount: 1_203,
  heldRemovals: 812,
  heldAt: "2026-09-17T12:00:00Z",
  lastRun: null,
  lastFullRun: null,
};

function show(role: Role, answers: Record<string, Answer> = {}) {
  const view = renderWithApi(
    <OrganizationsProvider>
      <HeldBanner token={token} />
    </OrganizationsProvider>,
    { session: fakeSession(role), answers: { Organizations: { abmTokens: { nodes: [token] } }, ...answers } },
  );
  return { ...view, user: userEvent.setup() };
}

const refusal = {
  field: ["expectedCount"],
  message: '820 removals of "Brightline Health" are held, not 812.',
  hint: "Look at the number again before confirming it.",
  code: "CONFLICT",
};

test("says how many of how many are kept and why", async () => {
  show("VIEWER");
  expect(await screen.findByText("812 devices of Brightline Health wait for a decision")).toBeVisible();
  expect(screen.getByText(/Apple's list no longer contains 812 of 1,203 devices/)).toBeVisible();
});

test("who may not confirm is told that an administrator does", async () => {
  const viewer = show("VIEWER");
  expect(await screen.findByText(/If they are gone, an administrator confirms/)).toBeVisible();
  expect(screen.queryAllByRole("button")).toEqual([]);
  viewer.unmount();
  show("OPERATOR");
  expect(await screen.findByRole("button", { name: "Full sync" })).toBeVisible();
  expect(screen.getByText(/If they are gone, an administrator confirms/)).toBeVisible();
  expect(screen.queryByRole("button", { name: /^Remove/ })).toBeNull();
});

test("an administrator types the number, and goes to the run", async () => {
  const run = { __typename: "SyncRun", id: "run_7", abmTokenId: "abm_1", status: "RUNNING", updatedAt: token.heldAt };
  const { user, calls, router } = show("ADMIN", {
    ConfirmHeldRemovals: { confirmHeldRemovals: { syncRun: run, userErrors: [] } },
  });
  await user.click(await screen.findByRole("button", { name: "Remove 812" }));
  const remove = await screen.findByRole("button", { name: "Remove" });
  await user.type(screen.getByLabelText("Type 812 to confirm"), "81");
  await user.click(remove);
  expect(calls.filter(({ name }) => name === "ConfirmHeldRemovals")).toEqual([]);
  await user.type(screen.getByLabelText("Type 812 to confirm"), "2");
  await user.click(remove);
  await waitFor(() => expect(router.state.location.pathname).toBe("/sync/run_7"));
  expect(calls.filter(({ name }) => name === "ConfirmHeldRemovals")).toEqual([
    { name: "ConfirmHeldRemovals", variables: { input: { abmTokenId: "abm_1", expectedCount: 812 } } },
  ]);
});

test("another number by now is shown beside the one that was confirmed", async () => {
  const { user, router } = show("ADMIN", {
    ConfirmHeldRemovals: { confirmHeldRemovals: { syncRun: null, userErrors: [refusal] } },
  });
  await user.click(await screen.findByRole("button", { name: "Remove 812" }));
  await user.type(await screen.findByLabelText("Type 812 to confirm"), "812");
  await user.click(screen.getByRole("button", { name: "Remove" }));
  expect(await screen.findByText(/820 removals of "Brightline Health" are held, not 812/)).toBeVisible();
  expect(screen.getByRole("dialog")).toBeVisible();
  expect(router.state.location.pathname).toBe("/");
});
