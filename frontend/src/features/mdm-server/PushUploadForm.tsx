import { useState } from "react";
import { useMutation } from "urql";
import { graphql } from "../../gql";
import { useApi } from "../../graphql/ApiContext";
import { byField } from "../../graphql/errors";
import { refusalOf } from "../../graphql/forms";
import { Button } from "../../ui/Button";
import { Checkbox } from "../../ui/Checkbox";
import { FileDrop } from "../../ui/FileDrop";
import { useToast } from "../../ui/Toast";
import { FormError } from "../session/FormError";
import { mostBytes, readCertificate } from "./files";

const UploadPushCertificateDocument = graphql(`
  mutation UploadPushCertificate($input: UploadPushCertificateInput!) {
    uploadPushCertificate(input: $input) {
      pushCertificate {
        ...PushCertificate
      }
      userErrors {
        field
        message
        hint
      }
    }
  }
`);

/** Has the server check a push certificate and take it into use. */
export function PushUploadForm({ onDone }: { onDone: () => void }) {
  const [certificate, setCertificate] = useState<File | null>(null);
  const [withKey, setWithKey] = useState(false);
  const [key, setKey] = useState<File | null>(null);
  const [{ fetching, data, error }, upload] = useMutation(UploadPushCertificateDocument);
  const { refresher } = useApi();
  const toast = useToast();
  const [stale, setStale] = useState(false); // what was refused is not what is chosen now
  const userErrors = stale ? [] : (data?.uploadPushCertificate.userErrors ?? []);
  const { fields, rest } = byField(userErrors, ["certificate", "privateKey"]);
  const refusal = refusalOf({ error: stale ? undefined : error, userErrors: rest });
  const choose = (set: (file: File | null) => void) => (file: File | null) => {
    set(file);
    setStale(true);
  };
  const send = async () => {
    if (!certificate) return;
    setStale(false);
    const input = {
      certificate: await readCertificate(certificate),
      ...(withKey && key && { privateKey: await key.text() }),
    };
    const answer = await upload({ input });
    if (!answer.data?.uploadPushCertificate.pushCertificate) return;
    toast.show({ tone: "ok", title: "The push certificate is in use" });
    refresher.refresh();
    onDone();
  };
  return (
    <div className="grid gap-3">
      <FileDrop
        label="Push certificate"
        hint="The MDM_…_Certificate.pem that Apple made."
        accept=".pem,.cer,.crt,application/x-pem-file"
        maxBytes={mostBytes}
        file={certificate}
        onFile={choose(setCertificate)}
        error={fields.certificate}
        busy={fetching}
      />
      <Checkbox
        label="Its key was made elsewhere"
        hint="As by a program that makes request and key itself."
        checked={withKey}
        onCheckedChange={setWithKey}
      />
      {withKey && (
        <FileDrop
          label="Private key"
          hint="PEM, without a password."
          accept=".pem,.key"
          maxBytes={mostBytes}
          file={key}
          onFile={choose(setKey)}
          error={fields.privateKey}
          busy={fetching}
        />
      )}
      <FormError error={refusal ? { message: refusal } : undefined} />
      <div>
        <Button
          variant="primary"
          busy={fetching}
          busyLabel="Checking"
          disabledReason={certificate && (!withKey || key) ? undefined : "Choose the file first"}
          onClick={() => void send()}
        >
          Upload certificate
        </Button>
      </div>
    </div>
  );
}
