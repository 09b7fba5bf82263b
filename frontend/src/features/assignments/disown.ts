import { graphql } from "../../gql";
import type { DisownDevicesMutation } from "../../gql/graphql";

/** The serial numbers of a selection, page by page. */
export const SelectedSerialsDocument = graphql(`
  query SelectedSerials($where: DeviceWhereInput!, $after: Cursor) {
    devices(first: 200, after: $after, where: $where) {
      nodes {
        id
        serialNumber
      }
      pageInfo {
        endCursor
        hasNextPage
      }
    }
  }
`);

export const DisownDocument = graphql(`
  mutation DisownDevices($input: DisownDevicesInput!) {
    disownDevices(input: $input) {
      assignmentBatch {
        ...AssignmentBatchFields
      }
      results {
        serialNumber
        status
        message
      }
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

export type Disowned = DisownDevicesMutation["disownDevices"];

/** As many devices as can be released at once. */
export const mostReleased = 1_000;
