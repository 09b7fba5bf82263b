import { useState } from "react";
import { useMutation } from "urql";
import { readFragment } from "../../gql";
import type { OtherMdmRequest, OtherMdmWebhookAuthentication } from "../../gql/graphql";
import { useApi } from "../../graphql/ApiContext";
import { byField, type UserError } from "../../graphql/errors";
import { refusalOf } from "../../graphql/forms";
import { Button } from "../../ui/Button";
import { DialogBody, DialogFooter } from "../../ui/Dialog";
import { FileDrop } from "../../ui/FileDrop";
import { PasswordInput } from "../../ui/PasswordInput";
import { Segmented } from "../../ui/Segmented";
import { Select } from "../../ui/Select";
import { TextInput } from "../../ui/TextInput";
import { readBase64 } from "../abm-tokens/files";
import { FormError } from "../session/FormError";
import {
  authenticationWords,
  CreateOtherMdmDocument,
  mostProfileBytes,
  type OtherMdm,
  OtherMdmRowFragment,
  requestWords,
  UpdateOtherMdmDocument,
} from "./otherMdm";
import type { WebhookSecretProps } from "./WebhookSecret";

type OtherMdmFormProps = {
  server: OtherMdm | undefined;
  onCreated: (made: Omit<WebhookSecretProps, "onDone">) => void;
  onDone: () => void;
};

const options = <Value extends string>(words: Record<Value, string>) =>
  (Object.keys(words) as Value[]).map((value) => ({ value, label: words[value] }));

/** Where an MDM server's enrollment profile comes from, and how it proves what it tells. What is left empty stays. */
export function OtherMdmForm({ server, onCreated, onDone }: OtherMdmFormProps) {
  const [name, setName] = useState(server?.name ?? "");
  const [source, setSource] = useState<"URL" | "FILE">(server?.source ?? "URL");
  const [url, setUrl] = useState("");
  const [request, setRequest] = useState<OtherMdmRequest>(server?.request ?? "GET");
  const [authorization, setAuthorization] = useState("");
  const [file, setFile] = useState<File | null>(null);
  const [authentication, setAuthentication] = useState<OtherMdmWebhookAuthentication>(
    server?.webhookAuthentication ?? "HMAC",
  );
  const { refresher } = useApi();
  const [created, create] = useMutation(CreateOtherMdmDocument);
  const [updated, update] = useMutation(UpdateOtherMdmDocument);
  const fetching = created.fetching || updated.fetching;
  const userErrors: readonly UserError[] =
    created.data?.createOtherMDM.userErrors ?? updated.data?.updateOtherMDM.userErrors ?? [];
  const { fields, rest } = byField(userErrors, ["name", "url", "authorization", "profileBase64"]);
  const refusal = refusalOf({ error: created.error ?? updated.error, userErrors: rest });

  const isUrl = source === "URL";
  const sameSource = server?.source === source;
  const missing = name.trim() === "" || (!sameSource && (isUrl ? url.trim() === "" : !file));

  const send = async () => {
    const input = {
      name,
      webhookAuthentication: authentication,
      ...(isUrl && { request }),
      ...(isUrl && url.trim() !== "" && { url: url.trim() }),
      ...(isUrl && authorization !== "" && { authorization }),
      ...(!isUrl && file && { profileBase64: await readBase64(file) }),
    };
    if (server) {
      const answer = await update({ input: { otherMdmId: server.id, ...input } });
      if (!answer.data?.updateOtherMDM.otherMdm) return;
      refresher.refresh();
      onDone();
      return;
    }
    const { data } = await create({ input });
    const made = readFragment(OtherMdmRowFragment, data?.createOtherMDM.otherMdm);
    const secret = data?.createOtherMDM.webhookSecret;
    if (!made || !secret) return;
    refresher.refresh();
    onCreated({ server: made, secret });
  };

  return (
    <>
      <DialogBody>
        <TextInput
          label="Name"
          value={name}
          maxLength={100}
          required
          autoComplete="off"
          placeholder="NanoMDM"
          onChange={(event) => setName(event.target.value)}
          error={fields.name}
        />
        <div className="grid justify-items-start gap-1">
          <span className="font-[550]">Enrollment profile</span>
          <Segmented
            label="Where the enrollment profile comes from"
            options={[
              { value: "URL", label: "From a URL" },
              { value: "FILE", label: "From a file" },
            ]}
            value={source}
            onValueChange={setSource}
          />
        </div>
        {isUrl ? (
          <>
            <TextInput
              label="URL"
              type="url"
              value={url}
              maxLength={2000}
              autoComplete="off"
              placeholder={sameSource ? server.url : "https://mdm.example.org/mdm/enroll"}
              optional={sameSource}
              onChange={(event) => setUrl(event.target.value)}
              error={fields.url}
              hint="Kept sealed. What follows a question mark is not shown again."
            />
            <Select
              label="It is sent"
              value={request}
              options={options(requestWords)}
              onChange={(event) => setRequest(event.target.value as OtherMdmRequest)}
              hint="Fleet and MicroMDM can verify the device themselves by its machine information."
            />
            <PasswordInput
              label="Authorization"
              value={authorization}
              maxLength={4096}
              optional
              autoComplete="new-password"
              placeholder={server?.hasAuthorization && sameSource ? "As before" : "Bearer …"}
              onChange={(event) => setAuthorization(event.target.value)}
              error={fields.authorization}
              hint="Value of the header Authorization. Kept sealed, and never shown. A URL at another host needs it again."
            />
          </>
        ) : (
          <FileDrop
            label="Enrollment profile"
            hint={sameSource ? "A .mobileconfig; without one the file stays." : "A .mobileconfig, signed or not."}
            accept=".mobileconfig"
            maxBytes={mostProfileBytes}
            file={file}
            onFile={setFile}
            error={fields.profileBase64}
            busy={fetching}
          />
        )}
        <Select
          label="Its webhook proves itself by"
          value={authentication}
          options={options(authenticationWords)}
          onChange={(event) => setAuthentication(event.target.value as OtherMdmWebhookAuthentication)}
        />
        <FormError error={refusal ? { message: refusal } : undefined} />
      </DialogBody>
      <DialogFooter>
        <Button onClick={onDone} disabled={fetching}>
          Cancel
        </Button>
        <Button
          variant="primary"
          busy={fetching}
          busyLabel="Saving"
          disabledReason={missing ? "Give a name and where the profile comes from" : undefined}
          onClick={() => void send()}
        >
          {server ? "Save" : "Add"}
        </Button>
      </DialogFooter>
    </>
  );
}
