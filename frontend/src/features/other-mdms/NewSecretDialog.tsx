import { useState } from "react";
import { useMutation } from "urql";
import { graphql } from "../../gql";
import { useApi } from "../../graphql/ApiContext";
import { DialogFrame } from "../../ui/Dialog";
import { ConfirmAction } from "../session/ConfirmAction";
import type { OtherMdm } from "./otherMdm";
import { WebhookSecret } from "./WebhookSecret";

const RotateSecretDocument = graphql(`
  mutation RotateOtherMDMWebhookSecret($input: RotateOtherMDMWebhookSecretInput!) {
    rotateOtherMDMWebhookSecret(input: $input) {
      otherMdm {
        id
      }
      webhookSecret
      userErrors {
        message
        hint
      }
    }
  }
`);

/** Gives a webhook another secret, and shows it this once. */
export function NewSecretDialog({ server, onClose }: { server: OtherMdm; onClose: () => void }) {
  const [, rotate] = useMutation(RotateSecretDocument);
  const [secret, setSecret] = useState<string>();
  const { refresher } = useApi();
  if (secret) {
    return (
      <DialogFrame
        open
        onOpenChange={(open) => !open && onClose()}
        dismissible={false}
        size={600}
        title="Copy the webhook"
      >
        <WebhookSecret server={server} secret={secret} onDone={onClose} />
      </DialogFrame>
    );
  }
  return (
    <ConfirmAction
      title={`New secret for ${server.name}`}
      confirmLabel="Make a secret"
      busyLabel="Making"
      run={async () => {
        const { data, error } = await rotate({ input: { otherMdmId: server.id } });
        return { error, userErrors: data?.rotateOtherMDMWebhookSecret.userErrors, data };
      }}
      onDone={({ data }) => {
        refresher.refresh();
        setSecret(data?.rotateOtherMDMWebhookSecret.webhookSecret ?? undefined);
      }}
      onCancel={onClose}
    >
      <p>The one before counts no longer: what its webhook tells is refused until the new one is entered there.</p>
    </ConfirmAction>
  );
}
