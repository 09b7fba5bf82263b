import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { type Answer, fakeSession, renderWithApi } from "../../testing/fakeApi";
import { ApiTokens } from "./ApiTokens";

const user = userEvent.setup({ delay: null });

const inventory = {
  __typename: "APIToken",
  id: "tok_1",
  name: "ci-inventory",
  role: "VIEWER",
  hint: "gmdm_8fK2",
  createdAt: "2026-01-01T10:00:00Z",
  createdBy: "Ana Ferreira",
  lastUsedAt: null,
  expiresAt: null,
  revokedAt: null,
};

const page = (nodes: object[]) => ({ apiTokens: { nodes, pageInfo: { hasNextPage: false, endCursor: null } } });
const open = (answers: Record<string, Answer>, session = fakeSession()) =>
  renderWithApi(<ApiTokens />, { answers, session });

test("makes a token for 90 days, shows it once, with a call that works", async () => {
  const { calls } = open({
    ApiTokens: page([]),
    CreateApiToken: { createAPIToken: { apiToken: inventory, secret: "gmdm_secret", userErrors: [] } },
  });
  await user.click(await screen.findByRole("button", { name: "New API token" }));
  await user.type(await screen.findByLabelText("Name"), "ci-inventory");
  await user.click(screen.getByRole("button", { name: "Create token" }));
  const dialog = await screen.findByRole("dialog", { name: "Copy the token ci-inventory" });
  expect(within(dialog).getByText("gmdm_secret")).toBeVisible();
  expect(within(dialog).getByText(/^curl /)).toHaveTextContent(
    `curl ${location.origin}/graphql -H 'Authorization: Bearer gmdm_secret' -H 'Content-Type: application/json' -d '{"query":"{ viewer { name role } }"}'`,
  );
  const input = calls.find(({ name }) => name === "CreateApiToken")?.variables.input as Record<string, string>;
  expect(input).toMatchObject({ name: "ci-inventory", role: "VIEWER" });
  expect((Date.parse(input.expiresAt ?? "") - Date.now()) / 86_400_000).toBeCloseTo(90, 2);
  await user.click(within(dialog).getByRole("button", { name: "Done" }));
  expect(screen.queryByText("gmdm_secret")).toBeNull();
});

test("a token that never expires is sent without an end", async () => {
  const { calls } = open({
    ApiTokens: page([]),
    CreateApiToken: { createAPIToken: { apiToken: inventory, secret: "gmdm_secret", userErrors: [] } },
  });
  await user.click(await screen.findByRole("button", { name: "New API token" }));
  await user.type(await screen.findByLabelText("Name"), "ci");
  await user.selectOptions(screen.getByLabelText("Expires"), "Never");
  await user.click(screen.getByRole("button", { name: "Create token" }));
  await screen.findByText("gmdm_secret");
  expect(calls.find(({ name }) => name === "CreateApiToken")?.variables).toEqual({
    input: { name: "ci", role: "VIEWER" },
  });
});

test("revokes a token, which then stands with the ended ones", async () => {
  let token: object = inventory;
  const list = () => page([token]);
  const revoke = () => {
    token = { ...inventory, revokedAt: "2026-02-01T10:00:00Z" };
    return { revokeAPIToken: { apiToken: token, userErrors: [] } };
  };
  open({ ApiTokens: list, RevokeApiToken: revoke });
  await user.click(await screen.findByRole("button", { name: "Revoke ci-inventory" }));
  const dialog = await screen.findByRole("dialog", { name: "Revoke ci-inventory" });
  await user.click(within(dialog).getByRole("button", { name: "Revoke" }));
  expect(await screen.findByText("No token is active")).toBeVisible();
  await user.click(screen.getByRole("radio", { name: "All" }));
  expect(within(screen.getByRole("row", { name: /ci-inventory/ })).getByText("Revoked")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Revoke ci-inventory" })).toBeNull();
});

test("others see the tokens, and nothing to do", async () => {
  open({ ApiTokens: page([inventory]) }, fakeSession("VIEWER"));
  expect(await screen.findByText("ci-inventory")).toBeVisible();
  expect(screen.queryByRole("button", { name: /Revoke|New/ })).toBeNull();
});
