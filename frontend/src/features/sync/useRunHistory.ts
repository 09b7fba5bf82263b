import { graphql, readFragment } from "../../gql";
import type { SyncRunsQuery, SyncRunWhereInput } from "../../gql/graphql";
import { rowsOf, useNewestFirst } from "../../graphql/useNewestFirst";
import { presentRuns } from "./history";
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

const runsOf = ({ syncRuns: { nodes, pageInfo } }: SyncRunsQuery) =>
  rowsOf(readFragment(SyncRunFragment, nodes), pageInfo);

/** The runs, newest first, each as it is now. Another filter is another history: give the component a `key`. */
export function useRunHistory(where: SyncRunWhereInput, mayShow: (run: Run) => boolean) {
  const live = useRuns();
  const { rows, ...rest } = useNewestFirst(SyncRunsDocument, { where }, runsOf);
  return { runs: rows && presentRuns(rows, [...live.values()].filter(mayShow)), ...rest };
}
