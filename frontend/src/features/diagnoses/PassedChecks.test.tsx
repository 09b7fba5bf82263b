import { screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { renderWithApi } from "../../testing/fakeApi";
import { PassedChecks } from "./PassedChecks";
import { usePassedChecks } from "./usePassedChecks";

function Passed() {
  return <PassedChecks {...usePassedChecks("abm_1")} />;
}

const check = (code: string, name: string, detail = "") => ({ __typename: "DiagnosisCheck", code, name, detail });

test("what was looked at and is fine has its name and what it was concluded from", async () => {
  const { calls } = renderWithApi(<Passed />, {
    answers: {
      PassedChecks: {
        passedChecks: [
          check("TERMS_ACCEPTED", "Apple's terms are accepted"),
          check("TOKENS_VALID", "Server tokens are valid", "3 of 3"),
          check("PUSH_CERTIFICATE_VALID", "The push certificate is valid", "until 2027-03-01T12:00:00Z"),
        ],
      },
    },
  });
  expect((await screen.findAllByRole("listitem")).map(({ textContent }) => textContent)).toEqual([
    "Apple's terms are accepted",
    "Server tokens are valid3 of 3",
    "The push certificate is validuntil 1 Mar 2027", // as the reader writes a moment
  ]);
  expect(screen.getByRole("region", { name: "Passing" })).toHaveTextContent("Passing3");
  expect(calls[0]?.variables).toEqual({ abmTokenId: "abm_1" });
});

test("without an answer it says so, and nothing passes", async () => {
  const answer = vi.fn((): unknown => {
    throw new Error("offline");
  });
  renderWithApi(<Passed />, { answers: { PassedChecks: answer } });
  expect(await screen.findByText("The checks that pass did not load")).toBeVisible();
  expect(screen.queryByRole("listitem")).toBeNull();
  answer.mockReturnValue({ passedChecks: [check("TERMS_ACCEPTED", "Apple's terms are accepted")] });
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("listitem")).toBeVisible();
});
