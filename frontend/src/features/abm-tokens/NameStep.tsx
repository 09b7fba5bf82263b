import { useState } from "react";
import { useMutation } from "urql";
import { byField, problemOf, sentence, type UserError } from "../../graphql/errors";
import { Banner } from "../../ui/Banner";
import { Button } from "../../ui/Button";
import { TextInput } from "../../ui/TextInput";
import { useConnectSteps } from "./steps";
import { GenerateTokenDocument } from "./token";
import { Wizard } from "./Wizard";

const form = "name-of-the-token";

/** Step 1 of a new organization: gives it a name and makes its key pair. */
export function NameStep({ onGenerated }: { onGenerated: (tokenId: string) => void }) {
  const [{ fetching }, generate] = useMutation(GenerateTokenDocument);
  const [errors, setErrors] = useState<readonly UserError[]>([]);
  const { fields, rest } = byField(errors, ["name"]);
  const submit = async (data: FormData) => {
    const name = String(data.get("name")).trim();
    if (!name) return setErrors([{ field: ["name"], message: "Enter a name, such as the organization's." }]);
    setErrors([]);
    const { data: answer, error } = await generate({ input: { name } });
    const token = answer?.generateABMToken.abmToken;
    if (token) onGenerated(token.id);
    else setErrors(error ? [problemOf(error)] : (answer?.generateABMToken.userErrors ?? []));
  };
  return (
    <Wizard
      steps={useConnectSteps()}
      step="1"
      heading="Generate the token key"
      intro="GuardMDM makes a key pair for one ABM organization. The private key stays on this server, encrypted."
      note="Next: upload the public key"
      action={
        <Button type="submit" form={form} variant="primary" busy={fetching} busyLabel="Generating">
          Generate key
        </Button>
      }
    >
      <form
        id={form}
        noValidate
        className="grid max-w-md gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!fetching) void submit(new FormData(event.currentTarget));
        }}
      >
        <TextInput
          label="Name in GuardMDM"
          name="name"
          hint="For example the organization's name. It is seen here only."
          autoComplete="organization"
          maxLength={125}
          required
          error={fields.name}
        />
        {rest[0] && (
          <Banner tone="bad" title="The key was not made">
            {sentence(rest[0])}
          </Banner>
        )}
      </form>
    </Wizard>
  );
}
