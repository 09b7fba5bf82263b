import { useQuery } from "urql";
import { graphql, readFragment } from "../../gql";
import { codeOf } from "../../graphql/errors";
import { presentRuns } from "./history";
import { SyncRunFragment } from "./run";
import { useRuns } from "./SyncProvider";

const SyncRunDocument = graphql(`
  query SyncRun($id: ID!) {
    node(id: $id) {
      __typename
      ... on SyncRun {
        ...SyncRun
      }
    }
  }
`);

/** One run as it is now: what the subscription told of it last, or what was fetched. */
export function useSyncRun(id: string) {
  const live = [...useRuns().values()].filter((run) => run.id === id);
  const [{ data, error }, again] = useQuery({ query: SyncRunDocument, variables: { id } });
  const fetched = data?.node?.__typename === "SyncRun" ? [readFragment(SyncRunFragment, data.node)] : [];
  const [run] = presentRuns(fetched, live);
  return {
    run,
    error,
    // An identifier that is none of ours is the caller's mistake to the server.
    missing: !run && (Boolean(data) || (error !== undefined && codeOf(error) === "BAD_USER_INPUT")),
    retry: () => again({ requestPolicy: "network-only" }),
  };
}
