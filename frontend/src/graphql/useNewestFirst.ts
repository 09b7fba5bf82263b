import { useState } from "react";
import { type AnyVariables, type CombinedError, type TypedDocumentNode, useClient, useQuery } from "urql";

type PageInfo = { hasNextPage: boolean; endCursor?: string | null };

/** Rows without a gap, newest first, and where they end; null at the end of the list. */
export type Rows<Row> = { rows: readonly Row[]; end: string | null };

/** The rows of a connection, and where the next page begins. */
export function rowsOf<Row>(rows: readonly Row[], { hasNextPage, endCursor }: PageInfo): Rows<Row> {
  return { rows, end: hasNextPage ? (endCursor ?? null) : null };
}

/**
 * The newest page before what was loaded earlier. Pages that share a row follow on each other; when more rows came meanwhile than a
 * page holds, those between are not here, and the list begins anew.
 */
export function joined<Row extends { id: string }>(newest: Rows<Row>, earlier: Rows<Row> | undefined): Rows<Row> {
  const ids = new Set(newest.rows.map(({ id }) => id));
  if (!earlier?.rows.some(({ id }) => ids.has(id))) return newest;
  return { rows: [...newest.rows, ...earlier.rows.filter(({ id }) => !ids.has(id))], end: earlier.end };
}

/**
 * A list that grows at its head: the newest page follows what changes, what was loaded below it stays as it was. `read` gives the
 * rows of an answer. Other variables are another list: give the component a `key`.
 */
export function useNewestFirst<Data, Variables extends AnyVariables, Row extends { id: string }>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  read: (data: Data) => Rows<Row>,
) {
  const client = useClient();
  const [{ data, error }, again] = useQuery({ query: document, variables });
  const [earlier, setEarlier] = useState<Rows<Row>>();
  const [more, setMore] = useState<{ fetching: boolean; error?: CombinedError | undefined }>({ fetching: false });
  const list = data && joined(read(data), earlier);

  const load = async () => {
    if (!list?.end) return;
    setMore({ fetching: true });
    const next = await client
      .query(document, { ...variables, after: list.end }, { requestPolicy: "network-only", uncached: true })
      .toPromise();
    setMore({ fetching: false, error: next.error });
    if (!next.data) return;
    const { rows, end } = read(next.data);
    setEarlier({ rows: [...list.rows, ...rows], end });
  };

  return {
    /** Undefined until the first answer. */
    rows: list?.rows,
    error,
    retry: () => again({ requestPolicy: "network-only" }),
    more: { ...more, has: Boolean(list?.end), load },
  };
}
