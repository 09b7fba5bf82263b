import { graphql } from "../../gql";
import type { DeviceEnrollmentFragment as Fields } from "../../gql/graphql";

/** A device with what it did since it was switched on. */
export type EnrolledDevice = Fields;

export type Enrollment = NonNullable<Fields["enrollment"]>;

export const DeviceEnrollmentFragment = graphql(`
  fragment DeviceEnrollment on Device {
    id
    serialNumber
    enrollmentStatus
    enrollment {
      id
      udid
      product
      modelName
      deviceName
      osVersion
      buildVersion
      belowMinimumOs
      profileFetchedAt
      authenticatedAt
      enrolledAt
      unenrolledAt
      lastSeenAt
      enrollments
      awaitingConfiguration
      releasedAt
      takesCommands
      otherMdm {
        id
        name
      }
      offeredMdm {
        id
        name
      }
      pushedAt
      pushError
      adeProfileVersion {
        id
        number
        adeProfile {
          id
          name
        }
      }
      identity {
        id
        serial
        fingerprint
        expiresAt
        revokedAt
        revokedBecause
      }
    }
  }
`);

/** The operating system as the device told it: its version, its build, or both. */
export function systemOf({ osVersion, buildVersion }: Pick<Enrollment, "osVersion" | "buildVersion">): string {
  if (osVersion === "" || buildVersion === "") return osVersion || buildVersion;
  return `${osVersion} (${buildVersion})`;
}
