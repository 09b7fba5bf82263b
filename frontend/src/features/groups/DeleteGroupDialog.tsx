import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useMutation } from "urql";
import { useApi } from "../../graphql/ApiContext";
import { refusalOf } from "../../graphql/forms";
import { formatCount, plural } from "../../lib/numbers";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { useToast } from "../../ui/Toast";
import { DeleteGroupDocument, type GroupDetails } from "./groupDetails";

type DeleteGroupDialogProps = {
  group: Pick<GroupDetails, "id" | "name" | "deviceCount" | "decidedCount">;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

const typeFrom = 1_000; // more devices than these: their number has to be typed

/** Asks before a group goes, and says what its devices get then. */
export function DeleteGroupDialog({ group, open, onOpenChange }: DeleteGroupDialogProps) {
  const { id, name, deviceCount, decidedCount } = group;
  const [{ fetching }, deleteGroup] = useMutation(DeleteGroupDocument);
  const [refusal, setRefusal] = useState<string>();
  const { refresher } = useApi();
  const { show } = useToast();
  const navigate = useNavigate();
  const change = (next: boolean) => {
    setRefusal(undefined);
    onOpenChange(next);
  };
  const confirm = async () => {
    setRefusal(undefined);
    const { data, error } = await deleteGroup({ input: { deviceGroupId: id } });
    const refused = refusalOf({ error, userErrors: data?.deleteDeviceGroup.userErrors });
    setRefusal(refused);
    if (refused) return;
    change(false);
    show({ title: `${name} is deleted` });
    await navigate({ to: "/groups" });
    refresher.refresh();
  };
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={change}
      title={`Delete ${name}`}
      confirmLabel="Delete"
      busyLabel="Deleting"
      busy={fetching}
      danger
      onConfirm={() => void confirm()}
      typeToConfirm={decidedCount > typeFrom ? String(decidedCount) : undefined}
      error={refusal}
    >
      {decidedCount === 0 ? (
        <p>
          The group decides no device's profile:{" "}
          {deviceCount === 0 ? "it has no devices." : "nothing changes for them."}
        </p>
      ) : (
        <p>
          {plural(decidedCount, "device")} {decidedCount === 1 ? "has its" : "have their"} profile from this group. The
          next rule decides for them: another group, the OS default, or none.
        </p>
      )}
      {deviceCount > decidedCount && decidedCount > 0 && (
        <p>For the other {formatCount(deviceCount - decidedCount)} nothing changes.</p>
      )}
      <p>This cannot be undone.</p>
    </ConfirmDialog>
  );
}
