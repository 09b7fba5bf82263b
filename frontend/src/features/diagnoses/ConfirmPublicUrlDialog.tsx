import { useState } from "react";
import { useMutation, useQuery } from "urql";
import { graphql } from "../../gql";
import { useApi } from "../../graphql/ApiContext";
import { problemOf, sentence } from "../../graphql/errors";
import { refusalOf } from "../../graphql/forms";
import { plural } from "../../lib/numbers";
import { Breakable } from "../../ui/Breakable";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { useToast } from "../../ui/Toast";

const PublicUrlDocument = graphql(`
  query PublicUrl {
    publicUrl {
      url
      configuredUrl
      devices
    }
  }
`);

const ConfirmPublicUrlDocument = graphql(`
  mutation ConfirmPublicURL($input: ConfirmPublicURLInput!) {
    confirmPublicURL(input: $input) {
      publicUrl {
        url
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

const typeFrom = 1_000; // devices that move: more of them have their number typed

/** Asks before devices are sent to another address. */
export function ConfirmPublicUrlDialog({ onClose }: { onClose: () => void }) {
  const { refresher } = useApi();
  const { show } = useToast();
  const [refusal, setRefusal] = useState<string>();
  const [{ data, error }] = useQuery({ query: PublicUrlDocument, requestPolicy: "network-only" });
  const [{ fetching }, confirm] = useMutation(ConfirmPublicUrlDocument);
  const { url, configuredUrl, devices = 0 } = data?.publicUrl ?? {};

  const use = async () => {
    if (!configuredUrl) return;
    setRefusal(undefined);
    const answer = await confirm({ input: { publicUrl: configuredUrl, expectedCount: devices } });
    const refused = refusalOf({ error: answer.error, userErrors: answer.data?.confirmPublicURL.userErrors });
    setRefusal(refused);
    if (refused) return;
    show({ tone: "ok", title: "Devices are sent to the new URL" });
    refresher.refresh();
    onClose();
  };
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Use the new public URL"
      confirmLabel="Use the new URL"
      busy={fetching}
      busyLabel="Changing"
      typeToConfirm={devices > typeFrom ? String(devices) : undefined}
      error={refusal ?? (error && sentence(problemOf(error)))}
      onConfirm={() => void use()}
    >
      {data ? (
        <>
          <p>
            From <Breakable>{url ?? "none"}</Breakable> to{" "}
            <b className="font-semibold">
              <Breakable>{configuredUrl ?? "none"}</Breakable>
            </b>
            .
          </p>
          <p>
            Every ADE profile is registered at Apple anew. {plural(devices, "device")} with the present URL at Apple{" "}
            {devices === 1 ? "gets" : "get"} the new one; enrolled devices keep the old one until they are erased, so
            the old address has to go on working for them.
          </p>
        </>
      ) : (
        <p>Loading</p>
      )}
    </ConfirmDialog>
  );
}
