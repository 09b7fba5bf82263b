import { screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import type { Role } from "../../gql/graphql";
import { type Answer, fakeSession, refusal, renderWithApi } from "../../testing/fakeApi";
import { OrganizationsProvider } from "../organizations/OrganizationsProvider";
import { SyncProvider } from "../sync/SyncProvider";
import { DeviceDiagnosis } from "./DeviceDiagnosis";

const nothing = { text: "", actions: [] };

function step(kind: string, verdict: string, more: object = {}) {
  return {
    kind,
    verdict,
    text: `Text of ${kind}.`,
    evidence: [`Evidence of ${kind}`],
    at: null,
    fix: nothing,
    ...more,
  };
}

const held = {
  diagnoseDevice: {
    serialNumber: "F17DX9Q2N70F",
    standsAt: "RELEASED",
    device: { __typename: "Device", id: "dev_1", serialNumber: "F17DX9Q2N70F", model: "iPhone 16" },
    abmToken: { __typename: "ABMToken", id: "abm_1", name: "Halden Schools" },
    adeProfile: null,
    steps: [
      step("KNOWN_AT_APPLE", "UNKNOWN"),
      step("TOKEN_WORKS", "FAILED", { fix: { text: "Renew it.", actions: [{ kind: "RENEW_TOKEN", role: "ADMIN" }] } }),
      step("CHECKED_IN", "PASSED"),
      step("RELEASED", "WAITING", {
        fix: { text: "It goes on by itself.", actions: [{ kind: "RELEASE_DEVICE", role: "OPERATOR" }] },
      }),
    ],
  },
};

function show(answer: Answer, role: Role = "ADMIN") {
  const onClose = vi.fn();
  const view = renderWithApi(
    <OrganizationsProvider>
      <SyncProvider>
        <DeviceDiagnosis serialNumber="F17DX9Q2N70F" onClose={onClose} />
      </SyncProvider>
    </OrganizationsProvider>,
    { session: fakeSession(role), answers: { Organizations: { abmTokens: { nodes: [] } }, DiagnoseDevice: answer } },
  );
  return { ...view, user: userEvent.setup(), onClose };
}

test("says where the device stands, step by step, and what is next there", async () => {
  show(held);
  expect(await screen.findByText(/^It stands at/)).toHaveTextContent("It stands at Set up: Text of RELEASED.");
  const [, , enrolled, released] = within(screen.getByRole("list", { name: "Steps" })).getAllByRole("heading");
  expect(enrolled).toHaveTextContent("Checked in and enrolled: Done");
  expect(released?.closest("li")).toHaveAttribute("aria-current", "step");
  expect(await screen.findByRole("button", { name: "Release now" })).toBeVisible();
  expect(screen.getByRole("link", { name: "Renew token" })).toBeVisible();
});

test("what the role may not do is not offered", async () => {
  show(held, "VIEWER");
  await screen.findByText(/^It stands at/);
  expect(screen.queryByRole("button", { name: "Release now" })).toBeNull();
  expect(screen.getByText("It goes on by itself.")).toBeVisible();
});

test("a step that is not reached says nothing of what is next", async () => {
  show({
    diagnoseDevice: {
      ...held.diagnoseDevice,
      device: null,
      standsAt: "KNOWN_AT_APPLE",
      steps: [
        step("KNOWN_AT_APPLE", "FAILED", {
          fix: { text: "Assign it.", actions: [{ kind: "OPEN_ABM", role: "VIEWER" }] },
        }),
        step("IN_INVENTORY", "NOT_REACHED", { fix: { text: "Not yet.", actions: [] } }),
      ],
    },
  });
  expect(await screen.findByRole("link", { name: /Open ABM/ })).toBeVisible();
  expect(screen.queryByText("Not yet.")).toBeNull();
  expect(screen.queryByRole("link", { name: "Open the device" })).toBeNull();
});

test("what is no serial number is said, and can be closed", async () => {
  const { user, onClose } = show(() => {
    throw refusal("BAD_USER_INPUT", "That is no serial number.");
  });
  expect(await screen.findByText("That is no serial number.")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Close the diagnosis" }));
  expect(onClose).toHaveBeenCalled();
});
