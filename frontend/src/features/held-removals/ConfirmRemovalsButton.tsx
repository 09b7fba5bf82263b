import { useState } from "react";
import { formatCount } from "../../lib/numbers";
import { Button } from "../../ui/Button";
import { useMay } from "../session/session";
import { ConfirmRemovalsDialog } from "./ConfirmRemovalsDialog";
import type { Held } from "./held";
import { useBlocked } from "./useBlocked";

/** Opens the question whether the held devices are gone. Administrators alone see it. */
export function ConfirmRemovalsButton({ token }: { token: Held }) {
  const may = useMay("ADMIN");
  const blocked = useBlocked(token);
  const [open, setOpen] = useState(false);
  if (!may) return null;
  return (
    <>
      <Button disabledReason={blocked} onClick={() => setOpen(true)}>
        Remove {formatCount(token.heldRemovals)}
      </Button>
      <ConfirmRemovalsDialog token={token} open={open} onOpenChange={setOpen} />
    </>
  );
}
