import type { DeviceEventKind } from "../../gql/graphql";

/** What devices do themselves, and what they are told. Syncs and assignments tell of the rest as they run. */
export const liveKinds: DeviceEventKind[] = [
  "PROFILE_FETCHED",
  "ENROLLMENT_REFUSED",
  "ENROLLING",
  "ENROLLED",
  "RELEASED",
  "UNENROLLED",
  "COMMAND_QUEUED",
  "COMMAND_ACKNOWLEDGED",
  "COMMAND_FAILED",
];
