import { Link } from "@tanstack/react-router";
import { CircleCheck } from "lucide-react";
import { useState } from "react";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { EmptyState } from "../../ui/EmptyState";
import { useSession } from "../session/session";
import { Instructions } from "./Instructions";
import { PublicKey } from "./PublicKey";
import { portalOf } from "./portal";
import { RenewButton } from "./RenewButton";
import { useConnectSteps } from "./steps";
import type { ExchangedToken } from "./token";
import { UploadStep } from "./UploadStep";
import { type Step, type StepLink, Wizard } from "./Wizard";

export type ConnectWizardProps = { token: ExchangedToken; step: Step; stepLink: StepLink };

/** The four steps of a new organization, after its key was made. */
export function ConnectWizard({ token, step, stepLink }: ConnectWizardProps) {
  // What it was when the page came: the steps that connect it here stay to show what came of them.
  const [wasConnected] = useState(token.state !== "AWAITING_SERVER_TOKEN");
  const [accepted, setAccepted] = useState(false);
  const steps = useConnectSteps();
  const portal = portalOf(useSession().instance);
  if (wasConnected) return <AlreadyConnected token={token} />;
  switch (step) {
    case "1":
      return (
        <Wizard
          steps={steps}
          step="1"
          heading="Generate the token key"
          intro={`The key pair for ${token.name} is made. The private key stays on this server, encrypted.`}
          note="Next: upload the public key"
          action={
            <Button variant="primary" render={stepLink("2")}>
              Continue
            </Button>
          }
        >
          <PublicKey token={token} />
        </Wizard>
      );
    case "2":
      return (
        <Wizard
          steps={steps}
          step="2"
          heading="Upload the public key to Apple"
          intro={portal.signIn}
          stepLink={stepLink}
          note="Next: download the server token"
          action={
            <Button variant="primary" render={stepLink("3")}>
              I uploaded the key
            </Button>
          }
        >
          <Instructions
            list={portal.first.upload}
            token={token}
            first={{ text: "Download the public key of this server", content: <PublicKey token={token} /> }}
          />
        </Wizard>
      );
    case "3":
      return (
        <Wizard
          steps={steps}
          step="3"
          heading="Download the server token"
          intro="Apple encrypts it with the key that you uploaded."
          stepLink={stepLink}
          note="Next: upload it here"
          action={
            <Button variant="primary" render={stepLink("4")}>
              I have the file
            </Button>
          }
        >
          <Instructions list={portal.first.download} token={token} />
        </Wizard>
      );
    case "4":
      return (
        <Wizard
          steps={steps}
          step="4"
          finished={accepted}
          heading="Upload the token here"
          intro="Give GuardMDM the .p7m file that you downloaded. It stays on this server, encrypted."
          stepLink={stepLink}
          note={accepted ? "The first sync runs by itself" : "Nothing is stored before all checks pass"}
          action={<FinishButton accepted={accepted} />}
        >
          <UploadStep tokenId={token.id} renewal={false} stepLink={stepLink} onAccepted={() => setAccepted(true)} />
        </Wizard>
      );
  }
}

function FinishButton({ accepted }: { accepted: boolean }) {
  return accepted ? (
    // Another organization may be chosen in the address: the new devices would not be seen.
    <Button variant="primary" render={<Link to="/devices" search={{ org: undefined }} />}>
      Finish
    </Button>
  ) : (
    <Button variant="primary" disabledReason="Upload the server token first">
      Finish
    </Button>
  );
}

function AlreadyConnected({ token }: { token: ExchangedToken }) {
  return (
    <Card>
      <EmptyState
        icon={<CircleCheck />}
        title={`${token.name} is connected`}
        action={
          <>
            <Button variant="primary" render={<Link to="/devices" search={{ org: token.id }} />}>
              Show devices
            </Button>
            <RenewButton token={token} />
          </>
        }
      >
        Its server token was accepted{token.orgName && `: ${token.serverName} of ${token.orgName}`}. A new token for it
        is a renewal.
      </EmptyState>
    </Card>
  );
}
