import { useState } from "react";
import { type MutationAnswer, refusalOf } from "../../graphql/forms";
import { ConfirmDialog } from "../../ui/ConfirmDialog";

type ConfirmActionProps<Answer extends MutationAnswer> = {
  title: string;
  /** What happens, and what keeps working. */
  children: React.ReactNode;
  confirmLabel: string;
  busyLabel: string;
  danger?: boolean;
  /** Asks the server to do it. */
  run: () => Promise<Answer>;
  onDone: (answer: Answer) => void;
  onCancel: () => void;
};

/** Asks before a mutation, and stays open when the server refuses it. */
export function ConfirmAction<Answer extends MutationAnswer>({
  run,
  onDone,
  onCancel,
  ...dialog
}: ConfirmActionProps<Answer>) {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string>();

  const confirm = async () => {
    setBusy(true);
    const answer = await run();
    const refusal = refusalOf(answer);
    setBusy(false);
    setRefusal(refusal);
    if (!refusal) onDone(answer);
  };

  return (
    <ConfirmDialog
      {...dialog}
      open
      onOpenChange={(open) => !open && onCancel()}
      busy={busy}
      error={refusal}
      onConfirm={confirm}
    />
  );
}
