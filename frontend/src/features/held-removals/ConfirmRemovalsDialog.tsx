import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useMutation } from "urql";
import { readFragment } from "../../gql";
import { useApi } from "../../graphql/ApiContext";
import { refusalOf } from "../../graphql/forms";
import { plural } from "../../lib/numbers";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { SyncRunFragment } from "../sync/run";
import { useTellRun } from "../sync/SyncProvider";
import { ConfirmHeldRemovalsDocument, type Held } from "./held";

export type ConfirmRemovalsDialogProps = { token: Held; open: boolean; onOpenChange: (open: boolean) => void };

/**
 * Asks whether the held devices are gone. The number is typed, and sent: when another sync has found another one meanwhile, the server
 * refuses and shows both.
 */
export function ConfirmRemovalsDialog({ token, open, onOpenChange }: ConfirmRemovalsDialogProps) {
  const [{ fetching }, confirmHeldRemovals] = useMutation(ConfirmHeldRemovalsDocument);
  const [refusal, setRefusal] = useState<string>();
  const { refresher } = useApi();
  const tell = useTellRun();
  const navigate = useNavigate();
  const { id, name, heldRemovals } = token;
  const change = (next: boolean) => {
    setRefusal(undefined);
    onOpenChange(next);
  };
  const confirm = async () => {
    setRefusal(undefined);
    const { data, error } = await confirmHeldRemovals({ input: { abmTokenId: id, expectedCount: heldRemovals } });
    const payload = data?.confirmHeldRemovals;
    const refused = refusalOf({ error, userErrors: payload?.userErrors });
    if (refused) {
      setRefusal(refused);
      refresher.refresh(); // the number on screen was an old one
      return;
    }
    change(false);
    const run = readFragment(SyncRunFragment, payload?.syncRun);
    if (!run) return;
    tell(run);
    void navigate({ to: "/sync/$runId", params: { runId: run.id } });
  };
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={change}
      title={`Remove ${plural(heldRemovals, "device")} of ${name}`}
      confirmLabel="Remove"
      busyLabel="Starting"
      busy={fetching}
      danger
      onConfirm={confirm}
      typeToConfirm={String(heldRemovals)}
      error={refusal}
    >
      <p>
        A full sync begins now. Devices that Apple's list does not contain this time either, at most{" "}
        {plural(heldRemovals, "device")}, are shown as removed here.
      </p>
      <p>Nothing changes at Apple, and enrolled devices stay managed. A device that is assigned again comes back.</p>
    </ConfirmDialog>
  );
}
