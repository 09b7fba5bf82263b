import { useState } from "react";
import { useMutation } from "urql";
import { useApi } from "../../graphql/ApiContext";
import { byField } from "../../graphql/errors";
import { refusalOf } from "../../graphql/forms";
import { Button } from "../../ui/Button";
import { DialogBody, DialogFooter, DialogFrame } from "../../ui/Dialog";
import { FileDrop } from "../../ui/FileDrop";
import { FormError } from "../session/FormError";
import { mostBytes } from "./files";
import { PinWarning } from "./PinWarning";
import { PinDeviceCADocument } from "./pin";

/** Believes the devices of an authority that none came from yet. */
export function PinFileDialog({ onClose }: { onClose: () => void }) {
  const [{ fetching, data, error }, pin] = useMutation(PinDeviceCADocument);
  const [file, setFile] = useState<File | null>(null);
  const { refresher } = useApi();
  const { fields, rest } = byField(data?.pinDeviceCA.userErrors ?? [], ["certificatePem"]);
  const refusal = refusalOf({ error, userErrors: rest });
  const send = async () => {
    if (!file) return;
    const answer = await pin({ input: { certificatePem: await file.text() } });
    if (!answer.data?.pinDeviceCA.deviceCA) return;
    refresher.refresh();
    onClose();
  };
  return (
    <DialogFrame
      open
      onOpenChange={(open) => !open && onClose()}
      title="Pin a device authority"
      dismissible={!fetching}
    >
      <DialogBody>
        <PinWarning />
        <FileDrop
          label="Certificate of the authority"
          hint="PEM, up to 64 KB."
          accept=".pem,.crt,.cer"
          maxBytes={mostBytes}
          file={file}
          onFile={setFile}
          error={fields.certificatePem}
          busy={fetching}
        />
        <FormError error={refusal ? { message: refusal } : undefined} />
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose} disabled={fetching}>
          Cancel
        </Button>
        <Button
          variant="danger"
          busy={fetching}
          busyLabel="Pinning"
          disabledReason={file ? undefined : "Choose the certificate first"}
          onClick={() => void send()}
        >
          Pin
        </Button>
      </DialogFooter>
    </DialogFrame>
  );
}
