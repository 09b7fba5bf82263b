import { graphql } from "../../gql/gql";
import type { DeviceRowFragment as Fields } from "../../gql/graphql";

export type Device = Fields;

/** What the table of devices shows. */
export const DeviceRowFragment = graphql(`
  fragment DeviceRow on Device {
    id
    serialNumber
    model
    color
    assetTag
    deviceFamily
    platform
    deviceAssignedAt
    deviceAssignedBy
    addedAt
    changedAt
    removedAt
    profileSource
    assignmentStatus
    enrollmentStatus
    appliesAfterErase
    mdmMigrationDeadline
    adeProfile {
      id
      name
    }
    abmToken {
      id
      name
    }
  }
`);

export const DevicePageDocument = graphql(`
  query DevicePage(
    $after: Cursor
    $first: Int
    $before: Cursor
    $last: Int
    $orderBy: DeviceOrder
    $where: DeviceWhereInput
  ) {
    devices(after: $after, first: $first, before: $before, last: $last, orderBy: $orderBy, where: $where) {
      nodes {
        ...DeviceRow
      }
      pageInfo {
        startCursor
        endCursor
        hasNextPage
      }
    }
  }
`);

/** A page without its rows. */
export const DeviceStepDocument = graphql(`
  query DeviceStep(
    $after: Cursor
    $first: Int
    $before: Cursor
    $last: Int
    $orderBy: DeviceOrder
    $where: DeviceWhereInput
  ) {
    devices(after: $after, first: $first, before: $before, last: $last, orderBy: $orderBy, where: $where) {
      pageInfo {
        startCursor
        endCursor
        hasNextPage
      }
    }
  }
`);

export const DeviceCountDocument = graphql(`
  query DeviceCount($where: DeviceWhereInput) {
    devices(first: 0, where: $where) {
      totalCount
    }
  }
`);

/** How many devices a view has. Of its own: the list asks for its number at moments that matter, past what is cached. */
export const ViewCountDocument = graphql(`
  query ViewCount($where: DeviceWhereInput) {
    devices(first: 0, where: $where) {
      totalCount
    }
  }
`);

/** Devices by their identifiers, and those before a cursor. */
export const DevicesAgainDocument = graphql(`
  query DevicesAgain($ids: [ID!]!, $before: Cursor, $orderBy: DeviceOrder, $where: DeviceWhereInput) {
    shown: devices(first: 100, where: { idIn: $ids }) {
      nodes {
        ...DeviceRow
      }
    }
    ahead: devices(before: $before, last: 200, orderBy: $orderBy, where: $where) {
      nodes {
        id
      }
    }
  }
`);
