import { useState } from "react";
import { useMutation } from "urql";
import { graphql } from "../../gql";
import { useApi } from "../../graphql/ApiContext";
import { refusalOf } from "../../graphql/forms";
import { Button } from "../../ui/Button";
import { useToast } from "../../ui/Toast";

const ReleaseFromSetupAssistantDocument = graphql(`
  mutation ReleaseFromSetupAssistant($input: ReleaseFromSetupAssistantInput!) {
    releaseFromSetupAssistant(input: $input) {
      device {
        ...DeviceEnrollment
      }
      userErrors {
        field
        message
        hint
      }
    }
  }
`);

/** Lets a device go on in Setup Assistant, whatever became of its first commands. */
export function ReleaseButton({ deviceId, serialNumber }: { deviceId: string; serialNumber: string }) {
  const [{ fetching }, release] = useMutation(ReleaseFromSetupAssistantDocument);
  const [asked, setAsked] = useState(false);
  const { refresher } = useApi();
  const toast = useToast();
  const press = async () => {
    const { data, error } = await release({ input: { deviceId } });
    const refusal = refusalOf({ error, userErrors: data?.releaseFromSetupAssistant.userErrors });
    if (refusal) toast.show({ tone: "bad", title: `${serialNumber} was not released`, description: refusal });
    else setAsked(true);
    refresher.refresh(); // the command that lets it go stands with the others
  };
  if (asked) {
    return (
      <p role="status" className="text-fg-2">
        Goes on when it calls next
      </p>
    );
  }
  return (
    <Button size="small" className="max-sm:h-11" busy={fetching} busyLabel="Releasing" onClick={() => void press()}>
      Release now
    </Button>
  );
}
