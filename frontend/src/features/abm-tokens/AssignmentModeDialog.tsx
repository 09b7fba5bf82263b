import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useMutation, useQuery } from "urql";
import { graphql } from "../../gql";
import type { AssignmentMode } from "../../gql/graphql";
import { useApi } from "../../graphql/ApiContext";
import { problemOf } from "../../graphql/errors";
import { refusalOf } from "../../graphql/forms";
import { plural } from "../../lib/numbers";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import type { ListedToken } from "./tokenList";

const ForeignProfilesDocument = graphql(`
  query ForeignProfiles($id: ID!) {
    node(id: $id) {
      __typename
      ... on ABMToken {
        id
        foreignToReplace
      }
    }
  }
`);

const SetAssignmentModeDocument = graphql(`
  mutation SetAssignmentMode($input: SetAssignmentModeInput!) {
    setAssignmentMode(input: $input) {
      abmToken {
        id
        assignmentMode
      }
      assignmentBatch {
        id
      }
      userErrors {
        field
        message
        hint
        code
      }
    }
  }
`);

type AssignmentModeDialogProps = {
  token: Pick<ListedToken, "id" | "name">;
  next: AssignmentMode;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/**
 * Asks before the mode changes. Before enforcing it says how many profiles of others would be replaced; the number is typed and sent, so
 * that the server refuses another one.
 */
export function AssignmentModeDialog({ token, next, open, onOpenChange }: AssignmentModeDialogProps) {
  const enforce = next === "ENFORCE";
  const [{ data, error }] = useQuery({
    query: ForeignProfilesDocument,
    variables: { id: token.id },
    pause: !open || !enforce,
    requestPolicy: "network-only",
  });
  const [{ fetching }, setMode] = useMutation(SetAssignmentModeDocument);
  const [refusal, setRefusal] = useState<string>();
  const { refresher } = useApi();
  const navigate = useNavigate();
  const foreign = data?.node?.__typename === "ABMToken" ? data.node.foreignToReplace : undefined;
  const waits = enforce && foreign === undefined;
  const change = (to: boolean) => {
    setRefusal(undefined);
    onOpenChange(to);
  };
  const confirm = async () => {
    if (waits) return;
    setRefusal(undefined);
    const input = { abmTokenId: token.id, mode: next, ...(foreign !== undefined && { expectedCount: foreign }) };
    const answer = await setMode({ input });
    const payload = answer.data?.setAssignmentMode;
    const refused = refusalOf({ error: answer.error, userErrors: payload?.userErrors });
    refresher.refresh(); // a refused number was an old one
    setRefusal(refused);
    if (refused) return;
    change(false);
    const batchId = payload?.assignmentBatch?.id;
    if (batchId) void navigate({ to: "/assignments/$batchId", params: { batchId } });
  };
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={change}
      title={enforce ? `Begin to enforce for ${token.name}` : `Only observe ${token.name}`}
      confirmLabel={enforce ? "Begin to enforce" : "Only observe"}
      busyLabel="Saving"
      busy={fetching}
      danger={enforce && Boolean(foreign)}
      onConfirm={() => void confirm()}
      typeToConfirm={enforce && foreign ? String(foreign) : undefined}
      error={refusal ?? (error && waits ? problemOf(error).message : undefined)}
    >
      {enforce ? (
        <>
          <p role="status">
            {foreign === undefined
              ? "Counting the profiles that would be replaced."
              : foreign === 0
                ? "No device has a profile that GuardMDM did not define and the rules would replace."
                : `${plural(foreign, "device has", "devices have")} a profile that GuardMDM did not define, and would get another one.`}
          </p>
          <p>
            From now on GuardMDM makes Apple agree with the rules. Devices use a new profile when they are set up next;
            enrolled devices stay as they are.
          </p>
        </>
      ) : (
        <p>GuardMDM tells Apple nothing any more for this organization. What Apple has stays. Rules and syncs go on.</p>
      )}
    </ConfirmDialog>
  );
}
