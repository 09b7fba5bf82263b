export type Tone = "ok" | "info" | "warn" | "bad" | "muted";

/** A shape of its own for each meaning: a status is readable without its colour. */
export type StatusShape =
  | "check"
  | "spinner"
  | "clock"
  | "circle"
  | "minus"
  | "slash"
  | "triangle"
  | "octagon"
  | "plus"
  | "back"
  | "move"
  | "pencil"
  | "differs"
  | "dashed"
  | "half"
  | "most";

export type StatusEntry = { word: string; tone: Tone; shape: StatusShape };

// The words of all states. A key is the value of the API; PARTIAL is the client's own, for a group of runs.
const statuses = {
  syncRun: {
    RUNNING: { word: "Running", tone: "info", shape: "spinner" },
    SUCCEEDED: { word: "Succeeded", tone: "ok", shape: "check" },
    PARTIAL: { word: "Partial", tone: "warn", shape: "triangle" },
    FAILED: { word: "Failed", tone: "bad", shape: "octagon" },
    CANCELED: { word: "Stopped", tone: "muted", shape: "minus" },
  },
  // What a full reconciliation found that people should know of.
  finding: {
    DIFFERENCES: { word: "Differences found", tone: "info", shape: "differs" },
    HELD: { word: "Removals held", tone: "warn", shape: "clock" },
  },
  diagnosis: {
    CRITICAL: { word: "Has stopped", tone: "bad", shape: "octagon" },
    WARNING: { word: "Act soon", tone: "warn", shape: "triangle" },
    INFO: { word: "Note", tone: "info", shape: "differs" },
  },
  // How a device stands at a step of its way.
  diagnosisStep: {
    PASSED: { word: "Done", tone: "ok", shape: "check" },
    FAILED: { word: "Stuck here", tone: "bad", shape: "octagon" },
    WAITING: { word: "Waits here", tone: "warn", shape: "clock" },
    UNKNOWN: { word: "Not known", tone: "muted", shape: "dashed" },
    NOT_REACHED: { word: "Not yet", tone: "muted", shape: "circle" },
  },
  deviceEvent: {
    ADDED: { word: "Added", tone: "ok", shape: "plus" },
    RETURNED: { word: "Came back", tone: "ok", shape: "back" },
    MOVED: { word: "Moved here", tone: "info", shape: "move" },
    MODIFIED: { word: "Changed", tone: "info", shape: "pencil" },
    REMOVED: { word: "Removed", tone: "muted", shape: "minus" },
    ASSIGNED: { word: "Profile assigned", tone: "info", shape: "half" },
    PUSHED: { word: "Profile fetched", tone: "ok", shape: "most" },
    CLEARED: { word: "Profile taken away", tone: "muted", shape: "slash" },
    ASSIGNMENT_FAILED: { word: "Assignment failed", tone: "bad", shape: "octagon" },
    DISOWNED: { word: "Released for good", tone: "muted", shape: "minus" },
    REPLACES: { word: "Replaces another", tone: "info", shape: "move" },
    REPLACED_BY: { word: "Replaced", tone: "info", shape: "move" },
    PROFILE_FETCHED: { word: "Asked to enroll", tone: "info", shape: "half" },
    ENROLLMENT_REFUSED: { word: "Enrollment refused", tone: "bad", shape: "octagon" },
    ENROLLING: { word: "Began to enroll", tone: "info", shape: "half" },
    ENROLLED: { word: "Enrolled", tone: "ok", shape: "check" },
    RELEASED: { word: "Set up", tone: "ok", shape: "check" },
    UNENROLLED: { word: "Unenrolled", tone: "muted", shape: "slash" },
    COMMAND_QUEUED: { word: "Command queued", tone: "info", shape: "clock" },
    COMMAND_ACKNOWLEDGED: { word: "Command done", tone: "ok", shape: "check" },
    COMMAND_FAILED: { word: "Command failed", tone: "bad", shape: "octagon" },
    COMMAND_CANCELED: { word: "Command taken back", tone: "muted", shape: "minus" },
  },
  token: {
    AWAITING_SERVER_TOKEN: { word: "Not connected yet", tone: "muted", shape: "circle" },
    ACTIVE: { word: "Active", tone: "ok", shape: "check" },
    EXPIRING: { word: "Expiring", tone: "warn", shape: "triangle" },
    EXPIRED: { word: "Expired", tone: "bad", shape: "octagon" },
    REJECTED: { word: "Rejected", tone: "bad", shape: "octagon" },
    TERMS_NOT_ACCEPTED: { word: "Terms not accepted", tone: "bad", shape: "octagon" },
  },
  assignment: {
    NOT_ACCESSIBLE: { word: "Failed", tone: "bad", shape: "octagon" },
    UNASSIGNED: { word: "Unassigned", tone: "warn", shape: "dashed" },
    FAILED: { word: "Retrying", tone: "warn", shape: "clock" },
    THROTTLED: { word: "Retrying", tone: "warn", shape: "clock" },
    PENDING: { word: "Assigning", tone: "info", shape: "spinner" },
    ASSIGNED: { word: "Assigned", tone: "info", shape: "half" },
    PUSHED: { word: "Pushed", tone: "ok", shape: "most" },
    REMOVED: { word: "Removed", tone: "muted", shape: "minus" },
  },
  enrollment: {
    ENROLLING: { word: "Enrolling", tone: "info", shape: "spinner" },
    ENROLLED: { word: "Enrolled", tone: "ok", shape: "check" },
    NOT_ENROLLED: { word: "Not enrolled", tone: "muted", shape: "circle" },
    UNENROLLED: { word: "Unenrolled", tone: "muted", shape: "slash" },
  },
  mdmCommand: {
    QUEUED: { word: "Queued", tone: "muted", shape: "circle" },
    SENT: { word: "Sent", tone: "info", shape: "spinner" },
    NOT_NOW: { word: "Not now", tone: "warn", shape: "clock" },
    ACKNOWLEDGED: { word: "Done", tone: "ok", shape: "check" },
    ERROR: { word: "Failed", tone: "bad", shape: "octagon" },
    FORMAT_ERROR: { word: "Not understood", tone: "bad", shape: "octagon" },
    DROPPED: { word: "Dropped", tone: "muted", shape: "minus" },
    CANCELED: { word: "Taken back", tone: "muted", shape: "slash" },
  },
  commandBatch: {
    RUNNING: { word: "Running", tone: "info", shape: "spinner" },
    FINISHED: { word: "Finished", tone: "ok", shape: "check" },
    CANCELED: { word: "Taken back", tone: "muted", shape: "minus" },
  },
  pushCertificate: {
    ACTIVE: { word: "Active", tone: "ok", shape: "check" },
    EXPIRING: { word: "Expiring", tone: "warn", shape: "triangle" },
    EXPIRED: { word: "Expired", tone: "bad", shape: "octagon" },
  },
  // How something went that a test of another MDM server tried.
  otherMdmFinding: {
    PASSED: { word: "Passed", tone: "ok", shape: "check" },
    WARNING: { word: "Look at it", tone: "warn", shape: "triangle" },
    FAILED: { word: "Failed", tone: "bad", shape: "octagon" },
  },
  // Why an authority for devices is believed.
  deviceCA: {
    APPLE: { word: "Apple's own", tone: "ok", shape: "check" },
    CONFIGURED: { word: "For simulations", tone: "warn", shape: "triangle" },
    PINNED: { word: "Pinned", tone: "ok", shape: "check" },
    SEEN: { word: "Not believed", tone: "muted", shape: "slash" },
  },
  // Device by device what became of an assignment.
  assignmentResult: {
    PENDING: { word: "Waiting", tone: "info", shape: "spinner" },
    SUCCEEDED: { word: "Done", tone: "ok", shape: "check" },
    FAILED: { word: "Retrying", tone: "warn", shape: "clock" },
    THROTTLED: { word: "Paused by Apple", tone: "warn", shape: "clock" },
    NOT_ACCESSIBLE: { word: "Failed", tone: "bad", shape: "octagon" },
    UNCHANGED: { word: "Unchanged", tone: "muted", shape: "circle" },
    SUPERSEDED: { word: "Changed since", tone: "muted", shape: "minus" },
  },
  assignmentBatch: {
    RUNNING: { word: "Running", tone: "info", shape: "spinner" },
    FINISHED: { word: "Finished", tone: "ok", shape: "check" },
    CANCELED: { word: "Stopped", tone: "muted", shape: "minus" },
  },
  person: {
    ACTIVE: { word: "Active", tone: "ok", shape: "check" },
    INVITED: { word: "Invited", tone: "info", shape: "clock" },
    DISABLED: { word: "Disabled", tone: "muted", shape: "slash" },
  },
} as const satisfies Record<string, Record<string, StatusEntry>>;

const words = {
  platform: {
    IOS: "iOS",
    IPADOS: "iPadOS",
    MACOS: "macOS",
    TVOS: "tvOS",
    VISIONOS: "visionOS",
    WATCHOS: "watchOS",
    UNKNOWN: "Unknown",
  },
  role: { ADMIN: "Administrator", OPERATOR: "Enrollment manager", VIEWER: "Viewer" },
  syncPhase: { CONNECT: "Connect", FETCH: "Fetch devices", RECONCILE: "Reconcile", FINISH: "Finish" },
  profileSource: { DEVICE: "Device", GROUP: "Group", PLATFORM_DEFAULT: "OS default", NONE: "No match" },
  mdmCommandPurpose: {
    FIRST: "On enrolling",
    RELEASE: "Lets Setup Assistant go on",
    RENEWAL: "Renews the identity",
    PERSON: "Asked for",
  },
  deviceDiagnosisStep: {
    KNOWN_AT_APPLE: "Assigned to this MDM server at Apple",
    IN_INVENTORY: "Listed here",
    TOKEN_WORKS: "Server token works",
    PROFILE_BY_RULES: "The rules give it a profile",
    PROFILE_AT_APPLE: "Apple has the profile",
    PROFILE_FETCHED: "Fetched the profile from Apple",
    CONTACTED_SERVER: "Came to this server",
    IDENTITY_ISSUED: "Got its certificate",
    CHECKED_IN: "Checked in and enrolled",
    RELEASED: "Set up",
  },
  syncTrigger: { MANUAL: "Manual", PERIODIC: "Schedule", RESUME: "Resumed" },
} as const;

export type StatusKind = keyof typeof statuses;
export type WordKind = keyof typeof words;

/** What has states. */
export const statusKinds = Object.keys(statuses) as StatusKind[];

/** The values that have a word. */
export function knownValues(kind: StatusKind | WordKind): readonly string[] {
  return Object.keys(kind in statuses ? statuses[kind as StatusKind] : words[kind as WordKind]);
}

/** How a status is shown. A server newer than the page may say one that is not known: it is shown as it is. */
export function statusOf(kind: StatusKind, value: string): StatusEntry {
  return entryOf<StatusEntry>(statuses[kind], value) ?? { word: value, tone: "muted", shape: "circle" };
}

/** The word for a value of the API; a value that is not known is its own word. */
export function wordFor(kind: WordKind, value: string): string {
  return entryOf<string>(words[kind], value) ?? value;
}

function entryOf<T>(table: Readonly<Record<string, T>>, value: string): T | undefined {
  return Object.hasOwn(table, value) ? table[value] : undefined;
}

/** A token's life: act within 30 days, at once within 7. */
export function expiryTone(daysLeft: number): Tone {
  if (daysLeft <= 7) {
    return "bad";
  }
  return daysLeft <= 30 ? "warn" : "ok";
}
