import { useMutation } from "urql";
import { graphql } from "../../gql";
import type { CancelCommandsInput } from "../../gql/graphql";
import { useApi } from "../../graphql/ApiContext";
import { refusalOf } from "../../graphql/forms";
import { Button } from "../../ui/Button";
import { useToast } from "../../ui/Toast";
import { useMay } from "../session/session";

const CancelCommandsDocument = graphql(`
  mutation CancelCommands($input: CancelCommandsInput!) {
    cancelCommands(input: $input) {
      commandBatch {
        ...CommandBatchFields
      }
      mdmCommand {
        id
        status
      }
      canceled
      userErrors {
        field
        message
        hint
        code
      }
    }
  }
`);

type CancelButtonProps = { input: CancelCommandsInput; small?: boolean };

/** Takes a command back from the devices that do not have it. */
export function CancelButton({ input, small = false }: CancelButtonProps) {
  const may = useMay("OPERATOR");
  const [{ fetching }, cancel] = useMutation(CancelCommandsDocument);
  const { refresher } = useApi();
  const { show } = useToast();
  if (!may) return null;
  const press = async () => {
    const { data, error } = await cancel({ input });
    const refusal = refusalOf({ error, userErrors: data?.cancelCommands.userErrors });
    if (refusal) show({ tone: "bad", title: "The command was not taken back", description: refusal });
    refresher.refresh();
  };
  return (
    <Button
      {...(small && { size: "small" as const, className: "max-sm:h-11" })}
      busy={fetching}
      busyLabel="Taking back"
      onClick={() => void press()}
    >
      Take back
    </Button>
  );
}
