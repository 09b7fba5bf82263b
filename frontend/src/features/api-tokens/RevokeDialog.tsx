import { useMutation } from "urql";
import { graphql } from "../../gql";
import { ConfirmAction } from "../session/ConfirmAction";
import type { ApiToken } from "./apiToken";

const RevokeApiTokenDocument = graphql(`
  mutation RevokeApiToken($input: RevokeAPITokenInput!) {
    revokeAPIToken(input: $input) {
      apiToken {
        id
        ...ApiToken
      }
      userErrors {
        message
        hint
      }
    }
  }
`);

type RevokeDialogProps = { token: ApiToken; onClose: () => void };

export function RevokeDialog({ token, onClose }: RevokeDialogProps) {
  const [, revoke] = useMutation(RevokeApiTokenDocument);
  return (
    <ConfirmAction
      title={`Revoke ${token.name}`}
      confirmLabel="Revoke"
      busyLabel="Revoking"
      danger
      run={async () => {
        const { data, error } = await revoke({ input: { apiTokenId: token.id } });
        return { error, userErrors: data?.revokeAPIToken.userErrors };
      }}
      onDone={onClose}
      onCancel={onClose}
    >
      <p>
        Programs that use it are refused at once. This cannot be undone. The row stays, so that the audit log can name
        it.
      </p>
    </ConfirmAction>
  );
}
