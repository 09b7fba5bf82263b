import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { Role } from "../../gql/graphql";
import { type Answer, fakeSession, renderWithApi } from "../../testing/fakeApi";
import { DeviceEnrollment } from "./DeviceEnrollment";
import { EnrollmentNotices } from "./EnrollmentNotices";

const enrollment = {
  __typename: "DeviceEnrollment",
  id: "enr_1",
  udid: "00008103-000A1B2C3D4E5F60",
  product: "Mac15,12",
  modelName: "MacBook Air",
  deviceName: "Library 4",
  osVersion: "26.1",
  buildVersion: "25B78",
  belowMinimumOs: false,
  profileFetchedAt: "2025-09-17T12:00:00Z",
  authenticatedAt: "2025-09-17T12:01:00Z",
  enrolledAt: "2025-09-17T12:02:00Z",
  unenrolledAt: null,
  lastSeenAt: "2025-09-17T12:02:00Z",
  enrollments: 1,
  awaitingConfiguration: false,
  releasedAt: null,
  takesCommands: true,
  otherMdm: null,
  offeredMdm: null,
  pushedAt: null,
  pushError: null,
  adeProfileVersion: {
    __typename: "ADEProfileVersion",
    id: "ver_7",
    number: 7,
    adeProfile: { __typename: "ADEProfile", id: "ade_1", name: "Mac Standard" },
  },
  identity: {
    __typename: "IdentityCertificate",
    id: "idc_1",
    serial: "5f3a",
    fingerprint: "ab".repeat(32),
    startsAt: "2025-09-17T12:00:30Z",
    expiresAt: "2126-09-17T12:00:30Z",
    revokedAt: null,
    revokedBecause: "",
  },
};
const device = {
  __typename: "Device",
  id: "dev_1",
  serialNumber: "C02XK1ZKJGH5",
  enrollmentStatus: "ENROLLED",
  enrollment,
};
const command = {
  __typename: "MDMCommand",
  id: "cmd_1",
  requestType: "DeviceInformation",
  purpose: "FIRST",
  status: "ACKNOWLEDGED",
  errorMessage: "",
  attempts: 1,
  queuedAt: "2025-09-17T12:02:00Z",
  sentAt: "2025-09-17T12:02:01Z",
  answeredAt: "2025-09-17T12:02:02Z",
  requestedBy: "",
  isForUser: false,
};
const commands = (nodes: object[]) => ({ mdmCommands: { nodes, pageInfo: { endCursor: null, hasNextPage: false } } });
const refusal = {
  __typename: "EnrollmentRefusal",
  id: "ref_1",
  code: "TOKEN_EXPIRED",
  serialNumber: device.serialNumber,
  message: "The ABM token is expired.",
  udid: "",
  product: "",
  osVersion: "",
  address: "192.0.2.7",
  count: 3,
  firstAt: "2025-09-17T11:00:00Z",
  lastAt: "2025-09-17T11:10:00Z",
};

function show(shown: object, answers: Record<string, Answer> = {}, role: Role = "OPERATOR") {
  const page = (
    <>
      <EnrollmentNotices device={shown as never} />
      <DeviceEnrollment device={shown as never} />
    </>
  );
  const view = renderWithApi(page, {
    session: fakeSession(role),
    answers: {
      DeviceRefusals: { enrollmentRefusals: { nodes: [] } },
      MdmCommands: commands([command]),
      ...answers,
    },
  });
  return { ...view, user: userEvent.setup({ delay: null }) };
}

test("a device that never called says so, and has no commands", async () => {
  const { calls } = show({ ...device, enrollmentStatus: "NOT_ENROLLED", enrollment: null });
  expect(await screen.findByText("Not enrolled")).toBeVisible();
  expect(screen.getByText(/got no enrollment profile yet/)).toBeVisible();
  expect(calls.map(({ name }) => name)).not.toContain("MdmCommands");
});

test("an enrolled device has its steps, what it said of itself, its identity and its commands", async () => {
  show(device);
  expect(await screen.findByText("Enrolled", { selector: "dd *" })).toBeVisible();
  expect(screen.getByRole("link", { name: "Mac Standard" })).toHaveAttribute("href", "/profiles/ade_1");
  expect(screen.getByText("26.1 (25B78)")).toBeVisible();
  expect(screen.getByText("Identity").nextElementSibling).toHaveTextContent("Expires 17 Sep 21265f3a");
  const list = within(await screen.findByRole("region", { name: "Commands" }));
  expect((await list.findByRole("listitem")).textContent).toBe(
    "DeviceInformationDoneOn enrolling. Answered 17 Sep 2025. Show the answer",
  );
});

test("a device of another MDM server names it, and has no commands of ours", async () => {
  const nano = { __typename: "OtherMDM", id: "omd_1", name: "NanoMDM" };
  const { calls } = show({
    ...device,
    enrollment: { ...enrollment, otherMdm: nano, offeredMdm: nano, takesCommands: false, identity: null },
  });
  expect((await screen.findByText("Enrolled with")).nextElementSibling).toHaveTextContent("NanoMDM");
  expect(screen.getByText("Was given").nextElementSibling).toHaveTextContent("The profile of NanoMDM");
  expect(screen.getByText("Commands").nextElementSibling).toHaveTextContent("Of NanoMDM, not from here");
  expect(screen.queryByText("Identity")).toBeNull();
  expect(calls.map(({ name }) => name)).not.toContain("MdmCommands");
});

test("what a device could not do is said in its words", async () => {
  show(device, {
    MdmCommands: commands([{ ...command, status: "ERROR", errorMessage: "InvalidRequestType", attempts: 2 }]),
  });
  expect(await screen.findByText("InvalidRequestType")).toBeVisible();
  expect(screen.getByText("Failed")).toBeVisible();
  expect(screen.getByText(/sent 2 times/)).toBeVisible();
});

test("a device that waits in Setup Assistant is released, once, by those who may", async () => {
  const held = { ...device, enrollment: { ...enrollment, awaitingConfiguration: true } };
  const { user, calls } = show(held, {
    ReleaseFromSetupAssistant: { releaseFromSetupAssistant: { device: held, userErrors: [] } },
  });
  await user.click(await screen.findByRole("button", { name: "Release now" }));
  expect(await screen.findByText("Goes on when it calls next")).toBeVisible();
  expect(calls.find(({ name }) => name === "ReleaseFromSetupAssistant")?.variables).toEqual({
    input: { deviceId: "dev_1" },
  });
  // The command that lets it go stands with the others.
  await waitFor(() => expect(calls.filter(({ name }) => name === "MdmCommands").length).toBeGreaterThan(1));
});

test("who may only look releases nothing", async () => {
  show({ ...device, enrollment: { ...enrollment, awaitingConfiguration: true } }, {}, "VIEWER");
  expect(await screen.findByText("It waits in Setup Assistant")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Release now" })).toBeNull();
});

test("a refusal says why, and leads to what mends it", async () => {
  show(
    { ...device, enrollmentStatus: "NOT_ENROLLED", enrollment: null },
    { DeviceRefusals: { enrollmentRefusals: { nodes: [refusal] } } },
  );
  const list = within(await screen.findByRole("region", { name: "Refusals" }));
  expect(list.getByText("TOKEN_EXPIRED")).toBeVisible();
  expect(list.getByText(/Renew the ABM token/)).toBeVisible();
  expect(list.getByRole("link", { name: "ABM integration" })).toHaveAttribute("href", "/settings/abm");
  expect(list.getByText("3 requests")).toBeVisible();
});

test("a device that was refused says so at the top, one that was sent to update is no fault", async () => {
  const notEnrolled = { ...device, enrollmentStatus: "NOT_ENROLLED", enrollment: null };
  const { unmount } = show(notEnrolled, { DeviceRefusals: { enrollmentRefusals: { nodes: [refusal] } } });
  expect(await screen.findByText("Its enrollment was refused")).toBeVisible();
  unmount();
  const updates = { ...refusal, code: "SOFTWARE_UPDATE_REQUIRED", message: "It was sent to update to 26.2." };
  show(notEnrolled, { DeviceRefusals: { enrollmentRefusals: { nodes: [updates] } } });
  expect(await screen.findByText("It was sent to update its system first")).toBeVisible();
  expect(screen.queryByText("Its enrollment was refused")).toBeNull();
});

test("an old system, a push that was refused and a revoked identity are named", async () => {
  show({
    ...device,
    enrollment: {
      ...enrollment,
      belowMinimumOs: true,
      pushError: "BadDeviceToken",
      identity: { ...enrollment.identity, revokedAt: "2025-09-18T12:00:00Z", revokedBecause: "cloned" },
    },
  });
  expect(await screen.findByText("Its system is older than the profile demands")).toBeVisible();
  expect(screen.getByText(/BadDeviceToken/)).toBeVisible();
  expect(screen.getByText(/: cloned/)).toBeVisible();
});
