import { useState } from "react";
import { useMutation } from "urql";
import { graphql } from "../../gql";
import { useApi } from "../../graphql/ApiContext";
import { byField } from "../../graphql/errors";
import { refusalOf } from "../../graphql/forms";
import { plural } from "../../lib/numbers";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { Checkbox } from "../../ui/Checkbox";
import { DefinitionList } from "../../ui/DefinitionList";
import { FieldError } from "../../ui/Field";
import { TextInput } from "../../ui/TextInput";
import { FormError } from "../session/FormError";
import { useMay } from "../session/session";
import type { MdmSettings } from "./server";

const UpdateMdmSettingsDocument = graphql(`
  mutation UpdateMDMSettings($input: UpdateMDMSettingsInput!) {
    updateMDMSettings(input: $input) {
      mdmSettings {
        ...MdmSettings
      }
      userErrors {
        field
        message
        hint
      }
    }
  }
`);

/** What happens to a device that enrolls, and how long Setup Assistant may wait for it. */
export function EnrollingCard({ settings }: { settings: MdmSettings }) {
  const mayChange = useMay("ADMIN");
  const { firstCommands, releaseAfterSeconds } = settings;
  return (
    <Card title="When a device enrolls">
      {mayChange ? (
        <SettingsForm key={JSON.stringify(settings)} settings={settings} />
      ) : (
        <DefinitionList
          items={[
            { label: "First commands", value: firstCommands.join(", "), wide: true },
            { label: "Released after", value: `${plural(releaseAfterSeconds / 60, "minute")} at most`, wide: true },
          ]}
        />
      )}
    </Card>
  );
}

// Without it a device's name and system stay unknown, so that the server adds it.
const always = "DeviceInformation";

function SettingsForm({ settings }: { settings: MdmSettings }) {
  const [{ fetching, data, error }, update] = useMutation(UpdateMdmSettingsDocument);
  const [commands, setCommands] = useState<readonly string[]>(settings.firstCommands);
  const [minutes, setMinutes] = useState(String(settings.releaseAfterSeconds / 60));
  const { refresher } = useApi();
  const { fields, rest } = byField(data?.updateMDMSettings.userErrors ?? [], ["firstCommands", "releaseAfterSeconds"]);
  const refusal = refusalOf({ error, userErrors: rest });
  const seconds = Math.round(Number(minutes) * 60);
  const flaw = minutes.trim() !== "" && seconds >= 60 && seconds <= 86_400 ? undefined : "Give 1 to 1,440 minutes.";
  const changed = seconds !== settings.releaseAfterSeconds || commands.join() !== settings.firstCommands.join();
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    if (flaw || !changed) return;
    const answer = await update({ input: { firstCommands: [...commands], releaseAfterSeconds: seconds } });
    if (answer.data?.updateMDMSettings.mdmSettings) refresher.refresh();
  };
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="grid gap-4">
      <fieldset className="grid gap-1">
        <legend className="font-[550]">First commands</legend>
        {settings.possibleFirstCommands.map((name) => (
          <Checkbox
            key={name}
            label={<code className="font-mono text-serial wrap-anywhere">{name}</code>}
            checked={name === always || commands.includes(name)}
            disabled={name === always}
            onCheckedChange={(checked) =>
              setCommands(checked ? [...commands, name] : commands.filter((each) => each !== name))
            }
          />
        ))}
        {fields.firstCommands && <FieldError>{fields.firstCommands}</FieldError>}
        <p className="text-fg-3 text-hint">They ask and change nothing. {always} always comes along.</p>
      </fieldset>
      <TextInput
        label="Minutes in Setup Assistant, at most"
        type="number"
        inputMode="numeric"
        min={1}
        max={1440}
        value={minutes}
        onChange={(event) => setMinutes(event.target.value)}
        error={flaw ?? fields.releaseAfterSeconds}
        hint="A device goes on when it answered its first commands, or after this time."
      />
      <FormError error={refusal ? { message: refusal } : undefined} />
      <div>
        <Button
          type="submit"
          busy={fetching}
          busyLabel="Saving"
          disabledReason={changed ? undefined : "Nothing was changed"}
        >
          Save
        </Button>
      </div>
    </form>
  );
}
