import type { DeviceSearch } from "../devices/filter";

type Search = DeviceSearch & { org?: string };

// The filters of the device list by their names in the API.
const parameters: Readonly<Record<string, keyof Search>> = {
  abmTokenId: "org",
  platform: "platform",
  profileSource: "source",
  assignmentStatus: "assignment",
  enrollmentStatus: "enrollment",
  adeProfileId: "profile",
  deviceGroupId: "group",
  otherMdmId: "mdm",
};
const notes: Readonly<Record<string, NonNullable<DeviceSearch["note"]>>> = {
  appliesAfterErase: "erase",
  hasMigrationDeadline: "migration",
  migrationNotAwaited: "unawaited",
};

/** Where the device list shows the devices of a diagnosis; undefined when it has no filter for exactly them. */
export function affectedSearch(where: unknown): Search | undefined {
  if (typeof where !== "object" || where === null) return undefined;
  const search: Record<string, string> = {};
  for (const [name, value] of Object.entries(where)) {
    const note = notes[name];
    const parameter = parameters[name];
    if (name === "removedAtIsNil" && value === true) continue;
    if (name === "platformIn" && Array.isArray(value)) search.platform = value.join(",");
    else if (note && value === true && search.note === undefined) search.note = note;
    else if (parameter && typeof value === "string") search[parameter] = value;
    else return undefined;
  }
  return search as Search;
}
