import { type CombinedError, useQuery } from "urql";
import { graphql, readFragment } from "../../gql";
import { EnrollmentRefusalFragment, type Refusal } from "./refusal";

const DeviceRefusalsDocument = graphql(`
  query DeviceRefusals($serialNumber: String!) {
    enrollmentRefusals(first: 5, serialNumber: $serialNumber) {
      nodes {
        id
        ...EnrollmentRefusal
      }
    }
  }
`);

/** What was refused to a device, the latest first; nothing yet while it loads. */
export function useRefusals(serialNumber: string): { refusals?: readonly Refusal[]; error?: CombinedError } {
  const [{ data, error }] = useQuery({ query: DeviceRefusalsDocument, variables: { serialNumber } });
  return {
    ...(data && { refusals: readFragment(EnrollmentRefusalFragment, data.enrollmentRefusals.nodes) }),
    ...(error && { error }),
  };
}
