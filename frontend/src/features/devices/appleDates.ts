import type { DeviceDetails } from "./deviceDetails";
import { changesOf, type DeviceEvent } from "./deviceEvent";

/** A moment that no event tells: one that Apple dates by itself, or our own first sight of a device. */
export type OwnDate = { field: string; at: string; title: string; by?: string; source: "apple" | "ours" };

type Dated = Pick<
  DeviceDetails,
  "deviceAssignedAt" | "deviceAssignedBy" | "appleProfileAssignedAt" | "appleProfilePushedAt"
>;

/** The dates in Apple's record of a device that its events do not tell, as of a device that came with the first full sync. */
export function appleDates(device: Dated, events: readonly DeviceEvent[]): OwnDate[] {
  const dates: (Omit<OwnDate, "at" | "source"> & { at: string | null | undefined })[] = [
    {
      field: "deviceAssignedAt",
      at: device.deviceAssignedAt,
      title: "Assigned to GuardMDM in Apple Business Manager",
      ...(device.deviceAssignedBy && { by: device.deviceAssignedBy }),
    },
    { field: "appleProfileAssignedAt", at: device.appleProfileAssignedAt, title: "Apple took the profile" },
    { field: "appleProfilePushedAt", at: device.appleProfilePushedAt, title: "The device fetched the profile" },
  ];
  return dates.flatMap(({ at, ...date }) =>
    at && !isTold(date.field, at, events) ? [{ ...date, at, source: "apple" }] : [],
  );
}

// What GuardMDM did itself is dated by both sides, seconds apart.
const near = 60_000;
const toldBy: Readonly<Record<string, readonly string[]>> = {
  deviceAssignedAt: ["ADDED", "RETURNED", "MOVED"],
  appleProfileAssignedAt: ["ASSIGNED"],
  appleProfilePushedAt: ["PUSHED"],
};

function isTold(field: string, at: string, events: readonly DeviceEvent[]): boolean {
  const then = Date.parse(at);
  return events.some((event) => {
    if (changesOf(event.changes).some((change) => change.field === field && Date.parse(change.after ?? "") === then)) {
      return true;
    }
    return Boolean(toldBy[field]?.includes(event.kind)) && Math.abs(momentOf(event) - then) <= near;
  });
}

/** When an event happened: by Apple's word where Apple has one. */
function momentOf({ at, appleAt }: Pick<DeviceEvent, "at" | "appleAt">): number {
  return Date.parse(appleAt ?? at);
}

export type TimelineEntry = { event: DeviceEvent } | { date: OwnDate };

/** Events with Apple's own dates between them, newest first. Dates older than the oldest event wait until all events are here. */
export function timelineOf(
  events: readonly DeviceEvent[],
  dates: readonly OwnDate[],
  complete: boolean,
): TimelineEntry[] {
  const waiting = [...dates].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  const entries: TimelineEntry[] = [];
  for (const event of events) {
    while (waiting[0] && Date.parse(waiting[0].at) > momentOf(event)) {
      entries.push({ date: waiting.shift() as OwnDate });
    }
    entries.push({ event });
  }
  return complete ? [...entries, ...waiting.map((date) => ({ date }))] : entries;
}
