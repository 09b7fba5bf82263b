import { graphql } from "../../gql";
import type { DeviceGroupRowFragment as Fields } from "../../gql/graphql";

/** A group as the list shows it. */
export type GroupRow = Fields;

// Of a rule, as much as its summary needs.
export const GroupRowFragment = graphql(`
  fragment DeviceGroupRow on DeviceGroup {
    id
    name
    description
    position
    deviceCount
    decidedCount
    adeProfile {
      id
      name
    }
    rule {
      ...RuleTerm
      all {
        ...RuleTerm
      }
      any {
        ...RuleTerm
      }
      not {
        ...RuleTerm
      }
    }
  }
`);

export const DeviceGroupsDocument = graphql(`
  query DeviceGroups($after: Cursor, $nameContains: String) {
    deviceGroups(first: 50, after: $after, nameContains: $nameContains) {
      nodes {
        ...DeviceGroupRow
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const UpdateGroupDocument = graphql(`
  mutation UpdateDeviceGroup($input: UpdateDeviceGroupInput!) {
    updateDeviceGroup(input: $input) {
      deviceGroup {
        id
      }
      userErrors {
        field
        message
        hint
        code
      }
    }
  }
`);

export const AddToGroupDocument = graphql(`
  mutation AddDevicesToGroup($input: AddDevicesToGroupInput!) {
    addDevicesToGroup(input: $input) {
      added
      unknownSerialNumbers
      userErrors {
        field
        message
        hint
        code
      }
    }
  }
`);

export const RemoveFromGroupDocument = graphql(`
  mutation RemoveDevicesFromGroup($input: RemoveDevicesFromGroupInput!) {
    removeDevicesFromGroup(input: $input) {
      removed
      unknownSerialNumbers
      userErrors {
        field
        message
        hint
        code
      }
    }
  }
`);
