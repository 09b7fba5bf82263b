import { useState } from "react";
import { useMutation } from "urql";
import { graphql } from "../../gql";
import { useApi } from "../../graphql/ApiContext";
import { refusalOf } from "../../graphql/forms";
import { ConfirmDialog } from "../../ui/ConfirmDialog";

const RemoveSigningDocument = graphql(`
  mutation RemoveEnrollmentSigningCertificate {
    removeEnrollmentSigningCertificate {
      userErrors {
        field
        message
        hint
      }
    }
  }
`);

/** Asks before enrollment profiles are no longer signed. */
export function RemoveSigningDialog({ onClose }: { onClose: () => void }) {
  const [{ fetching }, remove] = useMutation(RemoveSigningDocument);
  const [refusal, setRefusal] = useState<string>();
  const { refresher } = useApi();
  const confirm = async () => {
    const { data, error } = await remove({});
    const refused = refusalOf({ error, userErrors: data?.removeEnrollmentSigningCertificate.userErrors });
    setRefusal(refused);
    if (refused) return;
    refresher.refresh();
    onClose();
  };
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Remove the signing certificate"
      confirmLabel="Remove"
      busyLabel="Removing"
      busy={fetching}
      danger
      onConfirm={() => void confirm()}
      error={refusal}
    >
      <p>Its key is forgotten, and enrollment profiles are shown as unverified. Devices enroll nevertheless.</p>
    </ConfirmDialog>
  );
}
