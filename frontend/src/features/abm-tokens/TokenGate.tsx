import { Link } from "@tanstack/react-router";
import { Link2Off } from "lucide-react";
import { useQuery } from "urql";
import { readFragment } from "../../gql";
import { codeOf, problemOf } from "../../graphql/errors";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { EmptyState } from "../../ui/EmptyState";
import { ErrorState } from "../../ui/ErrorState";
import { Skeleton } from "../../ui/Skeleton";
import { type ExchangedToken, TokenExchangeFragment, TokenToExchangeDocument } from "./token";

export type TokenGateProps = { id: string; children: (token: ExchangedToken) => React.ReactNode };

/** Loads the token of a page. Its state is the server's alone, so that a reload goes on where the page was. */
export function TokenGate({ id, children }: TokenGateProps) {
  const [{ data, error }, refetch] = useQuery({ query: TokenToExchangeDocument, variables: { id } });
  if (data?.node?.__typename === "ABMToken") return children(readFragment(TokenExchangeFragment, data.node));
  // An identifier that is none of ours is the caller's mistake to the server.
  const missing = data ? true : error && codeOf(error) === "BAD_USER_INPUT";
  return (
    <Card>
      {missing ? (
        <NoSuchToken />
      ) : error ? (
        <ErrorState {...problemOf(error)} onRetry={() => refetch({ requestPolicy: "network-only" })} />
      ) : (
        <Skeleton rows={6} />
      )}
    </Card>
  );
}

function NoSuchToken() {
  return (
    <EmptyState
      icon={<Link2Off />}
      title="There is no such ABM token"
      action={<Button render={<Link to="/settings/abm" />}>Show all tokens</Button>}
    >
      It may have been deleted, or the address is not complete.
    </EmptyState>
  );
}
