import { plural } from "../../lib/numbers";
import { Button } from "../../ui/Button";
import type { Profile } from "./profile";
import { useDeviceCount } from "./UseCard";
import type { ProfileEditing } from "./useProfileEditing";

type SaveBarProps = {
  profile: Profile;
  editing: ProfileEditing;
  onDiscard: () => void;
  onPublish: () => void;
};

/** How the edits stand, and what can be done with them. */
export function SaveBar({ profile, editing, onDiscard, onPublish }: SaveBarProps) {
  const { dirty, saving } = editing;
  const devices = useDeviceCount(profile.id);
  const isNew = !profile.publishedVersion;
  const nothing = !isNew && !dirty && !profile.draft;
  // A name belongs to no version: it counts once it is saved.
  const publishable = isNew || profile.draft || editing.changed.some((key) => key !== "profile_name");
  const next = (profile.publishedVersion?.number ?? 0) + 1;
  return (
    <section
      aria-label="Changes"
      className="sticky bottom-0 z-10 flex min-h-14 flex-wrap items-center gap-2 border-border border-t bg-surface px-4 py-2 sm:px-6"
    >
      <div className="mr-auto flex min-w-0 flex-wrap items-baseline gap-x-2">
        <p role="status" className="flex items-center gap-2 font-[550]">
          {!nothing && <span aria-hidden className="size-1.5 rounded-full bg-warn" />}
          {stateOf(profile, editing)}
        </p>
        {publishable && devices !== undefined && (
          <p className="text-fg-2">
            Publishing makes v{next}
            {devices > 0 && ` and moves ${plural(devices, "device")} to it`}
          </p>
        )}
      </div>
      <Button
        variant="ghost"
        onClick={onDiscard}
        disabledReason={!dirty && (isNew || !profile.draft) ? "There is nothing to discard" : undefined}
      >
        Discard
      </Button>
      <Button
        busy={saving}
        busyLabel="Saving"
        onClick={() => void editing.save()}
        disabledReason={dirty ? undefined : "Everything is saved"}
      >
        Save draft
      </Button>
      <Button
        variant="primary"
        onClick={onPublish}
        disabledReason={publishable ? undefined : "Devices get this already"}
      >
        Publish
      </Button>
    </section>
  );
}

function stateOf(profile: Profile, { dirty, changed }: ProfileEditing): string {
  if (!profile.publishedVersion) return dirty ? "Not saved, not published yet" : "Draft, not published yet";
  if (dirty) return changed.length > 0 ? `${plural(changed.length, "change")}, not saved` : "Not saved";
  if (!profile.draft) return "No changes";
  return changed.length > 0 ? `${plural(changed.length, "change")} in draft` : "Draft without changes";
}
