import { Link } from "@tanstack/react-router";
import { useQuery } from "urql";
import { graphql } from "../../gql";
import { formatCount } from "../../lib/numbers";
import { useNow } from "../../lib/useNow";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { CountBadge } from "../../ui/CountBadge";
import { StatusIcon } from "../../ui/StatusIcon";
import { Time } from "../../ui/Time";
import { textLink } from "../../ui/textLink";
import { statusOf } from "../../ui/vocabulary";
import { OpenAbmButton } from "../abm-tokens/OpenAbmButton";
import { useCheckToken } from "../abm-tokens/useCheckToken";
import { ConfirmRemovalsButton } from "../held-removals/ConfirmRemovalsButton";
import { LookAgainButton } from "../held-removals/LookAgainButton";
import type { Organization } from "../organizations/OrganizationsProvider";
import { useSession } from "../session/session";
import { useRuns } from "../sync/SyncProvider";
import { useStartSync } from "../sync/useStartSync";
import { AttentionRow } from "./AttentionRow";
import { type AttentionItem, attentionItems, type Fix } from "./attention";
import { UnassignedRow } from "./UnassignedRow";

const UnassignedDevicesDocument = graphql(`
  query UnassignedDevices($abmTokenId: ID) {
    unassignedDevices(abmTokenId: $abmTokenId)
  }
`);

const mostItems = 5;

/** What needs somebody now, each with its fix as a button. */
export function NeedsAttention(props: { organizations: readonly Organization[]; abmTokenId: string | undefined }) {
  const { organizations, abmTokenId } = props;
  const [{ data }] = useQuery({ query: UnassignedDevicesDocument, variables: { abmTokenId: abmTokenId ?? null } });
  const unassigned = data?.unassignedDevices ?? 0;
  const { viewer } = useSession();
  const runs = useRuns();
  const items = attentionItems(organizations, runs, viewer.role, useNow(60_000));
  const count = items.length + (unassigned > 0 ? 1 : 0);
  const shown = items.slice(0, unassigned > 0 ? mostItems - 1 : mostItems);
  const severe = items.some((item) => statusOf(item.status.kind, item.status.value).tone === "bad");
  return (
    <Card
      title="Needs attention"
      meta={count > 0 && <CountBadge tone={severe ? "bad" : "warn"} count={count} />}
      padding={false}
    >
      {count === 0 ? (
        <p className="flex items-center gap-2 px-4 py-3 text-fg-2">
          <StatusIcon shape="check" tone="ok" /> Nothing needs attention.
        </p>
      ) : (
        <ul>
          {shown.map((item) => (
            <Item key={item.organization.id + item.status.kind} item={item} />
          ))}
          {unassigned > 0 && <UnassignedRow count={unassigned} />}
        </ul>
      )}
      {items.length > shown.length && (
        <p className="border-border border-t px-4 py-2">
          <Link to="/settings/abm" className={textLink}>
            {formatCount(items.length - shown.length)} more under ABM integration
          </Link>
        </p>
      )}
    </Card>
  );
}

function Item({ item }: { item: AttentionItem }) {
  return (
    <AttentionRow status={item.status} title={item.title} text={item.text}>
      {item.since && (
        <span className="text-fg-3 text-hint">
          <Time value={item.since} mode="relative" />
        </span>
      )}
      {item.fixes.map((fix) => (
        <FixButton key={fix} fix={fix} organization={item.organization} />
      ))}
    </AttentionRow>
  );
}

function FixButton({ fix, organization }: { fix: Fix; organization: Organization }) {
  const params = { tokenId: organization.id };
  switch (fix) {
    case "openABM":
      return <OpenAbmButton />;
    case "renew":
      return <Button render={<Link to="/settings/abm/$tokenId/renew" params={params} />}>Renew token</Button>;
    case "continue":
      return <Button render={<Link to="/settings/abm/$tokenId/connect" params={params} />}>Continue</Button>;
    case "check":
      return <CheckButton organization={organization} />;
    case "sync":
      return <SyncButton organization={organization} />;
    case "lookAgain":
      return <LookAgainButton token={organization} />;
    case "confirmRemovals":
      return <ConfirmRemovalsButton token={organization} />;
  }
}

function CheckButton({ organization }: { organization: Organization }) {
  const { check, checking } = useCheckToken(organization);
  return (
    <Button busy={checking} busyLabel="Checking" onClick={() => void check()}>
      Check again
    </Button>
  );
}

function SyncButton({ organization }: { organization: Organization }) {
  const { start, starting } = useStartSync();
  return (
    <Button busy={starting} busyLabel="Starting" onClick={() => void start([organization])}>
      Sync now
    </Button>
  );
}
