import { useState } from "react";
import { useMutation } from "urql";
import { graphql } from "../../gql";
import { useApi } from "../../graphql/ApiContext";
import { byField } from "../../graphql/errors";
import { refusalOf } from "../../graphql/forms";
import { Button } from "../../ui/Button";
import { TextInput } from "../../ui/TextInput";
import { saveText } from "../abm-tokens/files";
import { FormError } from "../session/FormError";
import { requestFile } from "./files";

const CreatePushRequestDocument = graphql(`
  mutation CreatePushCertificateRequest($input: CreatePushCertificateRequestInput!) {
    createPushCertificateRequest(input: $input) {
      requestPEM
      userErrors {
        field
        message
        hint
      }
    }
  }
`);

/** Makes a key with its request, and saves the request as a file. */
export function PushRequestForm({ account: known }: { account: string }) {
  const [account, setAccount] = useState(known);
  const [{ fetching, data, error }, create] = useMutation(CreatePushRequestDocument);
  const { refresher } = useApi();
  const { fields, rest } = byField(data?.createPushCertificateRequest.userErrors ?? [], ["appleAccount"]);
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    const answer = await create({ input: account.trim() === "" ? {} : { appleAccount: account.trim() } });
    const request = answer.data?.createPushCertificateRequest.requestPEM;
    if (!request) return;
    saveText(requestFile, request, "application/pkcs10");
    refresher.refresh();
  };
  const refusal = refusalOf({ error, userErrors: rest });
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="grid gap-3">
      <TextInput
        label="Apple Account"
        optional
        type="email"
        autoComplete="off"
        value={account}
        onChange={(event) => setAccount(event.target.value)}
        error={fields.appleAccount}
        hint="To remember it: only this account can renew the certificate."
      />
      <FormError error={refusal ? { message: refusal } : undefined} />
      <div>
        <Button type="submit" busy={fetching} busyLabel="Making">
          Make a request
        </Button>
      </div>
    </form>
  );
}
