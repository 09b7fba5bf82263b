import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useMutation, useQuery } from "urql";
import { graphql, readFragment } from "../../gql";
import type { AssignmentPreviewInput } from "../../gql/graphql";
import { problemOf } from "../../graphql/errors";
import { refusalOf } from "../../graphql/forms";
import { plural } from "../../lib/numbers";
import { Button } from "../../ui/Button";
import { DialogBody, DialogFooter, DialogFrame } from "../../ui/Dialog";
import { ErrorState } from "../../ui/ErrorState";
import { FieldError } from "../../ui/Field";
import { SearchInput } from "../../ui/SearchInput";
import { Skeleton } from "../../ui/Skeleton";
import { textLink } from "../../ui/textLink";
import { isFor } from "../ade-profiles/content";
import { platformWords } from "../ade-profiles/platforms";
import { NamedProfilesDocument } from "../ade-profiles/profile";
import { platformsOfSystem, type System } from "../ade-profiles/systems";
import { BatchInDialog } from "../assignments/BatchInDialog";
import { AssignmentBatchFragment, type Batch } from "../assignments/batch";
import { PreviewList, requestsText } from "../assignments/PreviewList";
import { usePreview } from "../assignments/usePreview";
import { columnTitles } from "./columns";
import type { OsDefault } from "./defaults";

const SetDefaultDocument = graphql(`
  mutation SetDefaultADEProfile($input: SetDefaultADEProfileInput!) {
    setDefaultADEProfile(input: $input) {
      defaultADEProfile {
        id
        ...OsDefault
      }
      assignmentBatch {
        ...AssignmentBatchFields
      }
      userErrors {
        message
        hint
      }
    }
  }
`);

type DefaultDialogProps = {
  system: System;
  /** Left out: all organizations. */
  organization: { id: string; name: string } | undefined;
  own: OsDefault | undefined;
  inherited: OsDefault | undefined;
  onClose: () => void;
};

const none = "";

/** Chooses the default of a system, after saying which devices change by it. */
export function DefaultDialog({ system, organization, own, inherited, onClose }: DefaultDialogProps) {
  const [, setDefault] = useMutation(SetDefaultDocument);
  const present = own?.adeProfile.id ?? none;
  const [chosen, setChosen] = useState(present);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const [batch, setBatch] = useState<Batch>();

  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    if (busy || chosen === present) return;
    setBusy(true);
    const { data, error } = await setDefault(
      {
        input: {
          platform: platformsOfSystem[system][0],
          adeProfileId: chosen || null,
          abmTokenId: organization?.id ?? null,
        },
      },
      { additionalTypenames: ["DefaultADEProfile", "Device", "ADEProfile"] },
    );
    setBusy(false);
    const answer = data?.setDefaultADEProfile;
    const refused = refusalOf({ error, userErrors: answer?.userErrors });
    setRefusal(refused);
    if (refused) return;
    const began = readFragment(AssignmentBatchFragment, answer?.assignmentBatch);
    if (began) setBatch(began);
    else onClose();
  };

  const scope = organization?.name ?? "all organizations";
  return (
    <DialogFrame
      open
      onOpenChange={(open) => !open && onClose()}
      title={`${batch ? "Set the" : "Choose the"} ${columnTitles[system]} default of ${scope}`}
      size={600}
      dismissible={!busy}
    >
      {batch ? (
        <BatchInDialog batch={batch} onClose={onClose} />
      ) : (
        <form onSubmit={submit} className="flex min-h-0 flex-1 flex-col">
          <DialogBody>
            <Choices
              system={system}
              chosen={chosen}
              onChoose={(id) => {
                setRefusal(undefined);
                setChosen(id);
              }}
              noneText={organization ? noneOf(inherited) : "Devices that no other rule decides for are Unassigned"}
            />
            {chosen !== present && (
              <Outlook
                key={chosen}
                input={{
                  adeProfileId: chosen || null,
                  defaultPlatform: platformsOfSystem[system][0],
                  abmTokenId: organization?.id ?? null,
                }}
              />
            )}
            {refusal && <FieldError>{refusal}</FieldError>}
          </DialogBody>
          <DialogFooter>
            <Button onClick={onClose} disabled={busy}>
              Cancel
            </Button>
            <Button
              type="submit"
              variant="primary"
              busy={busy}
              busyLabel="Setting"
              disabledReason={chosen === present ? "Choose another profile first" : undefined}
            >
              {chosen === none ? "Remove default" : "Set default"}
            </Button>
          </DialogFooter>
        </form>
      )}
    </DialogFrame>
  );
}

function noneOf(inherited: OsDefault | undefined): string {
  return inherited
    ? `The default of all organizations applies: ${inherited.adeProfile.name}`
    : "Devices that no other rule decides for are Unassigned";
}

type ChoicesProps = {
  system: System;
  chosen: string;
  onChoose: (profileId: string) => void;
  /** What no default means. */
  noneText: string;
};

const manyProfiles = 8;

/** The published profiles, those meant for the system first. */
function Choices({ system, chosen, onChoose, noneText }: ChoicesProps) {
  const [{ data, error }, retry] = useQuery({ query: NamedProfilesDocument, context: choicesContext });
  const [search, setSearch] = useState("");
  if (!data) {
    return error ? (
      <ErrorState {...problemOf(error)} title="The profiles did not load" onRetry={() => retry()} />
    ) : (
      <Skeleton rows={5} />
    );
  }
  const published = data.adeProfiles.nodes.filter(({ publishedVersion }) => publishedVersion);
  const suits = (platforms: (typeof published)[number]["platforms"]) => isFor(platforms, platformsOfSystem[system]);
  const found = published
    .filter(({ id, name }) => id === chosen || name.toLowerCase().includes(search.trim().toLowerCase()))
    .toSorted((a, b) => Number(suits(b.platforms)) - Number(suits(a.platforms)));
  const drafts = data.adeProfiles.nodes.length - published.length;
  return (
    <>
      {published.length > manyProfiles && (
        <SearchInput
          label={`Profile for ${columnTitles[system]}`}
          placeholder="Profile name"
          value={search}
          onValueChange={setSearch}
        />
      )}
      <fieldset className="grid gap-1">
        <legend className="mb-1 font-[550]">Profile</legend>
        <div className="grid max-h-72 gap-1 overflow-y-auto p-0.5">
          {found.map(({ id, name, platforms }) => (
            <Choice
              key={id}
              title={name}
              text={suits(platforms) ? undefined : `Meant for ${platformWords(platforms)}`}
              checked={chosen === id}
              onChoose={() => onChoose(id)}
            />
          ))}
          <Choice title="No default" text={noneText} checked={chosen === none} onChoose={() => onChoose(none)} />
        </div>
      </fieldset>
      {drafts > 0 && (
        <p className="text-fg-3 text-hint">
          {plural(drafts, "profile is", "profiles are")} not published yet and cannot be a default.{" "}
          <Link to="/profiles" className={`${textLink} underline`}>
            ADE profiles
          </Link>
        </p>
      )}
    </>
  );
}

const choicesContext = { additionalTypenames: ["ADEProfile"] };

type ChoiceProps = { title: string; text: string | undefined; checked: boolean; onChoose: () => void };

function Choice({ title, text, checked, onChoose }: ChoiceProps) {
  return (
    <label className="flex min-h-11 cursor-pointer items-start gap-2.5 rounded-control border border-border p-2 hover:bg-hover has-checked:border-accent has-checked:bg-accent-soft sm:min-h-9">
      <input
        type="radio"
        name="default-profile"
        checked={checked}
        onChange={onChoose}
        className="mt-0.5 size-4 shrink-0 cursor-pointer accent-accent"
      />
      <span className="min-w-0">
        <span className="block font-medium wrap-anywhere">{title}</span>
        {text && <span className="block text-fg-2 text-hint">{text}</span>}
      </span>
    </label>
  );
}

/** What the choice would do. */
function Outlook({ input }: { input: AssignmentPreviewInput }) {
  const { preview, fetching, refusal } = usePreview(input);
  const requests = preview && requestsText(preview);
  return (
    <section aria-label="What changes" aria-busy={fetching} className="grid gap-3">
      <h3 className="text-card">What will happen</h3>
      {fetching && <Skeleton rows={2} />}
      {preview && <PreviewList preview={preview} />}
      {requests && <p className="text-fg-2">{requests}</p>}
      {refusal && <FieldError>{refusal}</FieldError>}
    </section>
  );
}
