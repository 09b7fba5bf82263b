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
  error: CombinedError | undefined;
  /** Asks for the next page; undefined at the end of the list. */
  more: (() => void) | undefined;
  loadingMore: boolean;
  retry: () => void;
};

/** `connection` finds the list in the data; it and `context` have to stay the same. Nothing is asked while it pauses. */
export function usePages<Data, Page extends Connection>(
  document: TypedDocumentNode<Data, { after?: string | null }>,
  connection: (data: Data) => Page,
  context: Partial<OperationContext>,
  pause = false,
): Pages<Page> {
  const client = useClient();
  const [cursors, setCursors] = useState<readonly (string | null)[]>([null]);
  const [attempt, setAttempt] = useState(0);
  const [answer, setAnswer] = useState<{ pages?: Page[]; error?: CombinedError | undefined }>({});

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks the same again
  useEffect(() => {
    if (pause) return;
    const results: OperationResult<Data>[] = [];
    const tell = () => {
      const error = results.find((result) => result?.error)?.error;
      const pages = results.flatMap((result) => (result?.data ? [connection(result.data)] : []));
      // Old rows stay when a later answer is an error.
      setAnswer((before) => (pages.length === cursors.length ? { pages, error } : { ...before, error }));
    };
    const subscriptions = cursors.map((after, place) =>
      client.query(document, { after }, context).subscribe((result) => {
        results[place] = result;
        tell();
      }),
    );
    return () => {
      for (const subscription of subscriptions) subscription.unsubscribe();
    };
  }, [client, document, connection, context, cursors, attempt, pause]);

  const { pages, error } = answer;
  const end = pages?.at(-1)?.pageInfo;
  const next = end?.hasNextPage ? end.endCursor : undefined;
  return {
    pages,
    error,
    more: next ? () => setCursors([...cursors, next]) : undefined,
    loadingMore: pages !== undefined && pages.length < cursors.length && !error,
    retry: () => setAttempt(attempt + 1),
  };
}
