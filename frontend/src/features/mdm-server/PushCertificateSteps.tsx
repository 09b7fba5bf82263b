import { Step, Steps } from "../../ui/Steps";
import { PushRequestForm } from "./PushRequestForm";
import { PushRequests } from "./PushRequests";
import { PushUploadForm } from "./PushUploadForm";
import type { PushCertificate } from "./server";

const link = "rounded-badge text-accent-fg underline underline-offset-2";

type PushCertificateStepsProps = {
  /** The one in use, which is to be renewed. */
  certificate: PushCertificate | undefined;
  onDone: () => void;
};

/** The way to a push certificate, or to its renewal: request, vendor, Apple, upload. */
export function PushCertificateSteps({ certificate, onDone }: PushCertificateStepsProps) {
  return (
    <section
      aria-label={certificate ? "Renew the push certificate" : "Get a push certificate"}
      className="border-border not-first:border-t not-first:pt-4"
    >
      <Steps>
        <Step number={1} title="Make a request">
          <p className="text-fg-2">
            The key is made on this server and stays here, sealed. Earlier requests stay good: 5 of them are kept.
          </p>
          <PushRequestForm account={certificate?.appleAccount ?? ""} />
          <PushRequests />
        </Step>
        <Step number={2} title="Have a vendor of MDM software sign it">
          <p className="text-fg-2">
            Apple takes only requests that a vendor signed.{" "}
            <a href="https://mdmcert.download" target="_blank" rel="noreferrer" className={link}>
              mdmcert.download
            </a>{" "}
            signs them free of charge for small organizations; an organization in Apple's Developer Program can have a
            vendor certificate of its own. Whoever signs it sees no private key.
          </p>
        </Step>
        <Step number={3} title={certificate ? "Renew the certificate at Apple" : "Create the certificate at Apple"}>
          <p className="text-fg-2">
            Sign in at{" "}
            <a href="https://identity.apple.com/pushcert" target="_blank" rel="noreferrer" className={link}>
              identity.apple.com/pushcert
            </a>{" "}
            {certificate ? (
              <>
                with {certificate.appleAccount || "the same Apple Account as last time"}. Choose <b>Renew</b> beside the
                certificate with the UID{" "}
                <code className="font-mono text-serial wrap-anywhere">{certificate.topic}</code>, never <b>Create</b>:
                enrolled devices listen to this topic alone.
              </>
            ) : (
              <>
                with an Apple Account of the organization, not a person's own. Choose <b>Create a Certificate</b>.
              </>
            )}{" "}
            Upload there what the vendor returned, and download the certificate.
          </p>
        </Step>
        <Step number={4} title="Upload the certificate here">
          <PushUploadForm onDone={onDone} />
        </Step>
      </Steps>
    </section>
  );
}
