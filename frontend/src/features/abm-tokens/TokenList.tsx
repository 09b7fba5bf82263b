import { Link } from "@tanstack/react-router";
import { Link2, Plus } from "lucide-react";
import type { AbmTokensQuery } from "../../gql/graphql";
import { problemOf } from "../../graphql/errors";
import { usePages } from "../../graphql/usePages";
import { Banner } from "../../ui/Banner";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { EmptyState } from "../../ui/EmptyState";
import { ErrorState } from "../../ui/ErrorState";
import { Skeleton } from "../../ui/Skeleton";
import { useMay } from "../session/session";
import { TokenCard } from "./TokenCard";
import { AbmTokensDocument } from "./tokenList";

const connectionOf = (data: AbmTokensQuery) => data.abmTokens;
const context = { additionalTypenames: ["ABMToken"] };

/** The ABM tokens; with `only` the one of an organization. */
export function TokenList({ only }: { only?: string | undefined }) {
  const { pages, error, more, loadingMore, retry } = usePages(AbmTokensDocument, connectionOf, context);
  if (!pages) {
    return <Card>{error ? <ErrorState {...problemOf(error)} onRetry={retry} /> : <Skeleton rows={5} />}</Card>;
  }
  const all = pages.flatMap((page) => page.nodes);
  if (all.length === 0) {
    return (
      <Card>
        <NoTokens />
      </Card>
    );
  }
  const chosen = all.filter(({ id }) => id === only);
  return (
    <div className="grid content-start gap-4">
      {error && <Stale problem={problemOf(error)} onRetry={retry} />}
      {(chosen.length > 0 ? chosen : all).map((token) => (
        <TokenCard key={token.id} token={token} />
      ))}
      {more && chosen.length === 0 && (
        <Button className="justify-self-center" busy={loadingMore} busyLabel="Loading" onClick={more}>
          Load more
        </Button>
      )}
    </div>
  );
}

function Stale({ problem, onRetry }: { problem: ReturnType<typeof problemOf>; onRetry: () => void }) {
  return (
    <Banner
      tone="warn"
      title={`${problem.title}. The list may be old.`}
      action={<Button onClick={onRetry}>Try again</Button>}
    >
      {problem.message}
    </Banner>
  );
}

function NoTokens() {
  const mayExchange = useMay("ADMIN");
  return (
    <EmptyState icon={<Link2 />} title="No organization is connected" action={mayExchange && <AddOrganizationButton />}>
      ABM lists the devices that an organization bought and says which server manages each. Connected to it, GuardMDM
      lists these devices.
      {!mayExchange && " An administrator can connect it."}
    </EmptyState>
  );
}

export function AddOrganizationButton() {
  return (
    <Button
      variant="primary"
      icon={<Plus aria-hidden className="size-4" strokeWidth={1.75} />}
      render={<Link to="/settings/abm/new" />}
    >
      <span>
        Add <span className="max-sm:sr-only">ABM organization</span>
      </span>
    </Button>
  );
}
