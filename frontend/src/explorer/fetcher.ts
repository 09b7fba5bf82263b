import type { GraphiQLProvider } from "@graphiql/react";
import { getOperationAST, type OperationDefinitionNode, parse } from "graphql";
import { type Client, createClient } from "graphql-ws";
import { currentToken } from "./token";

type Fetcher = React.ComponentProps<typeof GraphiQLProvider>["fetcher"];

let socket: Client | undefined;

/** Carries an operation out in the name of the explorer's token: the cookie stays out of it. */
export const fetcher: Fetcher = async ({ query, operationName, variables }) => {
  const request = { query, operationName, variables };
  if (isSubscription(query, operationName)) {
    socket ??= createClient({
      url: `${location.protocol === "https:" ? "wss:" : "ws:"}//${location.host}/graphql`,
      connectionParams: async () => ({ Authorization: `Bearer ${(await currentToken()).secret}` }),
    });
    return socket.iterate(request as Parameters<Client["iterate"]>[0]) as ReturnType<Fetcher>;
  }
  const { secret } = await currentToken();
  const response = await fetch("/graphql", {
    method: "POST",
    headers: { "Content-Type": "application/json", Authorization: `Bearer ${secret}` },
    credentials: "omit",
    body: JSON.stringify(request),
  });
  return response.json();
};

function isSubscription(query: string, name: string | null | undefined): boolean {
  try {
    const definition = getOperationAST(parse(query), name) as OperationDefinitionNode | null;
    return definition?.operation === "subscription";
  } catch {
    return false; // the server says what is wrong with it
  }
}
