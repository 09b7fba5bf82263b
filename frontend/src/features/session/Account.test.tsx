import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test } from "vitest";
import { setTheme } from "../../lib/theme";
import { renderWithApi } from "../../testing/fakeApi";
import { Account } from "./Account";

const user = userEvent.setup({ delay: null });

afterEach(() => setTheme("system"));

async function change() {
  await user.type(await screen.findByLabelText("Present password"), "correct horse battery");
  await user.type(screen.getByLabelText("New password"), "staple correct horse{Enter}");
}

test("changes the password and empties the form", async () => {
  const { calls } = renderWithApi(<Account />, { answers: { ChangePassword: { changePassword: { userErrors: [] } } } });
  await change();
  expect(await screen.findByText("Password changed")).toBeVisible();
  expect(screen.getByLabelText("New password")).toHaveValue("");
  expect(calls.at(-1)?.variables).toEqual({
    input: { currentPassword: "correct horse battery", newPassword: "staple correct horse" },
  });
});

test("says at the field that the present password is wrong", async () => {
  const userErrors = [{ field: ["currentPassword"], message: "The present password is wrong." }];
  renderWithApi(<Account />, { answers: { ChangePassword: { changePassword: { userErrors } } } });
  await change();
  const present = screen.getByLabelText("Present password");
  await expect.poll(() => present).toHaveAccessibleDescription("The present password is wrong.");
  expect(present).toHaveFocus();
});

test("changes the theme of the page", async () => {
  renderWithApi(<Account />);
  await user.click(await screen.findByRole("radio", { name: "Dark" }));
  expect(document.documentElement.dataset.theme).toBe("dark");
  await user.click(screen.getByRole("radio", { name: "System" }));
  expect(document.documentElement.dataset.theme).toBeUndefined();
});
