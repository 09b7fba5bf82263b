import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { type Answer, fakeSession, renderWithApi } from "../../testing/fakeApi";
import { Setup } from "./Setup";

const user = userEvent.setup({ delay: null });

beforeEach(() => {
  vi.spyOn(globalThis, "fetch").mockRejectedValue(new TypeError("Failed to fetch"));
});

const instance = { ...fakeSession().instance, setupNeeded: true };
const setupLink = { oneTimeLink: { purpose: "SETUP", expiresAt: "2026-03-02T10:00:00Z" } };

function open(code: string, answers: Record<string, Answer>) {
  const onCreated = vi.fn();
  const answered = { Instance: { instance }, ...answers };
  return { onCreated, ...renderWithApi(<Setup code={code} onCreated={onCreated} />, { answers: answered }) };
}

async function fillIn() {
  await user.type(await screen.findByLabelText("Your name"), "Ana Ferreira");
  await user.type(screen.getByLabelText("Work email"), "ana@meridian.example");
  await user.type(screen.getByLabelText("Password"), "correct horse battery{Enter}");
}

test("makes the first administrator with the link's code", async () => {
  const { onCreated, calls } = open("c0de", {
    SetupLink: setupLink,
    CreateFirstAdmin: { createFirstAdmin: { viewer: { name: "Ana Ferreira" }, userErrors: [] } },
  });
  expect(await screen.findByText("Code accepted.")).toBeVisible();
  await fillIn();
  await vi.waitFor(() => expect(onCreated).toHaveBeenCalledOnce());
  expect(calls.at(-1)?.variables).toEqual({
    input: {
      code: "c0de",
      name: "Ana Ferreira",
      email: "ana@meridian.example",
      password: "correct horse battery",
    },
  });
});

test("shows what the server refuses above the button when it is about no field", async () => {
  const refusal = { field: ["code"], message: "This server has an administrator already.", hint: "Sign in." };
  const { onCreated } = open("c0de", {
    SetupLink: setupLink,
    CreateFirstAdmin: { createFirstAdmin: { viewer: null, userErrors: [refusal] } },
  });
  await fillIn();
  expect(await screen.findByText("This server has an administrator already. Sign in.")).toBeVisible();
  expect(onCreated).not.toHaveBeenCalled();
});

test.each([
  ["without a code", "", null],
  ["with a code that is not known", "old", null],
  ["with the link of an invitation", "c0de", { purpose: "INVITATION", expiresAt: "2026-03-08T10:00:00Z" }],
])("%s says where the link is", async (_, code, oneTimeLink) => {
  open(code, { SetupLink: { oneTimeLink } });
  expect(await screen.findByText("Open the setup link")).toBeVisible();
  expect(screen.queryByRole("textbox")).toBeNull();
});

test("says so when the server has an administrator already", async () => {
  open("", { Instance: { instance: { ...instance, setupNeeded: false } } });
  expect(await screen.findByRole("link", { name: "Go to the sign-in" })).toHaveAttribute("href", "/signin");
});
