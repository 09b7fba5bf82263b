import type { AnyVariables, Client, TypedDocumentNode } from "@urql/core";
import { pipe, subscribe, take } from "wonka";

/**
 * Asks the server once, past the cache, which would keep every page of a long list. The promise fails with a CombinedError,
 * and never settles once the signal has ended the request.
 */
export function ask<Data, Variables extends AnyVariables>(
  client: Client,
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  signal?: AbortSignal,
): Promise<Data> {
  return new Promise((resolve, reject) => {
    const { unsubscribe } = pipe(
      client.query(query, variables, { requestPolicy: "network-only", uncached: true }),
      take(1),
      subscribe(({ data, error }) => {
        if (data) resolve(data);
        else reject(error);
      }),
    );
    signal?.addEventListener("abort", unsubscribe, { once: true });
  });
}
