import { expect, test } from "vitest";
import { appleDates, timelineOf } from "./appleDates";
import type { DeviceEvent } from "./deviceEvent";

const device = {
  deviceAssignedAt: "2025-09-01T08:00:00Z",
  deviceAssignedBy: "abm@halden.example",
  appleProfileAssignedAt: "2025-09-02T08:00:00Z",
  appleProfilePushedAt: "2025-09-03T08:00:00Z",
};

function event(id: string, kind: DeviceEvent["kind"], at: string, more: Partial<DeviceEvent> = {}): DeviceEvent {
  return {
    id,
    kind,
    at,
    appleAt: null,
    changes: null,
    unannounced: false,
    syncRunId: null,
    abmTokenId: "abm_1",
    requestedBy: "",
    otherSerialNumber: null,
    otherDevice: null,
    ...more,
  };
}

const fields = (events: readonly DeviceEvent[]) => appleDates(device, events).map(({ field }) => field);

test("a device without events has Apple's dates, and who assigned it", () => {
  expect(appleDates(device, [])).toEqual([
    {
      field: "deviceAssignedAt",
      at: device.deviceAssignedAt,
      title: "Assigned to GuardMDM in Apple Business Manager",
      by: "abm@halden.example",
      source: "apple",
    },
    {
      field: "appleProfileAssignedAt",
      at: device.appleProfileAssignedAt,
      title: "Apple took the profile",
      source: "apple",
    },
    {
      field: "appleProfilePushedAt",
      at: device.appleProfilePushedAt,
      title: "The device fetched the profile",
      source: "apple",
    },
  ]);
  const nothing = {
    deviceAssignedAt: null,
    deviceAssignedBy: "",
    appleProfileAssignedAt: null,
    appleProfilePushedAt: null,
  };
  expect(appleDates(nothing, [])).toEqual([]);
});

test("what an event tells is not told twice: by its field, or by its kind at the same time", () => {
  const pushed = event("3", "MODIFIED", "2025-09-04T00:00:00Z", {
    changes: { appleProfilePushedAt: [null, "2025-09-03T08:00:00Z"] },
  });
  expect(fields([pushed])).toEqual(["deviceAssignedAt", "appleProfileAssignedAt"]);
  const added = event("1", "ADDED", "2025-09-01T09:00:00Z", { appleAt: "2025-09-01T08:00:20Z" });
  expect(fields([added])).toEqual(["appleProfileAssignedAt", "appleProfilePushedAt"]);
  const assignedLater = event("2", "ASSIGNED", "2025-09-08T08:00:00Z");
  expect(fields([assignedLater])).toContain("appleProfileAssignedAt");
});

test("dates stand between the events, and older ones wait until all events are here", () => {
  const events = [event("2", "PUSHED", "2025-09-10T00:00:00Z"), event("1", "MODIFIED", "2025-09-02T12:00:00Z")];
  const dates = appleDates(device, []);
  const shape = (complete: boolean) =>
    timelineOf(events, dates, complete).map((entry) => ("event" in entry ? entry.event.id : entry.date.field));
  expect(shape(false)).toEqual(["2", "appleProfilePushedAt", "1"]);
  expect(shape(true)).toEqual(["2", "appleProfilePushedAt", "1", "appleProfileAssignedAt", "deviceAssignedAt"]);
});
