import { useState } from "react";
import { useMutation } from "urql";
import { byField, type UserError } from "../../graphql/errors";
import { refusalOf } from "../../graphql/forms";
import { plural } from "../../lib/numbers";
import { useIsPhone } from "../../lib/useBreakpoint";
import { Banner } from "../../ui/Banner";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { FieldError } from "../../ui/Field";
import { Select } from "../../ui/Select";
import { TextInput } from "../../ui/TextInput";
import { useProfiles } from "../assignments/useProfiles";
import { useMay } from "../session/session";
import { UpdateGroupDocument } from "./group";
import { CreateGroupDocument, type GroupDetails } from "./groupDetails";
import { LiveMatch } from "./LiveMatch";
import { ProfileChange } from "./ProfileChange";
import { RuleBuilder } from "./RuleBuilder";
import { flawOf, inputOf, newCondition, type RuleSet, type StoredRule, setOf } from "./rule";

type Draft = { name: string; description: string; adeProfileId: string; rule: RuleSet | undefined };

type GroupEditorProps = {
  /** The group to change; left out for a new one. */
  group?: GroupDetails;
  /** Whether a new one follows a rule. */
  smart?: boolean;
  onSaved: (id: string) => void;
  /** Beside the fields. */
  aside?: React.ReactNode;
  /** Below the fields: what a static group is filled by. */
  children?: React.ReactNode;
};

function draftOf(group: GroupDetails | undefined, smart: boolean): Draft {
  const stored = group?.rule as StoredRule | null | undefined;
  return {
    name: group?.name ?? "",
    description: group?.description ?? "",
    adeProfileId: group?.adeProfile?.id ?? "",
    rule: stored ? setOf(stored) : smart ? { kind: "set", key: 0, join: "all", parts: [newCondition()] } : undefined,
  };
}

/** The fields of a group, new or not. Nothing is saved before its button is pressed. */
export function GroupEditor({ group, smart = false, onSaved, aside, children }: GroupEditorProps) {
  const may = useMay("OPERATOR");
  const isPhone = useIsPhone();
  const [saved, setSaved] = useState(() => draftOf(group, smart));
  const [draft, setDraft] = useState(saved);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const { save, saving } = useSave(group?.id);
  const change = (part: Partial<Draft>) => {
    setErrors({});
    setDraft((now) => ({ ...now, ...part }));
  };
  const flaw = draft.rule && flawOf(draft.rule);
  const changes = changesOf(saved, draft);
  const ruleChanged = changes.rule !== undefined;

  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    if (saving || !may) return;
    const wrong = { ...(draft.name.trim() === "" && { name: "Enter a name." }), ...(flaw && { rule: flaw }) };
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return;
    const answer = await save(group ? changes : draft);
    setErrors(answer.errors);
    if (!answer.id) return;
    setSaved(draft);
    onSaved(answer.id);
  };

  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="flex min-h-full flex-col gap-4">
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
          <fieldset disabled={!may} className="contents">
            <Card title="Group">
              <TextInput
                label="Name"
                value={draft.name}
                maxLength={125}
                autoComplete="off"
                error={errors.name}
                onChange={(event) => change({ name: event.target.value })}
              />
              <TextInput
                label="Description"
                optional
                value={draft.description}
                maxLength={500}
                autoComplete="off"
                error={errors.description}
                onChange={(event) => change({ description: event.target.value })}
              />
            </Card>
          </fieldset>
          {draft.rule && (
            <Card title="Rule">
              {isPhone && may && <Banner tone="info">Edit the rule on a larger screen.</Banner>}
              <fieldset disabled={!may || isPhone} className="min-w-0">
                <legend className="sr-only">Rule</legend>
                <RuleBuilder rule={draft.rule} onChange={(rule) => change({ rule })} />
              </fieldset>
              {errors.rule && <FieldError>{errors.rule}</FieldError>}
            </Card>
          )}
          <fieldset disabled={!may} className="contents">
            <Card title="Profile" meta="Optional">
              <ProfileSelect
                group={group}
                value={draft.adeProfileId}
                error={errors.adeProfileId}
                onChange={(adeProfileId) => change({ adeProfileId })}
              />
              {group && changes.adeProfileId !== undefined && !ruleChanged && (
                <ProfileChange groupId={group.id} profileId={draft.adeProfileId || null} devices={group.deviceCount} />
              )}
            </Card>
          </fieldset>
          {children}
        </div>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
          {draft.rule && <LiveMatch rule={draft.rule} flaw={flaw} groupId={ruleChanged ? group?.id : undefined} />}
          {aside}
        </div>
      </div>
      {errors.root && <FieldError>{errors.root}</FieldError>}
      {may && (!group || Object.keys(changes).length > 0) && (
        <SaveBar
          isNew={!group}
          changes={Object.keys(changes).length}
          saving={saving}
          onDiscard={() => {
            setErrors({});
            setDraft(saved);
          }}
        />
      )}
    </form>
  );
}

/** What differs from what is saved. */
function changesOf(saved: Draft, draft: Draft): Partial<Draft> {
  return {
    ...(draft.name.trim() !== saved.name && { name: draft.name }),
    ...(draft.description.trim() !== saved.description && { description: draft.description }),
    ...(draft.adeProfileId !== saved.adeProfileId && { adeProfileId: draft.adeProfileId }),
    ...(JSON.stringify(draft.rule && inputOf(draft.rule)) !== JSON.stringify(saved.rule && inputOf(saved.rule)) && {
      rule: draft.rule,
    }),
  };
}

const names = ["name", "description", "adeProfileId"];

function useSave(id: string | undefined) {
  const [creating, create] = useMutation(CreateGroupDocument);
  const [updating, update] = useMutation(UpdateGroupDocument);

  async function save({ name, description, adeProfileId, rule }: Partial<Draft>) {
    const input = {
      ...(description !== undefined && { description: description.trim() }),
      ...(rule && { rule: inputOf(rule) }),
    };
    if (id !== undefined) {
      const profile = adeProfileId === undefined ? {} : { adeProfileId: adeProfileId || null };
      const title = name === undefined ? {} : { name: name.trim() };
      const { data, error } = await update({ input: { deviceGroupId: id, ...input, ...title, ...profile } });
      return resultOf(data?.updateDeviceGroup, error);
    }
    const { data, error } = await create({
      input: { name: name?.trim() ?? "", ...input, ...(adeProfileId && { adeProfileId }) },
    });
    return resultOf(data?.createDeviceGroup, error);
  }
  return { save, saving: creating.fetching || updating.fetching };
}

type Payload = { deviceGroup?: { id: string } | null; userErrors: readonly UserError[] };

function resultOf(payload: Payload | undefined, error: Parameters<typeof refusalOf>[0]["error"]) {
  const { fields, rest } = byField(payload?.userErrors.filter(({ field }) => !field?.includes("rule")) ?? [], names);
  const rule = refusalOf({ userErrors: payload?.userErrors.filter(({ field }) => field?.includes("rule")) });
  const root = refusalOf({ error, userErrors: rest });
  const errors: Record<string, string> = { ...fields, ...(rule && { rule }), ...(root && { root }) };
  return { id: payload?.deviceGroup?.id, errors };
}

type ProfileSelectProps = {
  group: GroupDetails | undefined;
  value: string;
  error: string | undefined;
  onChange: (id: string) => void;
};

function ProfileSelect({ group, value, error, onChange }: ProfileSelectProps) {
  const { all = [], more } = useProfiles();
  const present = group?.adeProfile;
  const published = all.filter(({ publishedVersion, id }) => publishedVersion || id === present?.id);
  // The present one may be on a page that is not here.
  const options = published.some(({ id }) => id === present?.id) || !present ? published : [present, ...published];
  return (
    <>
      <Select
        label="ADE profile for devices in this group"
        hint="Without one, the group decides nothing. Of several groups with a profile, the first in the order decides."
        error={error}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        options={[{ value: "", label: "None" }, ...options.map(({ id, name }) => ({ value: id, label: name }))]}
      />
      {more && (
        <div>
          <Button size="small" onClick={more}>
            Load more profiles
          </Button>
        </div>
      )}
    </>
  );
}

type SaveBarProps = { isNew: boolean; changes: number; saving: boolean; onDiscard: () => void };

function SaveBar({ isNew, changes, saving, onDiscard }: SaveBarProps) {
  return (
    <div className="sticky bottom-0 z-10 -mx-4 mt-auto -mb-4 flex min-h-14 flex-wrap items-center gap-3 border-border border-t bg-surface px-4 py-2 sm:-mx-6 sm:-mb-6 sm:px-6">
      <span className="font-medium">{isNew ? "New group" : "Unsaved changes"}</span>
      {!isNew && <span className="text-fg-2">{plural(changes, "field")} changed</span>}
      <span className="ml-auto flex gap-2">
        {!isNew && (
          <Button variant="ghost" disabled={saving} onClick={onDiscard}>
            Discard
          </Button>
        )}
        <Button type="submit" variant="primary" busy={saving} busyLabel="Saving">
          {isNew ? "Create group" : "Save group"}
        </Button>
      </span>
    </div>
  );
}
