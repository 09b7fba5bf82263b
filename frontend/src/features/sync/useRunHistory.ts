import { useState } from "react";
import { type CombinedError, useClient, useQuery } from "urql";
import { type FragmentType, graphql, readFragment } from "../../gql";
import type { SyncRunWhereInput } from "../../gql/graphql";
import { presentRuns, touches } from "./history";
import { SyncRunFragment } from "./run";
import { type Run, useRuns } from "./SyncProvider";

const SyncRunsDocument = graphql(`
  query SyncRuns($after: Cursor, $where: SyncRunWhereInput) {
    syncRuns(first: 50, after: $after, where: $where) {
      nodes {
        ...SyncRun
      }
      pageInfo {
        endCursor
        hasNextPage
      }
    }
  }
`);

type Loaded = { rows: readonly Run[]; pageInfo: { endCursor?: string | null; hasNextPage: boolean } };

const none: readonly FragmentType<typeof SyncRunFragment>[] = [];

/** The runs, newest first, each as it is now. Another filter is another history: give the component a `key`. */
export function useRunHistory(where: SyncRunWhereInput, mayShow: (run: Run) => boolean) {
  const client = useClient();
  const live = useRuns();
  const [{ data, error }, again] = useQuery({ query: SyncRunsDocument, variables: { where } });
  const newest = readFragment(SyncRunFragment, data?.syncRuns.nodes ?? none);

  // Only the newest runs are fetched again as the syncs go on; what was loaded below them stays as it is.
  const [loaded, setLoaded] = useState<Loaded>();
  const older = loaded && touches(newest, loaded.rows) ? loaded : undefined;
  const [more, setMore] = useState<{ fetching: boolean; error?: CombinedError | undefined }>({ fetching: false });

  const { endCursor = null, hasNextPage = false } = older?.pageInfo ?? data?.syncRuns.pageInfo ?? {};
  const loadMore = async () => {
    setMore({ fetching: true });
    const variables = { after: endCursor, where };
    const answer = await client.query(SyncRunsDocument, variables, { requestPolicy: "network-only" }).toPromise();
    setMore({ fetching: false, error: answer.error });
    if (!answer.data) return;
    const { nodes, pageInfo } = answer.data.syncRuns;
    setLoaded({ rows: [...newest, ...(older?.rows ?? []), ...readFragment(SyncRunFragment, nodes)], pageInfo });
  };

  return {
    runs: data && presentRuns(newest, older?.rows ?? [], [...live.values()].filter(mayShow)),
    error,
    retry: () => again({ requestPolicy: "network-only" }),
    more: { ...more, has: hasNextPage, load: loadMore },
  };
}
