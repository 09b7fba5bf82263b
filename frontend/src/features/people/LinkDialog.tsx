import { Button } from "../../ui/Button";
import { CopyText } from "../../ui/CopyText";
import { Dialog } from "../../ui/Dialog";
import { Time } from "../../ui/Time";
import type { NewLink } from "./person";

type LinkDialogProps = { link: NewLink; onClose: () => void };

/** A one-time link, shown this once: a press beside the dialog must not lose it. */
export function LinkDialog({ link, onClose }: LinkDialogProps) {
  return (
    <Dialog
      open
      onOpenChange={onClose}
      dismissible={false}
      size={600}
      title={`Send this link to ${link.name}`}
      footer={
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <CopyText label="link" text={new URL(link.path, location.origin).href} />
      <p className="text-fg-2">
        It works once
        {link.expiresAt && (
          <>
            , until <Time value={link.expiresAt} />
          </>
        )}
        . Whoever has it can choose the password, so send it in private. It is shown only now; you can make a new one at
        any time.
      </p>
    </Dialog>
  );
}
