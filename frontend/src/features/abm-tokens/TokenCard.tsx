import { type FragmentType, readFragment } from "../../gql";
import { Card } from "../../ui/Card";
import { InitialsTile } from "../../ui/InitialsTile";
import { Time } from "../../ui/Time";
import { HeldBanner } from "../held-removals/HeldBanner";
import { syncs } from "../organizations/OrganizationsProvider";
import { useMay } from "../session/session";
import { AssignmentModeRow } from "./AssignmentModeRow";
import { RenewButton } from "./RenewButton";
import { TokenChip } from "./TokenChip";
import { TokenFacts } from "./TokenFacts";
import { TokenLife } from "./TokenLife";
import { TokenMenu } from "./TokenMenu";
import { TokenProblem } from "./TokenProblem";
import { type ListedToken, TokenCardFragment } from "./tokenList";

/** One ABM token: its state and the next thing to do, then its facts. */
export function TokenCard({ token: masked }: { token: FragmentType<typeof TokenCardFragment> }) {
  const token = readFragment(TokenCardFragment, masked);
  const mayExchange = useMay("ADMIN");
  return (
    <Card>
      <div className="flex flex-wrap items-start gap-3">
        <InitialsTile name={token.name} size="large" />
        <div className="min-w-0 flex-1 basis-40">
          <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <h3 className="text-crumb wrap-anywhere">{token.name}</h3>
            <TokenChip state={token.state} expiresAt={token.expiresAt} />
          </div>
          <p className="text-fg-3 text-hint wrap-anywhere">
            <Origin token={token} />
          </p>
        </div>
        <div className="flex items-center gap-2">
          {mayExchange && syncs(token.state) && <RenewButton token={token} primary={token.state === "EXPIRING"} />}
          <TokenMenu token={token} />
        </div>
      </div>
      <TokenProblem token={token} />
      <HeldBanner token={token} />
      {token.state !== "AWAITING_SERVER_TOKEN" && <TokenFacts token={token} />}
      <AssignmentModeRow token={token} />
      {token.expiresAt && <TokenLife expiresAt={token.expiresAt} />}
    </Card>
  );
}

function Origin({ token }: { token: ListedToken }) {
  if (token.state === "AWAITING_SERVER_TOKEN") {
    return (
      <>
        Key made <Time value={token.createdAt} mode="relative" />
      </>
    );
  }
  // Names may run from right to left: isolated, they leave what stands beside them in place.
  return (
    <>
      Service <bdi>{token.serverName}</bdi>, Apple org <bdi>{token.orgName}</bdi>
      {token.orgId && ` (${token.orgId})`}
    </>
  );
}
