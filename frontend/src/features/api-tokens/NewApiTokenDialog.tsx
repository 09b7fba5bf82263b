import { useState } from "react";
import { DialogFrame } from "../../ui/Dialog";
import { NewApiTokenForm } from "./NewApiTokenForm";
import { NewSecret, type Secret } from "./NewSecret";

/** Makes a token, then shows its secret, this once: a press beside the dialog must not lose it. */
export function NewApiTokenDialog({ onClose }: { onClose: () => void }) {
  const [secret, setSecret] = useState<Secret>();
  return (
    <DialogFrame
      open
      onOpenChange={(open) => !open && onClose()}
      dismissible={!secret}
      size={600}
      title={secret ? `Copy the token ${secret.name}` : "New API token"}
    >
      {secret ? (
        <NewSecret secret={secret} onDone={onClose} />
      ) : (
        <NewApiTokenForm onCreated={setSecret} onCancel={onClose} />
      )}
    </DialogFrame>
  );
}
