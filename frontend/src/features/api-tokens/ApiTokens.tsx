import { Link } from "@tanstack/react-router";
import { Braces, KeyRound, LockKeyhole, Plus } from "lucide-react";
import { useState } from "react";
import { graphql, readFragment } from "../../gql";
import type { ApiTokensQuery } from "../../gql/graphql";
import { PagedList } from "../../graphql/PagedList";
import { usePages } from "../../graphql/usePages";
import { useNow } from "../../lib/useNow";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { CopyButton } from "../../ui/CopyText";
import { EmptyState } from "../../ui/EmptyState";
import { IconTile } from "../../ui/IconTile";
import { PageHeading } from "../../ui/PageHeading";
import { Segmented } from "../../ui/Segmented";
import { useMay } from "../session/session";
import { ApiTokensTable } from "./ApiTokensTable";
import { type ApiToken, ApiTokenFragment, hasEnded } from "./apiToken";
import { NewApiTokenDialog } from "./NewApiTokenDialog";
import { RevokeDialog } from "./RevokeDialog";

const ApiTokensDocument = graphql(`
  query ApiTokens($after: Cursor) {
    apiTokens(first: 100, after: $after) {
      nodes {
        id
        ...ApiToken
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

const context = { additionalTypenames: ["APIToken"] };
const tokensOf = (data: ApiTokensQuery) => data.apiTokens;

const shown = [
  { value: "active", label: "Active" },
  { value: "all", label: "All" },
] as const;

/** The tokens of programs, and where they call. */
export function ApiTokens() {
  const mayManage = useMay("ADMIN");
  const list = usePages(ApiTokensDocument, tokensOf, context);
  const now = useNow(60_000);
  const [show, setShow] = useState<(typeof shown)[number]["value"]>("active");
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<ApiToken>();

  const newToken = mayManage && (
    <Button
      variant="primary"
      icon={<Plus aria-hidden className="size-4" strokeWidth={1.75} />}
      onClick={() => setCreating(true)}
    >
      New API token
    </Button>
  );

  return (
    <div className="grid gap-4">
      <PageHeading title="API tokens" action={newToken}>
        Everything in this dashboard is also in the GraphQL API. A token can do what its role may do. The explorer has
        examples that run, the schema reference the description of every type and field.
      </PageHeading>
      <Endpoint />
      <div>
        <Segmented label="Which tokens" options={shown} value={show} onValueChange={setShow} />
      </div>
      <PagedList list={list}>
        {(pages) => {
          const all = pages.flatMap(({ nodes }) => readFragment(ApiTokenFragment, nodes));
          const tokens = show === "all" ? all : all.filter((token) => !hasEnded(token, now));
          return tokens.length > 0 ? (
            <ApiTokensTable tokens={tokens} onRevoke={mayManage ? setRevoking : undefined} />
          ) : (
            <NoTokens ended={all.length > 0} />
          );
        }}
      </PagedList>
      <p className="flex items-center gap-2 text-fg-3 text-hint">
        <LockKeyhole aria-hidden className="size-4" strokeWidth={1.75} />
        Only a hash of each token is kept.
      </p>
      {creating && <NewApiTokenDialog onClose={() => setCreating(false)} />}
      {revoking && <RevokeDialog token={revoking} onClose={() => setRevoking(undefined)} />}
    </div>
  );
}

function NoTokens({ ended }: { ended: boolean }) {
  return (
    <Card>
      <EmptyState icon={<KeyRound />} title={ended ? "No token is active" : "No API tokens yet"}>
        {ended ? "All of them were revoked or have expired." : "Programs and scripts sign in with a token."}
      </EmptyState>
    </Card>
  );
}

function Endpoint() {
  const address = `${location.origin}/graphql`;
  return (
    <section
      aria-label="Endpoint"
      className="flex flex-wrap items-center gap-3 rounded-dialog border border-border bg-surface p-4 sm:rounded-card"
    >
      <IconTile>
        <Braces strokeWidth={1.75} />
      </IconTile>
      <div className="min-w-0 flex-1 max-sm:basis-48">
        <p className="font-medium">Endpoint</p>
        <code className="select-all font-mono text-fg-2 text-serial wrap-anywhere">{address}</code>
      </div>
      <CopyButton label="endpoint" text={address} />
      <Button render={<Link to="/settings/api/schema" />}>Schema reference</Button>
      {/* A page of its own, with examples that run. */}
      <Button render={<a href="/explorer" />}>Open the explorer</Button>
    </section>
  );
}
