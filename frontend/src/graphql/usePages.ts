import { useEffect, useState } from "react";
import {
  type CombinedError,
  type OperationContext,
  type OperationResult,
  type TypedDocumentNode,
  useClient,
} from "urql";

type Connection = { pageInfo: { hasNextPage: boolean; endCursor?: string | null } };

/** Pages of a list that is read from its beginning. Each is a query of its own, so that all follow what changes. */
export type Pages<Page> = {
  /** The pages so far; undefined until the first answer. */
  pages: readonly Page[] | undefined;
  /** They are of the last search: those of this one are not there yet. */
  stale: boolean;
  error: CombinedError | undefined;
  /** Asks for the next page; undefined at the end of the list. */
  more: (() => void) | undefined;
  loadingMore: boolean;
  retry: () => void;
};

type PagesOptions = {
  /** Nothing is asked meanwhile. */
  pause?: boolean;
  /** Only rows with this in their name; those of the last search stay until these are there. */
  nameContains?: string;
};

const beginning: readonly (string | null)[] = [null];

/** `connection` finds the list in the data; it and `context` have to stay the same. */
export function usePages<Data, Page extends Connection>(
  document: TypedDocumentNode<Data, { after?: string | null; nameContains?: string | null }>,
  connection: (data: Data) => Page,
  context: Partial<OperationContext>,
  { pause = false, nameContains = "" }: PagesOptions = {},
): Pages<Page> {
  const client = useClient();
  const [reached, setReached] = useState({ nameContains, cursors: beginning });
  const cursors = reached.nameContains === nameContains ? reached.cursors : beginning;
  const [attempt, setAttempt] = useState(0);
  const [answer, setAnswer] = useState<{ nameContains?: string; pages?: Page[]; error?: CombinedError | undefined }>(
    {},
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks the same again
  useEffect(() => {
    if (pause) return;
    const results: OperationResult<Data>[] = [];
    const tell = () => {
      const error = results.find((result) => result?.error)?.error;
      const pages = results.flatMap((result) => (result?.data ? [connection(result.data)] : []));
      // Old rows stay when a later answer is an error.
      setAnswer((before) => (pages.length === cursors.length ? { nameContains, pages, error } : { ...before, error }));
    };
    const subscriptions = cursors.map((after, place) =>
      client.query(document, { after, ...(nameContains !== "" && { nameContains }) }, context).subscribe((result) => {
        results[place] = result;
        tell();
      }),
    );
    return () => {
      for (const subscription of subscriptions) subscription.unsubscribe();
    };
  }, [client, document, connection, context, cursors, nameContains, attempt, pause]);

  const { pages, error } = answer;
  const end = pages?.at(-1)?.pageInfo;
  const stale = pages !== undefined && answer.nameContains !== nameContains;
  const next = end?.hasNextPage && !stale ? end.endCursor : undefined;
  return {
    pages,
    stale,
    error,
    more: next ? () => setReached({ nameContains, cursors: [...cursors, next] }) : undefined,
    loadingMore: pages !== undefined && pages.length < cursors.length && !error,
    retry: () => setAttempt(attempt + 1),
  };
}
