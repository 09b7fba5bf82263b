import { Link } from "@tanstack/react-router";
import { screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { type Answer, refusal, renderWithApi } from "../../testing/fakeApi";
import { UploadStep } from "./UploadStep";

const accepted = {
  __typename: "ABMToken",
  id: "abm_1",
  name: "Tideway",
  state: "ACTIVE",
  expiresAt: "2027-09-17T12:04:31Z",
  serverName: "GuardMDM Tideway",
  adminId: "abm@tideway.example",
  orgName: "Tideway Logistics",
  orgId: "55210048",
  certificatePEM: "",
  certificateSha256: `7f2a91c40e5b${"00".repeat(24)}b813`,
  renewalStarted: false,
};
const run = { __typename: "SyncRun", id: "run_1", abmTokenId: "abm_1", status: "RUNNING", devicesSeen: 3000 };

const answer = (userErrors: object[], abmToken: object | null = null) => ({
  uploadABMServerToken: { __typename: "UploadABMServerTokenPayload", abmToken, userErrors },
});
const refused = (code: string, message: string) =>
  answer([{ field: ["contentBase64"], message, hint: "Do this.", code }]);

const tooMany = () => {
  throw refusal("RATE_LIMITED", "Too many requests.");
};

async function give(upload: Answer, { renewal = false, name = "token_smime.p7m" } = {}) {
  const onAccepted = vi.fn();
  const view = renderWithApi(
    <UploadStep
      tokenId="abm_1"
      renewal={renewal}
      stepLink={(step) => <Link to="." data-step={step} />}
      onAccepted={onAccepted}
    />,
    {
      answers: {
        UploadABMServerToken: upload,
        StartSync: { startSync: { __typename: "StartSyncPayload", syncRun: run, userErrors: [] } },
      },
    },
  );
  const user = userEvent.setup();
  await user.upload(await screen.findByLabelText("Server token", { selector: "input" }), new File(["token"], name));
  return { ...view, user, onAccepted };
}

const expectCheck = (title: RegExp, text: string) =>
  waitFor(() => expect(screen.getByText(title).closest("li")).toHaveTextContent(text));

test("sends the file, shows what each check found, and starts the first sync", async () => {
  const { calls, onAccepted } = await give(answer([], accepted));
  await expectCheck(/^Decrypts/, "passed");
  await expectCheck(/^Decrypts/, "7F:2A:91:C4:0E:5B…B8:13");
  await expectCheck(/^Complete/, "Until 17 Sep 2027");
  await expectCheck(/^Organization/, "Tideway Logistics, Apple org 55210048");
  await expectCheck(/^First devices/, "3,000 so far, total unknown");
  expect(onAccepted).toHaveBeenCalledOnce();
  expect(calls.map(({ name }) => name)).toEqual(["UploadABMServerToken", "StartSync"]);
  expect(calls[0]?.variables).toEqual({
    input: { abmTokenId: "abm_1", contentBase64: btoa("token"), acceptChanges: false },
  });
});

test("marks the check that failed, says why, and takes another file", async () => {
  const { calls, user, onAccepted } = await give(refused("TOKEN_OTHER_KEY", "This token belongs to another key."));
  await expectCheck(/^Decrypts/, "failed");
  await expectCheck(/^Apple accepts/, "not reached");
  expect(screen.getByText("This token belongs to another key.")).toBeVisible();
  expect(screen.getByText("Do this.")).toBeVisible();
  expect(screen.getByText("Show the key")).toHaveAttribute("data-step", "2");
  await user.upload(screen.getByLabelText("Server token", { selector: "input" }), new File(["other"], "other.p7m"));
  await waitFor(() => expect(calls).toHaveLength(2));
  expect(onAccepted).not.toHaveBeenCalled();
});

test("shows what a renewal changes, and sends the same file again once that is accepted", async () => {
  const { calls, user } = await give(
    ({ input }) =>
      (input as { acceptChanges: boolean }).acceptChanges
        ? answer([], accepted)
        : refused("TOKEN_CHANGES", "Apple Account: a here, b in the new token."),
    { renewal: true },
  );
  expect(await screen.findByText("Apple Account: a here, b in the new token.")).toBeVisible();
  await expectCheck(/^Same organization/, "needs your confirmation");
  await user.click(screen.getByRole("button", { name: "Accept the changes" }));
  await expectCheck(/^Same organization/, "passed");
  expect(calls[1]?.variables).toMatchObject({ input: { acceptChanges: true, contentBase64: btoa("token") } });
});

test("a token of another server is offered a place of its own in a renewal alone", async () => {
  const { unmount } = await give(refused("TOKEN_OTHER_SERVER", "It is for Corvus Retail."), { renewal: true });
  expect(await screen.findByText("Add as a new organization")).toHaveAttribute("href", "/settings/abm/new");
  unmount();
  await give(refused("TOKEN_OTHER_SERVER", "It is for Corvus Retail."));
  expect(await screen.findByText("It is for Corvus Retail.")).toBeVisible();
  expect(screen.queryByText("Add as a new organization")).toBeNull();
});

test("checks the same file again when the server was not reached", async () => {
  let reached = false;
  const { user } = await give(() => {
    if (reached) return answer([], accepted);
    reached = true;
    throw new Error("no network");
  });
  expect(await screen.findByText(/did not reach GuardMDM/, { selector: "p:not(.sr-only)" })).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Check again" }));
  await expectCheck(/^Terms/, "passed");
});

test("a first sync that does not start is told beside the accepted token", async () => {
  renderWithApi(<UploadStep tokenId="abm_1" renewal={false} stepLink={() => <Link to="." />} onAccepted={() => {}} />, {
    answers: {
      UploadABMServerToken: answer([], accepted),
      StartSync: tooMany,
    },
  });
  const input = await screen.findByLabelText("Server token", { selector: "input" });
  await userEvent.upload(input, new File(["token"], "token.p7m"));
  await expectCheck(/^First devices/, "Too many requests");
  await expectCheck(/^Apple accepts/, "passed");
});
