import { useCallback } from "react";
import { useQuery } from "urql";
import { graphql } from "../../gql";
import { diagnosesContext } from "./diagnosis";
import { useEveryMinute } from "./useDiagnoses";

const PassedChecksDocument = graphql(`
  query PassedChecks($abmTokenId: ID) {
    passedChecks(abmTokenId: $abmTokenId) {
      code
      name
      detail
    }
  }
`);

/** What was looked at and is as it should be, asked as often as what is not. */
export function usePassedChecks(abmTokenId: string | undefined) {
  const [{ data, error }, refetch] = useQuery({
    query: PassedChecksDocument,
    variables: { abmTokenId: abmTokenId ?? null },
    context: diagnosesContext,
  });
  const again = useCallback(() => refetch({ requestPolicy: "network-only" }), [refetch]);
  useEveryMinute(again);
  return { passed: data?.passedChecks, error, again };
}
