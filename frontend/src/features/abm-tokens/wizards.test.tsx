import { Link } from "@tanstack/react-router";
import { screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { fakeSession, renderWithApi } from "../../testing/fakeApi";
import { ConnectWizard } from "./ConnectWizard";
import { NameStep } from "./NameStep";
import { RenewWizard } from "./RenewWizard";
import { TokenGate } from "./TokenGate";
import type { ExchangedToken } from "./token";
import type { Step } from "./Wizard";

const token: ExchangedToken = {
  id: "abm_1",
  name: "Tideway Logistics",
  state: "AWAITING_SERVER_TOKEN",
  expiresAt: null,
  serverName: "",
  adminId: "",
  orgName: "",
  orgId: "",
  certificatePEM: "PEM",
  certificateSha256: "ab".repeat(32),
  renewalStarted: false,
};
const connected: ExchangedToken = { ...token, state: "EXPIRING", serverName: "GuardMDM", orgName: "Tideway" };

const stepLink = (step: Step) => <Link to="." data-step={step} />;
const renewal = (shown: ExchangedToken, step: Step) => (
  <RenewWizard token={shown} step={step} stepLink={stepLink} onGenerated={async () => {}} />
);

test("gives the name to a new key pair and goes on with its token", async () => {
  const onGenerated = vi.fn();
  const { calls } = renderWithApi(<NameStep onGenerated={onGenerated} />, {
    answers: { GenerateABMToken: { generateABMToken: { abmToken: { id: "abm_7" }, userErrors: [] } } },
  });
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "Generate key" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("Enter a name");
  expect(calls).toEqual([]);
  await user.type(screen.getByLabelText("Name in GuardMDM"), " Tideway {Enter}");
  await vi.waitFor(() => expect(onGenerated).toHaveBeenCalledWith("abm_7"));
  expect(calls).toEqual([{ name: "GenerateABMToken", variables: { input: { name: "Tideway" } } }]);
});

test("shows the way at the simulated ABM where there is one", async () => {
  const session = fakeSession();
  renderWithApi(<ConnectWizard token={token} step="2" stepLink={stepLink} />, {
    session: { ...session, instance: { ...session.instance, simulatedPortalUrl: "http://127.0.0.1:8081/portal/" } },
  });
  expect(await screen.findByText("Open the simulated ABM")).toHaveAttribute("href", "http://127.0.0.1:8081/portal/");
  expect(screen.queryByText(/business.apple.com$/)).toBeNull();
  expect(screen.getByText("GuardMDM Tideway Logistics")).toBeVisible();
});

test("a step takes the focus when it begins", async () => {
  renderWithApi(<ConnectWizard token={token} step="3" stepLink={stepLink} />);
  expect(await screen.findByRole("heading", { name: "Download the server token" })).toHaveFocus();
});

test("a token that is connected already is not connected again", async () => {
  renderWithApi(<ConnectWizard token={connected} step="4" stepLink={stepLink} />);
  expect(await screen.findByText("Tideway Logistics is connected")).toBeVisible();
  expect(screen.getByText("Renew")).toHaveAttribute("href", "/settings/abm/abm_1/renew");
});

test("a renewal begins with its key, whatever step the address names", async () => {
  const { unmount } = renderWithApi(renewal(connected, "4"));
  expect(await screen.findByRole("button", { name: "Generate key" })).toBeVisible();
  unmount();
  renderWithApi(renewal({ ...connected, renewalStarted: true }, "4"));
  expect(await screen.findByRole("heading", { name: "Upload the token here" })).toBeVisible();
});

test("a renewal that was begun goes on with its key, or makes another", async () => {
  renderWithApi(renewal({ ...connected, renewalStarted: true }, "1"));
  expect(await screen.findByText("Continue renewal")).toHaveAttribute("data-step", "2");
  expect(screen.getByRole("button", { name: "Make a new key" })).toBeVisible();
});

test("says so when there is no such token", async () => {
  renderWithApi(<TokenGate id="abm_gone">{() => "found"}</TokenGate>, { answers: { TokenToExchange: { node: null } } });
  expect(await screen.findByText("There is no such ABM token")).toBeVisible();
});
