import { useState } from "react";
import { type CombinedError, useClient, useQuery } from "urql";
import { readFragment } from "../../gql";
import type { AuditEntriesQuery, AuditEntryWhereInput } from "../../gql/graphql";
import { AuditEntriesDocument, AuditEntryFragment, type Entry } from "./entry";

/** Entries without a gap, newest first, and where they end. */
export type Loaded = { entries: readonly Entry[]; end: string | null };

function loadedOf({ auditEntries: { nodes, pageInfo } }: AuditEntriesQuery): Loaded {
  return {
    entries: nodes.map((node) => readFragment(AuditEntryFragment, node)),
    end: pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null,
  };
}

/**
 * The newest page before what was loaded earlier. Entries never change, so pages that share one follow on each other; after
 * more than a page of new ones the list begins anew.
 */
export function joined(newest: Loaded, earlier: Loaded | null): Loaded {
  const first = earlier?.entries[0];
  const overlap = newest.entries.findIndex((entry) => entry.id === first?.id);
  if (!earlier || overlap < 0) return newest;
  return { entries: [...newest.entries.slice(0, overlap), ...earlier.entries], end: earlier.end };
}

/** The entries that match, page by page. For another filter it needs another component (a key). */
export function useAuditEntries(where: AuditEntryWhereInput) {
  const client = useClient();
  const [{ data, error, fetching }, refetch] = useQuery({ query: AuditEntriesDocument, variables: { where } });
  const [earlier, setEarlier] = useState<Loaded | null>(null);
  const [more, setMore] = useState<{ loading: boolean; error?: CombinedError }>({ loading: false });
  const loaded = data ? joined(loadedOf(data), earlier) : null;

  async function loadMore() {
    if (!loaded?.end) return;
    setMore({ loading: true });
    const page = await client
      .query(AuditEntriesDocument, { where, after: loaded.end }, { requestPolicy: "network-only", uncached: true })
      .toPromise();
    setMore({ loading: false, ...(page.error && { error: page.error }) });
    if (page.data) {
      const next = loadedOf(page.data);
      setEarlier({ entries: [...loaded.entries, ...next.entries], end: next.end });
    }
  }

  return { loaded, error, fetching, refetch, more, loadMore };
}
