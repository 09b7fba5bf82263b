import { graphql } from "../../gql";
import type { DeviceDetailsQuery } from "../../gql/graphql";

/** All that is known of one device, for its drawer and its page. */
export const DeviceDetailsDocument = graphql(`
  query DeviceDetails($serialNumber: String!) {
    device(serialNumber: $serialNumber) {
      id
      serialNumber
      model
      description
      color
      assetTag
      deviceFamily
      os
      platform
      appleProfileUuid
      appleProfileStatus
      appleProfileAssignedAt
      appleProfilePushedAt
      deviceAssignedAt
      deviceAssignedBy
      mdmMigrationDeadline
      addedAt
      changedAt
      removedAt
      abmToken {
        id
        name
        orgName
      }
      assignmentStatus
      enrollmentStatus
      ...DeviceProfile
      ...DeviceEnrollment
    }
  }
`);

export type DeviceDetails = NonNullable<DeviceDetailsQuery["device"]>;
