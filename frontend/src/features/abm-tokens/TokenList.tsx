import { Link } from "@tanstack/react-router";
import { Link2, Plus } from "lucide-react";
import type { AbmTokensQuery } from "../../gql/graphql";
import { PagedList } from "../../graphql/PagedList";
import { usePages } from "../../graphql/usePages";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { EmptyState } from "../../ui/EmptyState";
import { useMay } from "../session/session";
import { TokenCard } from "./TokenCard";
import { AbmTokensDocument } from "./tokenList";

const connectionOf = (data: AbmTokensQuery) => data.abmTokens;
const context = { additionalTypenames: ["ABMToken"] };

/** The ABM tokens; with `only` the one of an organization. */
export function TokenList({ only }: { only?: string | undefined }) {
  const list = usePages(AbmTokensDocument, connectionOf, context);
  const all = list.pages?.flatMap((page) => page.nodes) ?? [];
  const chosen = all.filter(({ id }) => id === only);
  return (
    <PagedList list={chosen.length > 0 ? { ...list, more: undefined } : list}>
      {() =>
        all.length === 0 ? (
          <Card>
            <NoTokens />
          </Card>
        ) : (
          <div className="grid content-start gap-4">
            {(chosen.length > 0 ? chosen : all).map((token) => (
              <TokenCard key={token.id} token={token} />
            ))}
          </div>
        )
      }
    </PagedList>
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
