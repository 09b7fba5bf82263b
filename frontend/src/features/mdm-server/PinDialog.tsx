import { useState } from "react";
import { useMutation } from "urql";
import { useApi } from "../../graphql/ApiContext";
import { refusalOf } from "../../graphql/forms";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { Fingerprint } from "./AuthoritiesCard";
import { PinWarning } from "./PinWarning";
import { PinDeviceCADocument } from "./pin";
import type { Authority } from "./server";

type PinDialogProps = { authority: Authority; onClose: () => void };

/** Asks before the devices of an authority are believed. */
export function PinDialog({ authority, onClose }: PinDialogProps) {
  const [{ fetching }, pin] = useMutation(PinDeviceCADocument);
  const [refusal, setRefusal] = useState<string>();
  const { refresher } = useApi();
  const confirm = async () => {
    const { data, error } = await pin({ input: { deviceCaId: authority.id } });
    const refused = refusalOf({ error, userErrors: data?.pinDeviceCA.userErrors });
    setRefusal(refused);
    if (refused) return;
    refresher.refresh();
    onClose();
  };
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Pin ${authority.subject}`}
      confirmLabel="Pin"
      busyLabel="Pinning"
      busy={fetching}
      danger
      onConfirm={() => void confirm()}
      error={refusal}
    >
      <PinWarning />
      <p>Compare its SHA-256 fingerprint with what Apple publishes:</p>
      <Fingerprint of={authority} />
    </ConfirmDialog>
  );
}
