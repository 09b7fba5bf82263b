import { useState } from "react";
import { useMutation } from "urql";
import { problemOf, sentence, type UserError } from "../../graphql/errors";
import { date, daysLeft, left } from "../../lib/time";
import { useNow } from "../../lib/useNow";
import { Banner } from "../../ui/Banner";
import { Button } from "../../ui/Button";
import { useRenewalSteps } from "./steps";
import { type ExchangedToken, GenerateTokenDocument } from "./token";
import { type StepLink, Wizard } from "./Wizard";

export type RenewStepProps = { token: ExchangedToken; stepLink: StepLink; onGenerated: () => Promise<void> };

/** Step 1 of a renewal: what it keeps, and the new key. One that was begun goes on with the key that it has. */
export function RenewStep({ token, stepLink, onGenerated }: RenewStepProps) {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<UserError>();
  const [, generate] = useMutation(GenerateTokenDocument);
  const start = async () => {
    setBusy(true);
    setRefusal(undefined);
    const { data, error } = await generate({ input: { abmTokenId: token.id } });
    if (data?.generateABMToken.abmToken) await onGenerated();
    else setRefusal(error ? problemOf(error) : data?.generateABMToken.userErrors[0]);
    setBusy(false);
  };
  const generateButton = (label: string, variant: "primary" | "secondary") => (
    <Button variant={variant} busy={busy} busyLabel="Generating" onClick={start}>
      {label}
    </Button>
  );
  return (
    <Wizard
      steps={useRenewalSteps()}
      step="1"
      heading={`Renew the ${token.name} token`}
      intro="Devices and the sync position stay as they are. GuardMDM uses the token that it has until the new one passes the checks."
      action={
        token.renewalStarted ? (
          <>
            {generateButton("Make a new key", "secondary")}
            <Button variant="primary" render={stepLink("2")}>
              Continue renewal
            </Button>
          </>
        ) : (
          generateButton("Generate key", "primary")
        )
      }
    >
      <MustMatch token={token} />
      {token.renewalStarted && (
        <Banner tone="info" title="A renewal is under way">
          Its key is made. Continue with it, or make a new one: a server token for the key before is refused then.
        </Banner>
      )}
      {refusal && (
        <Banner tone="bad" title="The key was not made">
          {sentence(refusal)}
        </Banner>
      )}
    </Wizard>
  );
}

/** What the new token is compared with. */
function MustMatch({ token }: { token: ExchangedToken }) {
  return (
    <table className="w-full max-w-2xl table-fixed overflow-clip rounded-card text-left shadow-[0_0_0_1px_var(--border)]">
      <caption className="sr-only">The token in use, and what the new one must be like</caption>
      <thead>
        <tr className="text-fg-3 text-hint">
          <td />
          <th scope="col" className="p-2 font-normal sm:px-3">
            Now
          </th>
          <th scope="col" className="p-2 font-normal sm:px-3">
            The new one must have
          </th>
        </tr>
      </thead>
      <tbody>
        <Row name="Apple organization" now={<OrganizationAtApple token={token} />} must="the same" />
        <Row name="MDM server" now={token.serverName} must="the same" />
        <Row
          name="Valid until"
          now={token.expiresAt ? <ValidUntil expiresAt={token.expiresAt} /> : "Unknown"}
          must="a later date"
        />
      </tbody>
    </table>
  );
}

function Row({ name, now, must }: { name: string; now: React.ReactNode; must: string }) {
  return (
    <tr className="border-border border-t">
      <th scope="row" className="p-2 font-normal text-fg-2 sm:px-3">
        {name}
      </th>
      <td className="p-2 wrap-break-word sm:px-3">{now}</td>
      <td className="p-2 text-fg-2 sm:px-3">{must}</td>
    </tr>
  );
}

function OrganizationAtApple({ token }: { token: ExchangedToken }) {
  return (
    <>
      <bdi>{token.orgName}</bdi> ({token.orgId})
    </>
  );
}

function ValidUntil({ expiresAt }: { expiresAt: string }) {
  const days = daysLeft(expiresAt, useNow(60_000));
  return `${date(expiresAt)}, ${days > 0 ? left(days).toLowerCase() : "expired"}`;
}
