import { Link, Navigate } from "@tanstack/react-router";
import { useState } from "react";
import { Button } from "../../ui/Button";
import { useSession } from "../session/session";
import { Instructions } from "./Instructions";
import { PublicKey } from "./PublicKey";
import { portalOf } from "./portal";
import { RenewStep } from "./RenewStep";
import { useRenewalSteps } from "./steps";
import type { ExchangedToken } from "./token";
import { UploadStep } from "./UploadStep";
import { type Step, type StepLink, Wizard } from "./Wizard";

export type RenewWizardProps = {
  token: ExchangedToken;
  step: Step;
  stepLink: StepLink;
  /** Ends when the token with its new key is here. */
  onGenerated: () => Promise<void>;
};

/** The four steps of a renewal. */
export function RenewWizard({ token, step, stepLink, onGenerated }: RenewWizardProps) {
  const [accepted, setAccepted] = useState(false);
  const steps = useRenewalSteps();
  const portal = portalOf(useSession().instance);
  if (token.state === "AWAITING_SERVER_TOKEN") {
    return (
      <Navigate to="/settings/abm/$tokenId/connect" params={{ tokenId: token.id }} search={{ step: "2" }} replace />
    );
  }
  // The later steps are about the new key: without one the renewal begins.
  switch (token.renewalStarted || accepted ? step : "1") {
    case "1":
      return <RenewStep token={token} stepLink={stepLink} onGenerated={onGenerated} />;
    case "2":
      return (
        <Wizard
          steps={steps}
          step="2"
          heading="Upload the new public key to Apple"
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
            list={portal.renewal.upload}
            token={token}
            first={{ text: "Download the new public key", content: <PublicKey token={token} /> }}
          />
        </Wizard>
      );
    case "3":
      return (
        <Wizard
          steps={steps}
          step="3"
          heading="Download the new server token"
          intro={
            token.adminId &&
            `The token in use was downloaded by ${token.adminId}. Any administrator can download this one.`
          }
          stepLink={stepLink}
          note="Next: upload it here"
          action={
            <Button variant="primary" render={stepLink("4")}>
              I have the file
            </Button>
          }
        >
          <Instructions list={portal.renewal.download} token={token} />
        </Wizard>
      );
    case "4":
      return (
        <Wizard
          steps={steps}
          step="4"
          finished={accepted}
          heading="Upload the token here"
          intro="Give GuardMDM the .p7m file that you downloaded. The token in use stays until this one passes all checks."
          stepLink={stepLink}
          note={accepted ? "The new token is in use" : "Nothing is stored before all checks pass"}
          action={
            accepted ? (
              <Button variant="primary" render={<Link to="/settings/abm" />}>
                Finish
              </Button>
            ) : (
              <Button variant="primary" disabledReason="Upload the server token first">
                Finish
              </Button>
            )
          }
        >
          <UploadStep tokenId={token.id} renewal stepLink={stepLink} onAccepted={() => setAccepted(true)} />
        </Wizard>
      );
  }
}
