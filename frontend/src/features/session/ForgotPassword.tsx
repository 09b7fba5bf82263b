import { useState } from "react";
import { Button } from "../../ui/Button";
import { CopyText } from "../../ui/CopyText";
import { Dialog } from "../../ui/Dialog";

/** Who can help somebody who forgot the password. */
export function ForgotPassword({ className }: { className: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
        className={`${className} min-h-5 cursor-pointer rounded-badge font-medium text-accent-fg hover:underline max-sm:after:absolute max-sm:after:-inset-x-2 max-sm:after:-inset-y-3`}
      >
        Forgot it?
      </button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Get a new password"
        footer={
          <Button variant="primary" onClick={() => setOpen(false)}>
            Close
          </Button>
        }
      >
        <p className="text-fg-2">
          Ask an administrator of this server. They make you a new link under Settings, People and roles. By that link
          you choose a new password.
        </p>
        <div className="grid gap-2">
          <p className="text-fg-2">No administrator can sign in? On the server, this prints a link:</p>
          <CopyText label="command" text="guardmdm user reset-password EMAIL" />
        </div>
      </Dialog>
    </>
  );
}
