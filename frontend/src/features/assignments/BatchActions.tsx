import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useMutation } from "urql";
import { graphql, readFragment } from "../../gql";
import { useApi } from "../../graphql/ApiContext";
import { refusalOf } from "../../graphql/forms";
import { plural } from "../../lib/numbers";
import { Button } from "../../ui/Button";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { useToast } from "../../ui/Toast";
import { useMay } from "../session/session";
import { AssignmentBatchFragment, type Batch, isUndoable } from "./batch";

const CancelBatchDocument = graphql(`
  mutation CancelAssignmentBatch($input: CancelAssignmentBatchInput!) {
    cancelAssignmentBatch(input: $input) {
      assignmentBatch {
        ...AssignmentBatchFields
      }
      userErrors {
        field
        message
        hint
        code
      }
    }
  }
`);

const UndoBatchDocument = graphql(`
  mutation UndoAssignmentBatch($input: UndoAssignmentBatchInput!) {
    undoAssignmentBatch(input: $input) {
      assignmentBatch {
        ...AssignmentBatchFields
      }
      userErrors {
        field
        message
        hint
        code
      }
    }
  }
`);

/** Stops a batch that runs. */
export function StopBatchButton({ batch }: { batch: Batch }) {
  const may = useMay("OPERATOR");
  const [{ fetching }, cancel] = useMutation(CancelBatchDocument);
  const { refresher } = useApi();
  const { show } = useToast();
  if (!may || batch.status !== "RUNNING") return null;
  const stop = async () => {
    const { data, error } = await cancel({ input: { assignmentBatchId: batch.id } });
    const refusal = refusalOf({ error, userErrors: data?.cancelAssignmentBatch.userErrors });
    if (refusal) show({ tone: "bad", title: "The batch was not stopped", description: refusal });
    refresher.refresh();
  };
  return (
    <Button busy={fetching} busyLabel="Stopping" onClick={() => void stop()}>
      Stop
    </Button>
  );
}

/** Gives the devices of a batch their own choices back, once somebody has agreed; then leads to the batch that does it. */
export function UndoBatchButton({ batch }: { batch: Batch }) {
  const may = useMay("OPERATOR");
  const [open, setOpen] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const [{ fetching }, undo] = useMutation(UndoBatchDocument);
  const navigate = useNavigate();
  if (!may || !isUndoable(batch)) return null;
  const change = (next: boolean) => {
    setRefusal(undefined);
    setOpen(next);
  };
  const confirm = async () => {
    const { data, error } = await undo({ input: { assignmentBatchId: batch.id } });
    const payload = data?.undoAssignmentBatch;
    setRefusal(refusalOf({ error, userErrors: payload?.userErrors }));
    const next = readFragment(AssignmentBatchFragment, payload?.assignmentBatch);
    if (!next) return;
    change(false);
    void navigate({ to: "/assignments/$batchId", params: { batchId: next.id } });
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>Undo</Button>
      <ConfirmDialog
        open={open}
        onOpenChange={change}
        title={`Undo for ${plural(batch.devices, "device")}`}
        confirmLabel="Undo"
        busyLabel="Undoing"
        busy={fetching}
        onConfirm={() => void confirm()}
        error={refusal}
      >
        <p>
          The devices get the own choice back that they had before, or none. Groups and OS defaults decide as they stand
          now.
        </p>
      </ConfirmDialog>
    </>
  );
}
