import { useState } from "react";
import { useMutation } from "urql";
import { readFragment } from "../../gql";
import { refusalOf } from "../../graphql/forms";
import { plural } from "../../lib/numbers";
import { Button } from "../../ui/Button";
import { DialogBody, DialogFooter, DialogFrame } from "../../ui/Dialog";
import { changeInput, type Selection, selectionInput, sizeOf } from "../devices/selection";
import type { SelectionDialogProps } from "./AssignDialog";
import { UnassignDocument } from "./assign";
import { BatchInDialog } from "./BatchInDialog";
import { AssignmentBatchFragment, type Batch } from "./batch";
import { PreviewSection } from "./PreviewSection";
import { usePreview } from "./usePreview";
import { useTypedCount } from "./useTypedCount";

/** Takes the own profiles of the selected devices back, so that groups and OS defaults decide. */
export function UnassignDialog({ selection, open, onOpenChange, onDone }: SelectionDialogProps) {
  const [batch, setBatch] = useState<Batch>();
  const [busy, setBusy] = useState(false);
  const change = (next: boolean) => {
    onOpenChange(next);
    setBatch(undefined);
    if (batch) onDone?.();
  };
  return (
    <DialogFrame
      open={open}
      onOpenChange={change}
      title={batch ? "Removing own profiles" : `Remove the own profile of ${plural(sizeOf(selection), "device")}`}
      description={batch ? undefined : "Groups and OS defaults decide again. What they say is below."}
      size={600}
      dismissible={!busy}
    >
      {batch ? (
        <BatchInDialog batch={batch} onClose={() => change(false)} />
      ) : (
        <UnassignForm selection={selection} onBusy={setBusy} onDone={setBatch} onCancel={() => change(false)} />
      )}
    </DialogFrame>
  );
}

type UnassignFormProps = {
  selection: Selection;
  onBusy: (busy: boolean) => void;
  onDone: (batch: Batch) => void;
  onCancel: () => void;
};

function UnassignForm({ selection, onBusy, onDone, onCancel }: UnassignFormProps) {
  const [refusal, setRefusal] = useState<string>();
  const [{ fetching }, unassign] = useMutation(UnassignDocument);
  const found = usePreview(selectionInput(selection));
  const { preview } = found;
  const typed = useTypedCount(preview?.devices);

  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    if (!preview || typed.missing || fetching) return;
    setRefusal(undefined);
    onBusy(true);
    const { data, error } = await unassign({ input: changeInput(selection, preview.devices) });
    onBusy(false);
    const payload = data?.unassignADEProfile;
    setRefusal(refusalOf({ error, userErrors: payload?.userErrors }));
    const batch = readFragment(AssignmentBatchFragment, payload?.assignmentBatch);
    if (batch) onDone(batch);
  };

  return (
    <form onSubmit={(event) => void submit(event)} className="flex min-h-0 flex-1 flex-col">
      <DialogBody>
        <PreviewSection {...found} seen={sizeOf(selection)} refusal={refusal ?? found.refusal} />
        {typed.field}
      </DialogBody>
      <DialogFooter>
        <Button onClick={onCancel} disabled={fetching}>
          Cancel
        </Button>
        <Button
          type="submit"
          variant="primary"
          busy={fetching}
          busyLabel="Removing"
          disabledReason={preview ? typed.reason : "The preview is not here yet"}
        >
          Remove own profile
        </Button>
      </DialogFooter>
    </form>
  );
}
