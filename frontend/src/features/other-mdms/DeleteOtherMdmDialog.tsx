import { useMutation } from "urql";
import { graphql } from "../../gql";
import { useApi } from "../../graphql/ApiContext";
import { ConfirmAction } from "../session/ConfirmAction";
import type { OtherMdm } from "./otherMdm";

const DeleteOtherMdmDocument = graphql(`
  mutation DeleteOtherMDM($input: DeleteOtherMDMInput!) {
    deleteOtherMDM(input: $input) {
      userErrors {
        message
        hint
      }
    }
  }
`);

/** Asks before an MDM server is removed. */
export function DeleteOtherMdmDialog({ server, onClose }: { server: OtherMdm; onClose: () => void }) {
  const [, remove] = useMutation(DeleteOtherMdmDocument);
  const { refresher } = useApi();
  return (
    <ConfirmAction
      title={`Remove ${server.name}`}
      confirmLabel="Remove"
      busyLabel="Removing"
      danger
      run={async () => {
        const { data, error } = await remove({ input: { otherMdmId: server.id } });
        return { error, userErrors: data?.deleteOtherMDM.userErrors };
      }}
      onDone={() => {
        refresher.refresh();
        onClose();
      }}
      onCancel={onClose}
    >
      <p>
        Its address, its file and its secrets are forgotten, and its webhook is refused. Devices that enrolled with it
        stay managed by it, and still name it here.
      </p>
    </ConfirmAction>
  );
}
