import { useState } from "react";
import { useMutation } from "urql";
import { graphql } from "../../gql";
import { useApi } from "../../graphql/ApiContext";
import { byField } from "../../graphql/errors";
import { refusalOf } from "../../graphql/forms";
import { Button } from "../../ui/Button";
import { DialogBody, DialogFooter, DialogFrame } from "../../ui/Dialog";
import { FileDrop } from "../../ui/FileDrop";
import { FormError } from "../session/FormError";
import { mostBytes } from "./files";

const UploadSigningDocument = graphql(`
  mutation UploadEnrollmentSigningCertificate($input: UploadEnrollmentSigningCertificateInput!) {
    uploadEnrollmentSigningCertificate(input: $input) {
      enrollmentSigningCertificate {
        ...SigningCertificate
      }
      userErrors {
        field
        message
        hint
      }
    }
  }
`);

/** Has enrollment profiles signed with a certificate and its key. */
export function SigningDialog({ onClose }: { onClose: () => void }) {
  const [{ fetching, data, error }, upload] = useMutation(UploadSigningDocument);
  const [certificate, setCertificate] = useState<File | null>(null);
  const [key, setKey] = useState<File | null>(null);
  const { refresher } = useApi();
  const userErrors = data?.uploadEnrollmentSigningCertificate.userErrors ?? [];
  const { fields, rest } = byField(userErrors, ["certificatePem", "privateKeyPem"]);
  const refusal = refusalOf({ error, userErrors: rest });
  const send = async () => {
    if (!certificate || !key) return;
    const input = { certificatePem: await certificate.text(), privateKeyPem: await key.text() };
    const answer = await upload({ input });
    if (!answer.data?.uploadEnrollmentSigningCertificate.enrollmentSigningCertificate) return;
    refresher.refresh();
    onClose();
  };
  return (
    <DialogFrame
      open
      onOpenChange={(open) => !open && onClose()}
      title="Upload a signing certificate"
      description="One that devices trust, such as that of this server's address. The key is sealed here."
      dismissible={!fetching}
    >
      <DialogBody>
        <FileDrop
          label="Certificate"
          hint="PEM, followed by those above it."
          accept=".pem,.crt,.cer"
          maxBytes={mostBytes}
          file={certificate}
          onFile={setCertificate}
          error={fields.certificatePem}
          busy={fetching}
        />
        <FileDrop
          label="Private key"
          hint="PEM, without a password."
          accept=".pem,.key"
          maxBytes={mostBytes}
          file={key}
          onFile={setKey}
          error={fields.privateKeyPem}
          busy={fetching}
        />
        <FormError error={refusal ? { message: refusal } : undefined} />
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose} disabled={fetching}>
          Cancel
        </Button>
        <Button
          variant="primary"
          busy={fetching}
          busyLabel="Uploading"
          disabledReason={certificate && key ? undefined : "Choose both files first"}
          onClick={() => void send()}
        >
          Upload
        </Button>
      </DialogFooter>
    </DialogFrame>
  );
}
