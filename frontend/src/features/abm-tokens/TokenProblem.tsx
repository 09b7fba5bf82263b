import { Link } from "@tanstack/react-router";
import { Banner } from "../../ui/Banner";
import { Button } from "../../ui/Button";
import { useMay } from "../session/session";
import { Disruption } from "./Disruption";
import { OpenAbmButton } from "./OpenAbmButton";
import { RenewButton } from "./RenewButton";
import type { ListedToken } from "./tokenList";
import { useCheckToken } from "./useCheckToken";

/** Why a token does not work: the cause, the cure, and the cure's button. */
export function TokenProblem({ token }: { token: ListedToken }) {
  const mayExchange = useMay("ADMIN");
  const { stateReason, state } = token;
  switch (state) {
    case "AWAITING_SERVER_TOKEN":
      return (
        <Banner
          tone="info"
          title="The server token is missing"
          action={mayExchange && <ContinueButton token={token} />}
        >
          The key is made. Upload it in ABM, download the server token there, then upload that here.
        </Banner>
      );
    case "EXPIRED":
      return (
        <Banner tone="bad" title="Enrollment disrupted" action={mayExchange && <RenewButton token={token} primary />}>
          <Disruption />
        </Banner>
      );
    case "REJECTED":
      return (
        <Banner
          tone="bad"
          title={stateReason?.message ?? "Apple does not accept this token."}
          action={
            <Actions>
              <CheckAgainButton token={token} />
              {mayExchange && <RenewButton token={token} primary />}
            </Actions>
          }
        >
          {stateReason?.hint}
        </Banner>
      );
    case "TERMS_NOT_ACCEPTED":
      return (
        <Banner
          tone="bad"
          title={stateReason?.message ?? "Apple has new terms to accept."}
          action={
            <Actions>
              <CheckAgainButton token={token} />
              <OpenAbmButton />
            </Actions>
          }
        >
          {stateReason?.hint}
        </Banner>
      );
    default:
      return null;
  }
}

function Actions({ children }: { children: React.ReactNode }) {
  return <div className="flex flex-wrap gap-2">{children}</div>;
}

function ContinueButton({ token }: { token: ListedToken }) {
  return (
    <Button
      variant="primary"
      render={<Link to="/settings/abm/$tokenId/connect" params={{ tokenId: token.id }} search={{ step: "2" }} />}
    >
      Continue
    </Button>
  );
}

function CheckAgainButton({ token }: { token: ListedToken }) {
  const { check, checking } = useCheckToken(token);
  const may = useMay("OPERATOR");
  return (
    may && (
      <Button busy={checking} busyLabel="Checking" onClick={check}>
        Check again
      </Button>
    )
  );
}
