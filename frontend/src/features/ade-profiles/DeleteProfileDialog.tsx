import { useState } from "react";
import { useMutation, useQuery } from "urql";
import { useApi } from "../../graphql/ApiContext";
import { problemOf, sentence } from "../../graphql/errors";
import { plural } from "../../lib/numbers";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { Select } from "../../ui/Select";
import { DeleteProfileDocument } from "./mutations";
import { NamedProfilesDocument, type Profile } from "./profile";
import { defaultWords, useDeviceCount } from "./UseCard";

/** From this many devices on, the number has to be typed. */
const manyDevices = 1_000;

type DeleteProfileDialogProps = { profile: Profile; onDeleted: () => void; onClose: () => void };

/** Deletes a profile. What becomes of its devices has to be said first. */
export function DeleteProfileDialog({ profile, onDeleted, onClose }: DeleteProfileDialogProps) {
  const [{ fetching }, remove] = useMutation(DeleteProfileDocument);
  const { refresher } = useApi();
  const devices = useDeviceCount(profile.id) ?? 0;
  const [replaceWithId, setReplaceWithId] = useState<string>();
  const [fate, setFate] = useState<"replace" | "fallBack">("fallBack");
  const [refusal, setRefusal] = useState<string>();
  const used = isUsed(profile);
  const choices = useReplacements(profile.id, used);
  const replacement = replaceWithId ?? choices[0]?.value;

  const confirm = async () => {
    setRefusal(undefined);
    const { data, error } = await remove({
      input: {
        adeProfileId: profile.id,
        ...(used && (fate === "replace" && replacement ? { replaceWithId: replacement } : { fallBack: true })),
      },
    });
    const problem = error ? problemOf(error) : data?.deleteADEProfile.userErrors[0];
    if (problem) {
      setRefusal(sentence(problem));
      return;
    }
    onDeleted();
    refresher.refresh();
  };

  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Delete ${profile.name}`}
      confirmLabel="Delete"
      busyLabel="Deleting"
      busy={fetching}
      danger
      onConfirm={() => void confirm()}
      typeToConfirm={used && fate === "fallBack" && devices > manyDevices ? String(devices) : undefined}
      error={refusal}
    >
      {used ? (
        <>
          <p>
            <b className="font-semibold text-fg">{plural(devices, "device has", "devices have")}</b> it by the rules. It
            is in use as:
          </p>
          <Uses profile={profile} />
          <fieldset className="mt-1 grid gap-2">
            <legend className="mb-1 font-[550] text-fg">What its devices get</legend>
            <Fate
              checked={fate === "fallBack"}
              onChoose={() => setFate("fallBack")}
              title="What the next rule says"
              text="Its defaults and the groups' choices end, and devices lose it as their own. Where no other rule names a profile they become Unassigned."
            />
            <Fate
              checked={fate === "replace"}
              onChoose={() => setFate("replace")}
              title="Another profile"
              text="It takes the place as default, in groups and as devices' own choice."
              disabled={choices.length === 0}
            />
          </fieldset>
          {fate === "replace" && replacement && (
            <Select
              label="Profile that takes its place"
              options={choices}
              value={replacement}
              onChange={(event) => setReplaceWithId(event.target.value)}
            />
          )}
        </>
      ) : (
        <p>No device has it, and no rule names it.</p>
      )}
      <p>This cannot be undone. Devices that were set up with it stay managed.</p>
    </ConfirmDialog>
  );
}

function isUsed({ defaults, deviceGroups, ownDevices }: Profile): boolean {
  return defaults.length > 0 || deviceGroups.length > 0 || ownDevices > 0;
}

/** The published profiles that can take its place. */
function useReplacements(profileId: string, wanted: boolean) {
  const [{ data }] = useQuery({ query: NamedProfilesDocument, pause: !wanted });
  return (data?.adeProfiles.nodes ?? [])
    .filter(({ id, publishedVersion }) => id !== profileId && publishedVersion)
    .map(({ id, name }) => ({ value: id, label: name }));
}

function Uses({ profile }: { profile: Profile }) {
  const { defaults, deviceGroups, ownDevices } = profile;
  return (
    <ul className="list-disc pl-5">
      {defaults.length > 0 && <li>OS default: {defaultWords(defaults)}</li>}
      {deviceGroups.length > 0 && (
        <li>
          {deviceGroups.length === 1 ? "Group" : "Groups"}: {deviceGroups.map(({ name }) => name).join(", ")}
        </li>
      )}
      {ownDevices > 0 && <li>Own choice of {plural(ownDevices, "device")}</li>}
    </ul>
  );
}

type FateProps = { checked: boolean; onChoose: () => void; title: string; text: string; disabled?: boolean };

function Fate({ checked, onChoose, title, text, disabled = false }: FateProps) {
  return (
    <label className="flex min-h-11 cursor-pointer gap-2.5 rounded-control border border-border p-2.5 hover:bg-hover has-checked:border-accent has-checked:bg-accent-soft has-disabled:cursor-not-allowed has-disabled:hover:bg-transparent">
      <input
        type="radio"
        name="fate"
        checked={checked}
        onChange={onChoose}
        disabled={disabled}
        className="mt-0.5 size-4 shrink-0 accent-accent"
      />
      <span>
        <span className="block font-medium text-fg">{title}</span>
        <span className="block text-fg-2 text-hint">{disabled ? "There is no other published profile." : text}</span>
      </span>
    </label>
  );
}
