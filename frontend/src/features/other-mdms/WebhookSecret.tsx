import { Button } from "../../ui/Button";
import { CopyText } from "../../ui/CopyText";
import { DialogBody, DialogFooter } from "../../ui/Dialog";
import type { OtherMdm } from "./otherMdm";

export type WebhookSecretProps = {
  server: Pick<OtherMdm, "name" | "webhookUrl" | "webhookAuthentication">;
  secret: string;
  onDone: () => void;
};

/** Where a server tells of devices, with the secret that proves it. */
export function WebhookSecret({ server, secret, onDone }: WebhookSecretProps) {
  const { name, webhookUrl, webhookAuthentication } = server;
  const basic = webhookAuthentication === "BASIC";
  return (
    <>
      <DialogBody>
        <p className="text-fg-2">
          Enter both in the settings of {name}. The secret is shown only now; keep it like a password.
        </p>
        {webhookUrl ? (
          <Labelled label="Webhook">
            <CopyText label="webhook" text={basic ? withPassword(webhookUrl, secret) : webhookUrl} />
          </Labelled>
        ) : (
          <p className="text-warn-fg">This server has no public URL that others could call: set GUARDMDM_PUBLIC_URL.</p>
        )}
        <Labelled label="Secret">
          <CopyText label="secret" text={secret} />
        </Labelled>
        {webhookUrl && (
          <Labelled label={basic ? "MicroMDM is started with" : "NanoMDM is started with"}>
            <CopyText label="flags" text={flagsOf(webhookUrl, secret, basic)} />
          </Labelled>
        )}
      </DialogBody>
      <DialogFooter>
        <Button variant="primary" onClick={onDone}>
          Done
        </Button>
      </DialogFooter>
    </>
  );
}

function Labelled({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="grid gap-1">
      <span className="font-[550]">{label}</span>
      {children}
    </div>
  );
}

function withPassword(url: string, secret: string): string {
  return url.replace("://", `://micromdm:${secret}@`);
}

function flagsOf(url: string, secret: string, basic: boolean): string {
  return basic
    ? `-command-webhook-url ${withPassword(url, secret)}`
    : `-webhook-url ${url} -webhook-hmac-key ${secret}`;
}
