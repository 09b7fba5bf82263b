import { useState } from "react";
import { useMutation } from "urql";
import { useApi } from "../../graphql/ApiContext";
import { problemOf, sentence } from "../../graphql/errors";
import { plural } from "../../lib/numbers";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { useToast } from "../../ui/Toast";
import { DeleteTokenDocument, type ListedToken } from "./tokenList";

export type DeleteTokenDialogProps = {
  token: Pick<ListedToken, "id" | "name" | "deviceCount">;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** From this many devices on, the name has to be typed. */
const manyDevices = 1_000;

/** Asks before a token is forgotten, and says what that means. */
export function DeleteTokenDialog({ token, open, onOpenChange }: DeleteTokenDialogProps) {
  const [{ fetching }, deleteToken] = useMutation(DeleteTokenDocument);
  const [refusal, setRefusal] = useState<string>();
  const { refresher } = useApi();
  const { show } = useToast();
  const change = (next: boolean) => {
    setRefusal(undefined);
    onOpenChange(next);
  };
  const confirm = async () => {
    setRefusal(undefined);
    const { data, error } = await deleteToken({ input: { abmTokenId: token.id } });
    const problem = error ? problemOf(error) : data?.deleteABMToken.userErrors[0];
    if (problem) {
      setRefusal(sentence(problem));
      return;
    }
    change(false);
    refresher.refresh();
    const removed = data?.deleteABMToken.devicesRemoved ?? 0;
    show({
      title: `${token.name} is deleted`,
      ...(removed > 0 && { description: `${plural(removed, "device is", "devices are")} shown as removed.` }),
    });
  };
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={change}
      title={`Delete the ${token.name} token`}
      confirmLabel="Delete"
      busyLabel="Deleting"
      busy={fetching}
      danger
      onConfirm={confirm}
      typeToConfirm={token.deviceCount > manyDevices ? token.name : undefined}
      error={refusal}
    >
      {token.deviceCount === 0 ? (
        <p>GuardMDM destroys the key and the server token. Nothing changes at Apple.</p>
      ) : (
        <>
          <p>
            GuardMDM destroys the key and the server token, and stops syncing.{" "}
            {plural(token.deviceCount, "device is", "devices are")} shown as removed.
          </p>
          <p>Nothing changes at Apple: the devices stay assigned there, and enrolled devices stay managed.</p>
          <p>This cannot be undone. The devices come back only when the organization is connected with a new token.</p>
        </>
      )}
    </ConfirmDialog>
  );
}
