import type {
  AssignmentStatus,
  DeviceOrder,
  DeviceWhereInput,
  EnrollmentStatus,
  Platform,
  ProfileSource,
} from "../../gql/graphql";

/** See sortOf for what stands when there is none. An order by the deadline lists only devices that have one. */
const sorts = ["serial", "-serial", "added", "-added", "deadline", "-deadline"] as const;

/** The profile acts only after an erase; the device migrates from another MDM; it does, and its profile does not wait for that. */
const notes = ["erase", "migration", "unawaited"] as const;

/** How the URL narrows and orders the list. */
export type DeviceSearch = {
  q?: string | undefined;
  platform?: string | undefined;
  status?: "removed" | "all" | undefined;
  source?: string | undefined;
  assignment?: string | undefined;
  enrollment?: string | undefined;
  /** The MDM server that they enrolled with: our own, or the identifier of another one. */
  mdm?: string | undefined;
  /** Identifiers of an ADE profile and of a group. */
  profile?: string | undefined;
  group?: string | undefined;
  /** Identifier of an imported list of serial numbers. */
  list?: string | undefined;
  /** Only devices that something has to be known of. */
  note?: (typeof notes)[number] | undefined;
  sort?: (typeof sorts)[number] | undefined;
};

/** What the URL has to lose for the whole list. */
export const noFilters = {
  q: undefined,
  platform: undefined,
  status: undefined,
  source: undefined,
  assignment: undefined,
  enrollment: undefined,
  mdm: undefined,
  profile: undefined,
  group: undefined,
  list: undefined,
  note: undefined,
} satisfies DeviceSearch;

export function isFiltered(search: DeviceSearch): boolean {
  return Object.keys(noFilters).some((name) => search[name as keyof typeof noFilters]);
}

/** Apple lists no watches here, so that there is no filter for them. */
export const platforms = [
  "IOS",
  "IPADOS",
  "MACOS",
  "TVOS",
  "VISIONOS",
  "UNKNOWN",
] as const satisfies readonly Platform[];

export const sources = ["DEVICE", "GROUP", "PLATFORM_DEFAULT", "NONE"] as const satisfies readonly ProfileSource[];

/** What needs work comes first. Removed devices have a filter of their own. */
export const assignments = [
  "NOT_ACCESSIBLE",
  "UNASSIGNED",
  "FAILED",
  "THROTTLED",
  "PENDING",
  "ASSIGNED",
  "PUSHED",
] as const satisfies readonly AssignmentStatus[];

export const enrollments = [
  "ENROLLING",
  "ENROLLED",
  "NOT_ENROLLED",
  "UNENROLLED",
] as const satisfies readonly EnrollmentStatus[];

/** In the URL: the devices that enrolled with GuardMDM itself. */
export const ownMdm = "own";

/** In the URL, all states of assignment but those in which a device gets no profile; and all of enrollment but the last. */
export const given = "GIVEN";
export const unfinished = "UNFINISHED";
const without = ["UNASSIGNED", "NOT_ACCESSIBLE", "REMOVED"] as const satisfies readonly AssignmentStatus[];

/** What can be the beginning of a serial number: people paste them with spaces and hyphens. */
export function asSerial(text: string): string {
  return text
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, "")
    .slice(0, 64);
}

export function platformsOf(text: string | undefined): readonly Platform[] {
  const named = text?.split(",") ?? [];
  return platforms.filter((platform) => named.includes(platform));
}

export function whereOf(search: DeviceSearch, organizationId: string | undefined): DeviceWhereInput {
  const serial = asSerial(search.q ?? "");
  const platformIn = [...platformsOf(search.platform)];
  const profileSource = sources.find((source) => source === search.source);
  const assignmentStatus = assignments.find((status) => status === search.assignment);
  const enrollmentStatus = enrollments.find((status) => status === search.enrollment);
  const none: DeviceWhereInput[] = [
    ...(search.assignment === given ? without.map((assignmentStatus) => ({ assignmentStatus })) : []),
    ...(search.enrollment === unfinished ? [{ enrollmentStatus: "ENROLLED" as const }] : []),
  ];
  return {
    ...(serial !== "" && { serialNumberHasPrefix: serial }),
    ...(platformIn.length > 0 && { platformIn }),
    ...(search.status === undefined && { removedAtIsNil: true }),
    ...(search.status === "removed" && { removedAtNotNil: true }),
    ...(profileSource && { profileSource }),
    ...(assignmentStatus && { assignmentStatus }),
    ...(enrollmentStatus && { enrollmentStatus }),
    ...(search.mdm === ownMdm && { enrolledWithOwnMdm: true }),
    ...(search.mdm && search.mdm !== ownMdm && { otherMdmId: search.mdm }),
    ...(none.length > 0 && { not: { or: none } }),
    ...(search.profile && { adeProfileId: search.profile }),
    ...(search.group && { deviceGroupId: search.group }),
    ...(search.list && { serialListId: search.list }),
    ...(search.note === "erase" && { appliesAfterErase: true }),
    // In the order of the deadlines the server lists those that have one: so are they counted and exported.
    ...((search.note === "migration" || sortedBy(search) === "deadline") && { hasMigrationDeadline: true }),
    ...(search.note === "unawaited" && { migrationNotAwaited: true }),
    ...(organizationId !== undefined && { abmTokenId: organizationId }),
  };
}

/** Where the server has the devices that match as a file. */
export function exportUrl(where: DeviceWhereInput): string {
  const filter = JSON.stringify(where);
  return `/export/devices.csv${filter === "{}" ? "" : `?${new URLSearchParams({ where: filter })}`}`;
}

type Sorted = Pick<DeviceSearch, "q" | "sort">;

/** What a search finds stands by serial number, which is also how it is found fastest; else the newest come first. */
function sortOf({ q, sort }: Sorted): (typeof sorts)[number] {
  return sort ?? (q ? "serial" : "-added");
}

export function orderOf(search: Sorted): DeviceOrder {
  return { field: fields[sortedBy(search)], direction: sortOf(search).startsWith("-") ? "DESC" : "ASC" };
}

const fields = { serial: "SERIAL_NUMBER", added: "ADDED_AT", deadline: "MDM_MIGRATION_DEADLINE" } as const;

/** The column that the list is sorted by. */
export function sortedBy(search: Sorted): keyof typeof fields {
  return sortOf(search).replace("-", "") as keyof typeof fields;
}

/** The order that a press on a column's header leads to. */
export function nextSort(column: string, search: Sorted): DeviceSearch["sort"] {
  const [first, other] =
    column === "serial" || column === "deadline" ? ([column, `-${column}`] as const) : (["-added", "added"] as const);
  const next = sortOf(search) === first ? other : first;
  return next === sortOf({ q: search.q }) ? undefined : next;
}
