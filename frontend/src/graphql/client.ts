import { Client, cacheExchange, type ExecutionResult, fetchExchange, mapExchange, subscriptionExchange } from "urql";
import { checkBuild, markOutdated } from "../lib/outdated";
import { codeOf } from "./errors";
import { createLive, type Live } from "./live";
import { createRefresher, exceptUncached, type Refresher } from "./refresh";

/** The ways to the server: one for each page that is open. */
export type Api = {
  client: Client;
  live: Live;
  refresher: Refresher;
};

type ApiEvents = {
  /** The server does not know the session any more. */
  onSignedOut: () => void;
  /** It ended the live connection for who is signed in, or for their role. */
  onRefused: (client: Client) => void;
};

export function createApi({ onSignedOut, onRefused }: ApiEvents): Api {
  const refresher = createRefresher();
  const socketUrl = new URL("/graphql", location.href);
  socketUrl.protocol = socketUrl.protocol === "https:" ? "wss:" : "ws:";
  const onReturn = () => {
    refresher.refresh();
    void checkBuild();
  };
  const live = createLive(socketUrl.href, { onReturn, onRefused: () => onRefused(client) });
  const client = new Client({
    url: "/graphql",
    preferGetMethod: false,
    fetchOptions: { credentials: "same-origin" },
    // What is cached is shown at once, and fetched again.
    requestPolicy: "cache-and-network",
    exchanges: [
      mapExchange({
        onError(error) {
          const code = codeOf(error);
          if (code === "UNAUTHENTICATED") onSignedOut();
          // The server accepts the operations of its own build alone.
          if (code === "DOCUMENT_UNKNOWN") markOutdated();
        },
      }),
      refresher.exchange,
      exceptUncached(cacheExchange),
      subscriptionExchange({
        forwardSubscription: (request) => ({
          subscribe: (sink) => ({
            unsubscribe: live.socket.subscribe(
              { ...request, query: request.query ?? "" },
              { ...sink, next: (value) => sink.next(value as ExecutionResult) },
            ),
          }),
        }),
      }),
      fetchExchange,
    ],
  });
  return { client, live, refresher };
}
