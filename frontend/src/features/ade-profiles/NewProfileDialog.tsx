import { useState } from "react";
import { useMutation } from "urql";
import type { Platform } from "../../gql/graphql";
import { byField, problemOf, sentence, type UserError } from "../../graphql/errors";
import { Button } from "../../ui/Button";
import { DialogBody, DialogFooter, DialogFrame } from "../../ui/Dialog";
import { FieldError } from "../../ui/Field";
import { TextInput } from "../../ui/TextInput";
import { PlatformsField } from "./BasicsCard";
import type { Values } from "./content";
import { CreateProfileDocument } from "./mutations";

type NewProfileDialogProps = {
  /** What to begin with: another profile. */
  copyOf?: Values | undefined;
  onCreated: (id: string) => void;
  onClose: () => void;
};

/** Makes a profile as a draft: nothing gets to Apple before it is published. */
export function NewProfileDialog({ copyOf, onCreated, onClose }: NewProfileDialogProps) {
  const [{ fetching }, create] = useMutation(CreateProfileDocument);
  const [name, setName] = useState(copyOf ? `${copyOf.name} copy` : "");
  const [platforms, setPlatforms] = useState<Platform[]>(copyOf?.platforms ?? []);
  const [errors, setErrors] = useState<readonly UserError[]>([]);
  const { fields, rest } = byField(errors, ["name", "platforms"]);

  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    if (fetching) return;
    if (name.trim() === "") {
      setErrors([{ field: ["name"], message: "Enter a name, such as Mac Standard." }]);
      return;
    }
    // Since iOS 13 Apple supervises and enrolls whoever says no to these, so that a new profile says yes.
    const content = copyOf ?? { isSupervised: true, isMandatory: true };
    const { data, error } = await create(
      { input: { ...content, name: name.trim(), platforms, draft: true } },
      { additionalTypenames: ["ADEProfile"] },
    );
    const id = data?.createADEProfile.adeProfile?.id;
    if (id) onCreated(id);
    else setErrors(error ? [problemOf(error)] : (data?.createADEProfile.userErrors ?? []));
  };

  return (
    <DialogFrame
      open
      onOpenChange={(open) => !open && onClose()}
      title={copyOf ? `Duplicate ${copyOf.name}` : "New ADE profile"}
      size={480}
      dismissible={!fetching}
    >
      <form noValidate onSubmit={submit} className="flex min-h-0 flex-1 flex-col">
        <DialogBody>
          <TextInput
            label="Profile name"
            value={name}
            onChange={(event) => setName(event.target.value)}
            maxLength={125}
            required
            autoComplete="off"
            error={fields.name}
          />
          <PlatformsField value={platforms} onValueChange={setPlatforms} error={fields.platforms} />
          {rest.length > 0 && <FieldError>{rest.map(sentence).join(" ")}</FieldError>}
        </DialogBody>
        <DialogFooter>
          <p className="mr-auto text-fg-3 text-hint max-sm:w-full">A draft, until you publish it.</p>
          <Button onClick={onClose} disabled={fetching}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" busy={fetching} busyLabel="Creating">
            Create profile
          </Button>
        </DialogFooter>
      </form>
    </DialogFrame>
  );
}
