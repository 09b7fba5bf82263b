import { useState } from "react";
import { Button } from "./Button";
import { DialogBody, DialogFooter, DialogFrame } from "./Dialog";
import { FieldError } from "./Field";
import { TextInput } from "./TextInput";

export type ConfirmDialogProps = ConfirmFormProps & {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
};

/** Asks before something that cannot be taken back. The dialog stays open while busy; the caller closes it. */
export function ConfirmDialog({ open, onOpenChange, title, ...form }: ConfirmDialogProps) {
  return (
    <DialogFrame open={open} onOpenChange={onOpenChange} title={title} dismissible={!form.busy}>
      <ConfirmForm {...form} onCancel={() => onOpenChange(false)} />
    </DialogFrame>
  );
}

type ConfirmFormProps = {
  /** What happens, and what keeps working. */
  children: React.ReactNode;
  /** The verb of the title. */
  confirmLabel: string;
  busy?: boolean | undefined;
  /** What the button says while busy: "Removing". */
  busyLabel?: string | undefined;
  danger?: boolean | undefined;
  onConfirm: () => void;
  /** A text to be typed first. */
  typeToConfirm?: string | undefined;
  error?: React.ReactNode;
};

// Its own component, so that what was typed goes when the dialog closes.
function ConfirmForm({
  children,
  confirmLabel,
  busy = false,
  busyLabel,
  danger = false,
  onConfirm,
  typeToConfirm,
  error,
  onCancel,
}: ConfirmFormProps & { onCancel: () => void }) {
  const [typed, setTyped] = useState("");
  const missing = typeToConfirm !== undefined && typed.trim() !== typeToConfirm;
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (!busy && !missing) {
      onConfirm();
    }
  };
  return (
    <form onSubmit={submit} className="flex min-h-0 flex-1 flex-col">
      <DialogBody>
        <div className="grid gap-2 text-fg-2">{children}</div>
        {typeToConfirm !== undefined && (
          <TextInput
            label={`Type ${typeToConfirm} to confirm`}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            autoComplete="off"
            spellCheck={false}
          />
        )}
        {error && <FieldError>{error}</FieldError>}
      </DialogBody>
      <DialogFooter>
        <Button onClick={onCancel} disabled={busy}>
          Cancel
        </Button>
        <Button
          type="submit"
          variant={danger ? "danger" : "primary"}
          busy={busy}
          busyLabel={busyLabel}
          disabledReason={missing ? `Type ${typeToConfirm} first` : undefined}
        >
          {confirmLabel}
        </Button>
      </DialogFooter>
    </form>
  );
}
