import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { type Answer, fakeSession, renderWithApi } from "../../testing/fakeApi";
import { Join } from "./Join";

const user = userEvent.setup({ delay: null });

const { instance } = fakeSession();
const invitation = {
  purpose: "INVITATION",
  email: "omar@meridian.example",
  name: "Omar Haddad",
  expiresAt: "2026-03-08T10:00:00Z",
};

function open(code: string, answers: Record<string, Answer>) {
  const onSignedIn = vi.fn();
  return {
    onSignedIn,
    ...renderWithApi(<Join code={code} onSignedIn={onSignedIn} />, { answers: { Instance: { instance }, ...answers } }),
  };
}

test("greets by name and joins with a password that is long enough", async () => {
  const { onSignedIn, calls } = open("c0de", {
    JoinLink: { oneTimeLink: invitation },
    RedeemLink: { redeemLink: { viewer: { name: "Omar Haddad" }, userErrors: [] } },
  });
  expect(await screen.findByRole("heading", { name: "Welcome, Omar Haddad" })).toBeVisible();
  expect(screen.getByLabelText("Email")).toHaveValue("omar@meridian.example");
  const password = screen.getByLabelText("Password");
  await user.type(password, "11 letters!{Enter}");
  expect(await screen.findByText("Use 12 characters or more.")).toBeVisible();
  expect(screen.getByText("11 characters")).toBeVisible();
  expect(calls.map(({ name }) => name)).not.toContain("RedeemLink");
  await user.type(password, "!{Enter}");
  await vi.waitFor(() => expect(onSignedIn).toHaveBeenCalledOnce());
  expect(calls.at(-1)?.variables).toEqual({ input: { code: "c0de", password: "11 letters!!" } });
});

test("puts what the server says of the password below it", async () => {
  const message = "This password is one of the most common ones.";
  open("c0de", {
    JoinLink: { oneTimeLink: { ...invitation, purpose: "RESET" } },
    RedeemLink: {
      redeemLink: { viewer: null, userErrors: [{ field: ["password"], message, hint: "Choose another." }] },
    },
  });
  const password = await screen.findByLabelText("New password");
  await user.type(password, "password12345{Enter}");
  await vi.waitFor(() => expect(password).toHaveAccessibleDescription(new RegExp(`${message} Choose another.`)));
  expect(password).toBeInvalid();
});

test.each([
  ["a code that is not known", "old", null],
  [
    "the link of the first setup",
    "c0de",
    { purpose: "SETUP", email: null, name: null, expiresAt: "2026-03-08T10:00:00Z" },
  ],
  ["no code", "", null],
])("offers no form for %s", async (_, code, oneTimeLink) => {
  open(code, { JoinLink: { oneTimeLink } });
  expect(await screen.findByText("This link does not work")).toBeVisible();
  expect(screen.queryByRole("textbox")).toBeNull();
});
