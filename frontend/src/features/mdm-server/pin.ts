import { graphql } from "../../gql";

export const PinDeviceCADocument = graphql(`
  mutation PinDeviceCA($input: PinDeviceCAInput!) {
    pinDeviceCA(input: $input) {
      deviceCA {
        ...DeviceAuthority
      }
      userErrors {
        field
        message
        hint
      }
    }
  }
`);

export const UnpinDeviceCADocument = graphql(`
  mutation UnpinDeviceCA($input: UnpinDeviceCAInput!) {
    unpinDeviceCA(input: $input) {
      deviceCA {
        ...DeviceAuthority
      }
      userErrors {
        field
        message
        hint
      }
    }
  }
`);
