import { useState } from "react";
import { useMutation } from "urql";
import { readFragment } from "../../gql";
import { refusalOf } from "../../graphql/forms";
import { formatCount, plural } from "../../lib/numbers";
import { Button } from "../../ui/Button";
import { DialogBody, DialogFooter, DialogFrame } from "../../ui/Dialog";
import { changeInput, type Selection, selectionInput, sizeOf } from "../devices/selection";
import { AssignDocument } from "./assign";
import { BatchInDialog } from "./BatchInDialog";
import { AssignmentBatchFragment, type Batch } from "./batch";
import { PreviewSection } from "./PreviewSection";
import { ProfilePicker } from "./ProfilePicker";
import { usePreview } from "./usePreview";

export type SelectionDialogProps = {
  selection: Selection;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** The server has taken the change. */
  onDone?: (() => void) | undefined;
};

/** Gives the selected devices a profile of their own: first what that would do, then how it goes on. */
export function AssignDialog({ selection, open, onOpenChange, onDone }: SelectionDialogProps) {
  const [batch, setBatch] = useState<Batch>();
  const [busy, setBusy] = useState(false);
  const devices = plural(sizeOf(selection), "device");
  const change = (next: boolean) => {
    onOpenChange(next);
    setBatch(undefined);
    if (batch) onDone?.();
  };
  return (
    <DialogFrame
      open={open}
      onOpenChange={change}
      title={batch ? `Assigning ${batch.title}` : `Assign a profile to ${devices}`}
      description={
        batch ? undefined : "This sets the profile on each device. It wins over group profiles and OS defaults."
      }
      size={600}
      dismissible={!busy}
    >
      {batch ? (
        <BatchInDialog batch={batch} onClose={() => change(false)} />
      ) : (
        <AssignForm selection={selection} onBusy={setBusy} onAssigned={setBatch} onCancel={() => change(false)} />
      )}
    </DialogFrame>
  );
}

type AssignFormProps = {
  selection: Selection;
  onBusy: (busy: boolean) => void;
  onAssigned: (batch: Batch) => void;
  onCancel: () => void;
};

function AssignForm({ selection, onBusy, onAssigned, onCancel }: AssignFormProps) {
  const [profile, setProfile] = useState<string>();
  const [refusal, setRefusal] = useState<string>();
  const [{ fetching }, assign] = useMutation(AssignDocument);
  const found = usePreview(profile ? { adeProfileId: profile, ...selectionInput(selection) } : undefined);
  const { preview } = found;
  const count = preview?.devices ?? sizeOf(selection);

  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    if (!profile || !preview || fetching) return;
    setRefusal(undefined);
    onBusy(true);
    const { data, error } = await assign({
      input: { adeProfileId: profile, ...changeInput(selection, preview.devices) },
    });
    onBusy(false);
    const payload = data?.assignADEProfile;
    setRefusal(refusalOf({ error, userErrors: payload?.userErrors }));
    const batch = readFragment(AssignmentBatchFragment, payload?.assignmentBatch);
    if (batch) onAssigned(batch);
  };

  const choose = (id: string) => {
    setRefusal(undefined);
    setProfile(id);
  };
  return (
    <form onSubmit={(event) => void submit(event)} className="flex min-h-0 flex-1 flex-col">
      <DialogBody>
        <ProfilePicker value={profile} onChange={choose} />
        {profile && <PreviewSection {...found} seen={sizeOf(selection)} refusal={refusal ?? found.refusal} />}
      </DialogBody>
      <DialogFooter>
        <Button onClick={onCancel} disabled={fetching}>
          Cancel
        </Button>
        <Button
          type="submit"
          variant="primary"
          busy={fetching}
          busyLabel="Assigning"
          disabledReason={profile ? (preview ? undefined : "The preview is not here yet") : "Choose a profile first"}
        >
          Assign to {formatCount(count)}
        </Button>
      </DialogFooter>
    </form>
  );
}
