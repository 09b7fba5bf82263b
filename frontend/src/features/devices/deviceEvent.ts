import { graphql } from "../../gql";
import type { DeviceEventFieldsFragment } from "../../gql/graphql";

/** One thing that happened to a device. */
export type DeviceEvent = DeviceEventFieldsFragment;

export const DeviceEventFragment = graphql(`
  fragment DeviceEventFields on DeviceEvent {
    id
    kind
    at
    appleAt
    changes
    unannounced
    syncRunId
    abmTokenId
    requestedBy
    otherSerialNumber
    otherDevice {
      id
    }
  }
`);

/** A field that differs. What kind of value it holds decides how it is written. */
export type FieldChange = { field: string; label: string; before: string | null; after: string | null };

// The fields by their names in the API, in words.
const labels: Readonly<Record<string, string>> = {
  model: "Model",
  description: "Apple's description",
  color: "Colour",
  assetTag: "Asset tag",
  deviceFamily: "Device family",
  os: "OS",
  platform: "Platform",
  appleProfileUuid: "Profile",
  appleProfileStatus: "Profile status",
  appleProfileAssignedAt: "Profile assigned",
  appleProfilePushedAt: "Profile fetched by the device",
  deviceAssignedAt: "Assigned to GuardMDM",
  deviceAssignedBy: "Assigned by",
  mdmMigrationDeadline: "Migrates from another MDM by",
  other: "Other fields of Apple",
  abmTokenId: "ABM organization",
  refusal: "Reason",
  command: "Command",
  error: "The device says",
};

/** What an event changed: an object of [before, after] by the server's word. A field that is not known keeps its own name. */
export function changesOf(changes: unknown): FieldChange[] {
  if (typeof changes !== "object" || changes === null) return [];
  return Object.entries(changes).flatMap(([field, sides]) => {
    if (!Array.isArray(sides)) return [];
    const label = Object.hasOwn(labels, field) ? (labels[field] ?? field) : field;
    return [{ field, label, before: textOf(sides[0]), after: textOf(sides[1]) }];
  });
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined || value === "") return null;
  return typeof value === "string" ? value : JSON.stringify(value);
}

// What the device did itself.
const ownKinds: ReadonlySet<string> = new Set(["PROFILE_FETCHED", "ENROLLING", "ENROLLED", "RELEASED", "UNENROLLED"]);

/** Who is behind an event that no sync saw. */
export function originOf({ kind, requestedBy }: Pick<DeviceEvent, "kind" | "requestedBy">): string {
  if (requestedBy !== "") return `Asked for by ${requestedBy}`;
  return ownKinds.has(kind) ? "Told by the device" : "Done by GuardMDM";
}

/** Whether a field holds a moment. */
export function isTime(field: string): boolean {
  return field.endsWith("At") || field === "mdmMigrationDeadline";
}
