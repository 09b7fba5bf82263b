import { useMutation } from "urql";
import { ConfirmAction } from "../session/ConfirmAction";
import { DiscardDraftDocument } from "./mutations";
import type { Profile } from "./profile";

type DiscardDialogProps = { profile: Profile; onDiscarded: () => void; onClose: () => void };

/** Throws a draft away: the published version stays. */
export function DiscardDialog({ profile, onDiscarded, onClose }: DiscardDialogProps) {
  const [, discard] = useMutation(DiscardDraftDocument);
  return (
    <ConfirmAction
      title={`Discard the draft of ${profile.name}`}
      confirmLabel="Discard"
      busyLabel="Discarding"
      danger
      run={async () => {
        const { data, error } = await discard({ input: { adeProfileId: profile.id } });
        return { error, userErrors: data?.discardADEProfileDraft.userErrors };
      }}
      onDone={onDiscarded}
      onCancel={onClose}
    >
      <p>
        Everything that was changed since version {profile.publishedVersion?.number} is lost. Devices keep that version.
      </p>
    </ConfirmAction>
  );
}
