import { screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { renderWithApi } from "../../testing/fakeApi";
import { OrganizationsProvider } from "../organizations/OrganizationsProvider";
import { DeviceTimeline } from "./DeviceTimeline";
import { changesOf } from "./deviceEvent";

const device = {
  id: "dev_1",
  addedAt: "2024-03-04T08:00:00Z",
  deviceAssignedAt: null,
  deviceAssignedBy: "",
  appleProfileAssignedAt: null,
  appleProfilePushedAt: null,
};

function event(id: string, kind: string, more: object = {}) {
  return {
    __typename: "DeviceEvent",
    id,
    kind,
    at: "2025-09-17T12:00:00Z",
    appleAt: null,
    changes: null,
    unannounced: false,
    syncRunId: "run_1",
    abmTokenId: "abm_1",
    requestedBy: "",
    otherSerialNumber: null,
    otherDevice: null,
    ...more,
  };
}

const page = (nodes: object[], endCursor: string | null = null) => ({
  deviceEvents: { nodes, pageInfo: { endCursor, hasNextPage: endCursor !== null } },
});

function show(DeviceEvents: (variables: { after?: string }) => object) {
  const nodes = [{ __typename: "ABMToken", id: "abm_1", name: "Corvus Retail", state: "ACTIVE", lastRun: null }];
  renderWithApi(
    <OrganizationsProvider>
      <DeviceTimeline device={device} />
    </OrganizationsProvider>,
    { answers: { Organizations: { abmTokens: { nodes } }, DeviceEvents } },
  );
}

test("tells what happened in words, newest first, with what changed", async () => {
  show(() =>
    page([
      event("evt_3", "MOVED", { changes: { abmTokenId: ["abm_9", "abm_1"] } }),
      event("evt_2", "MODIFIED", {
        unannounced: true,
        changes: { appleProfileStatus: ["empty", "pushed"], assetTag: ["", "LIB-044"], moonPhase: ["new", "full"] },
      }),
      event("evt_1", "ADDED", { appleAt: "2024-09-16T07:00:00Z" }),
    ]),
  );
  const [moved, changed, added] = (await screen.findAllByText(/Moved here|Changed|Added/)).map((word) =>
    within(word.closest("li") as HTMLElement),
  );
  expect(moved?.getByText("An organization that is no longer connected")).toBeVisible();
  expect(await moved?.findByText("Corvus Retail")).toBeVisible();
  expect(changed?.getByText("Profile status").closest("li")).toHaveTextContent(
    "Profile statusbefore: Not assigned→after: Pushed",
  );
  expect(changed?.getByText("Asset tag").closest("li")).toHaveTextContent("Asset tagafter: LIB-044");
  expect(changed?.getByText("moonPhase")).toBeVisible();
  expect(changed?.getByRole("link", { name: "a full reconciliation" })).toHaveAttribute("href", "/sync/run_1");
  expect(added?.getByText("16 Sep 2024")).toBeVisible(); // Apple's time, and ours
  expect(added?.getByText("17 Sep 2025")).toBeVisible();
  expect(screen.queryByText(/first full sync/)).toBeNull();
});

test("a device without events says since when it is there", async () => {
  show(() => page([]));
  expect(await screen.findByText("Here since the first full sync, unchanged")).toBeVisible();
  expect(screen.getByText("4 Mar 2024")).toBeVisible();
});

test("older events come when they are asked for", async () => {
  show(({ after }) => (after ? page([event("evt_1", "RETURNED")]) : page([event("evt_2", "REMOVED")], "c1")));
  expect(await screen.findByText("Removed")).toBeVisible();
  expect(screen.queryByText("Came back")).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "Load more" }));
  expect(await screen.findByText("Came back")).toBeVisible();
  expect(screen.getByText("Removed")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Load more" })).toBeNull();
});

test("an exchange by Apple names the other device, and leads to it where it is known", async () => {
  show(() =>
    page([
      event("evt_2", "REPLACED_BY", {
        otherSerialNumber: "C02NEW",
        otherDevice: { __typename: "Device", id: "dev_2" },
      }),
      event("evt_1", "REPLACES", { otherSerialNumber: "C02OLD" }),
    ]),
  );
  expect(await screen.findByRole("link", { name: "C02NEW" })).toHaveAttribute("href", "/devices/C02NEW");
  expect(screen.getByText("C02OLD").closest("p")).toHaveTextContent("In place of C02OLD, which is not known here");
});

test("what a device did itself is told as such, and a refusal says why and what to do", async () => {
  show(() =>
    page([
      event("evt_2", "ENROLLING", { syncRunId: null }),
      event("evt_1", "ENROLLMENT_REFUSED", { syncRunId: null, changes: { refusal: [null, "NO_PROFILE"] } }),
    ]),
  );
  expect((await screen.findByText("Began to enroll")).closest("li")).toHaveTextContent("Told by the device");
  const refused = within(screen.getByText("Enrollment refused").closest("li") as HTMLElement);
  expect(refused.getByText("NO_PROFILE")).toBeVisible();
  expect(refused.getByRole("link", { name: "OS defaults" })).toHaveAttribute("href", "/defaults");
  expect(refused.getByText("Done by GuardMDM")).toBeVisible();
});

test("what another MDM server told names it", async () => {
  show(() => page([event("evt_1", "ENROLLED", { syncRunId: null, changes: { mdm: [null, "NanoMDM"] } })]));
  const told = within(
    (await screen.findByText("MDM server")).closest("li[data-event], li")?.closest("ol > li") as HTMLElement,
  );
  expect(told.getByText("NanoMDM")).toBeVisible();
  expect(told.getByText("Told by NanoMDM")).toBeVisible();
});

test("who asked for what was done is named", async () => {
  show(() => page([event("evt_1", "ASSIGNED", { syncRunId: null, requestedBy: "Ana Ferreira" })]));
  expect((await screen.findByText("Profile assigned")).closest("li")).toHaveTextContent("Asked for by Ana Ferreira");
});

test.each([null, "text", 7, { field: "no pair" }])("changes of another form are none: %j", (changes) => {
  expect(changesOf(changes)).toEqual([]);
});
