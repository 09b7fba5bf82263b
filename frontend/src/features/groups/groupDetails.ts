import { graphql } from "../../gql";
import type { DeviceGroupDetailsFragment as Fields } from "../../gql/graphql";

export type GroupDetails = Fields;

export const GroupDetailsFragment = graphql(`
  fragment DeviceGroupDetails on DeviceGroup {
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
      ...RuleLevel1
    }
  }
`);

export const GroupDocument = graphql(`
  query DeviceGroup($id: ID!) {
    node(id: $id) {
      __typename
      ... on DeviceGroup {
        ...DeviceGroupDetails
      }
    }
  }
`);

export const CreateGroupDocument = graphql(`
  mutation CreateDeviceGroup($input: CreateDeviceGroupInput!) {
    createDeviceGroup(input: $input) {
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

export const DeleteGroupDocument = graphql(`
  mutation DeleteDeviceGroup($input: DeleteDeviceGroupInput!) {
    deleteDeviceGroup(input: $input) {
      userErrors {
        field
        message
        hint
        code
      }
    }
  }
`);
