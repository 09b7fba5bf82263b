import { useState } from "react";
import { DialogFrame } from "../../ui/Dialog";
import { OtherMdmForm } from "./OtherMdmForm";
import type { OtherMdm } from "./otherMdm";
import { WebhookSecret, type WebhookSecretProps } from "./WebhookSecret";

type OtherMdmDialogProps = {
  /** The one that is changed; none: a new one. */
  server?: OtherMdm;
  onClose: () => void;
};

/** Adds or changes an MDM server. The secret of a new one's webhook is shown this once: a press beside the dialog must not lose it. */
export function OtherMdmDialog({ server, onClose }: OtherMdmDialogProps) {
  const [made, setMade] = useState<Omit<WebhookSecretProps, "onDone">>();
  return (
    <DialogFrame
      open
      onOpenChange={(open) => !open && onClose()}
      dismissible={!made}
      size={600}
      title={made ? "Copy the webhook" : server ? `Change ${server.name}` : "Add an MDM server"}
    >
      {made ? (
        <WebhookSecret {...made} onDone={onClose} />
      ) : (
        <OtherMdmForm server={server} onCreated={setMade} onDone={onClose} />
      )}
    </DialogFrame>
  );
}
