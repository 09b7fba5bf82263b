import { act, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { type Answer, fakeSession, refusal, renderWithApi } from "../../testing/fakeApi";
import { SignIn } from "./SignIn";

const { instance } = fakeSession();
const signedOut = { ...instance, viewer: null };

afterEach(() => {
  vi.useRealTimers();
});

function open(answers: Record<string, Answer>) {
  const onSignedIn = vi.fn();
  return {
    onSignedIn,
    ...renderWithApi(<SignIn onSignedIn={onSignedIn} />, {
      answers: { Instance: { instance: signedOut }, ...answers },
    }),
  };
}

async function fillIn(user = userEvent.setup()) {
  await user.type(await screen.findByLabelText("Email"), " Ana@Meridian.example ");
  await user.type(screen.getByLabelText("Password"), "correct horse battery{Enter}");
}

test("signs in and goes on", async () => {
  const { onSignedIn, calls } = open({ SignIn: { signIn: { viewer: { name: "Ana" }, userErrors: [] } } });
  await fillIn();
  await vi.waitFor(() => expect(onSignedIn).toHaveBeenCalledOnce());
  expect(calls.at(-1)).toEqual({
    name: "SignIn",
    variables: { input: { email: "Ana@Meridian.example", password: "correct horse battery" } },
  });
});

test("says in one place that email or password is wrong", async () => {
  const message = "The email address or the password is wrong.";
  const { onSignedIn } = open({ SignIn: { signIn: { viewer: null, userErrors: [{ message }] } } });
  await fillIn();
  expect(await screen.findByText(message)).toBeVisible();
  expect(screen.getByLabelText("Email")).toBeValid();
  expect(screen.getByLabelText("Password")).toBeValid();
  expect(onSignedIn).not.toHaveBeenCalled();
});

test("counts the wait down and keeps the button off until it is over", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true, now: new Date("2026-03-01T10:00:00Z") });
  const tooMany = () => {
    throw refusal("RATE_LIMITED", "Too many failed sign-ins. Try again in 48 seconds.", { retryAfter: 48 });
  };
  const { calls } = open({ SignIn: tooMany });
  const user = userEvent.setup({ advanceTimers: vi.advanceTimersByTime });
  await fillIn(user);
  const button = screen.getByRole("button", { name: "Sign in" });
  await vi.waitFor(() => expect(button).toHaveAccessibleDescription(/Try again in 0:4[78]/));
  const asked = calls.length;
  await user.click(button);
  expect(calls).toHaveLength(asked);
  await act(() => vi.advanceTimersByTimeAsync(30_000));
  expect(screen.getByRole("timer")).toHaveTextContent(/^Try again in 0:1\d\.$/);
  await act(() => vi.advanceTimersByTimeAsync(20_000));
  expect(screen.queryByRole("timer")).toBeNull();
  expect(button).not.toHaveAttribute("aria-disabled");
});

test("goes on at once when somebody is signed in already", async () => {
  const { onSignedIn } = open({ Instance: { instance } });
  await vi.waitFor(() => expect(onSignedIn).toHaveBeenCalled());
  expect(screen.queryByLabelText("Password")).toBeNull();
});

test("says where the setup link is while the server has no administrator", async () => {
  open({ Instance: { instance: { ...signedOut, setupNeeded: true } } });
  expect(await screen.findByText("This server has no administrator yet.")).toBeVisible();
  expect(screen.queryByLabelText("Password")).toBeNull();
});

test("says so when the server does not answer, and asks again", async () => {
  let gone = true;
  const ask = () => {
    if (gone) throw new TypeError("Failed to fetch");
    return { instance: signedOut };
  };
  open({ Instance: ask });
  const again = await screen.findByRole("button", { name: "Try again" });
  gone = false;
  await userEvent.click(again);
  expect(await screen.findByLabelText("Email")).toBeVisible();
});
