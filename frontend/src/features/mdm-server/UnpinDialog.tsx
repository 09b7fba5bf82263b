import { useState } from "react";
import { useMutation } from "urql";
import { useApi } from "../../graphql/ApiContext";
import { refusalOf } from "../../graphql/forms";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { UnpinDeviceCADocument } from "./pin";
import type { Authority } from "./server";

type UnpinDialogProps = { authority: Authority; onClose: () => void };

/** Asks before the devices of an authority are no longer believed. */
export function UnpinDialog({ authority, onClose }: UnpinDialogProps) {
  const [{ fetching }, unpin] = useMutation(UnpinDeviceCADocument);
  const [refusal, setRefusal] = useState<string>();
  const { refresher } = useApi();
  const { id, subject } = authority;
  const confirm = async () => {
    if (!id) return;
    const { data, error } = await unpin({ input: { deviceCaId: id } });
    const refused = refusalOf({ error, userErrors: data?.unpinDeviceCA.userErrors });
    setRefusal(refused);
    if (refused) return;
    refresher.refresh();
    onClose();
  };
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Unpin ${subject}`}
      confirmLabel="Unpin"
      busyLabel="Unpinning"
      busy={fetching}
      onConfirm={() => void confirm()}
      error={refusal}
    >
      <p>Its devices get no enrollment profile from then on. Devices that are enrolled stay so.</p>
    </ConfirmDialog>
  );
}
