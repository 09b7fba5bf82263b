import { useEffect } from "react";
import { useMutation } from "urql";
import { graphql } from "../../gql";
import { refusalOf } from "../../graphql/forms";
import { Button } from "../../ui/Button";
import { DefinitionList } from "../../ui/DefinitionList";
import { Dialog } from "../../ui/Dialog";
import { Skeleton } from "../../ui/Skeleton";
import { StatusIcon } from "../../ui/StatusIcon";
import { statusOf } from "../../ui/vocabulary";
import { FormError } from "../session/FormError";
import type { OtherMdm } from "./otherMdm";

const TestOtherMdmDocument = graphql(`
  mutation TestOtherMDM($input: TestOtherMDMInput!) {
    testOtherMDM(input: $input) {
      findings {
        result
        message
        hint
      }
      profile {
        displayName
        organization
        serverUrl
        topic
        identity
      }
      userErrors {
        message
        hint
      }
    }
  }
`);

/** Fetches a server's enrollment profile as for a device, and says what was found. */
export function TestDialog({ server, onClose }: { server: OtherMdm; onClose: () => void }) {
  const [{ fetching, data, error }, test] = useMutation(TestOtherMdmDocument);
  useEffect(() => {
    void test({ input: { otherMdmId: server.id } });
  }, [test, server.id]);
  const { findings = [], profile, userErrors } = data?.testOtherMDM ?? {};
  const refusal = refusalOf({ error, userErrors });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size={600}
      title={`Test ${server.name}`}
      description="Its enrollment profile is fetched as for a device. Nothing changes."
      footer={
        <>
          <Button busy={fetching} busyLabel="Testing" onClick={() => void test({ input: { otherMdmId: server.id } })}>
            Test again
          </Button>
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        </>
      }
    >
      <div aria-live="polite" aria-busy={fetching} className="grid gap-4">
        {fetching || !(data || error) ? <Skeleton rows={3} /> : <Findings findings={findings} />}
        {!fetching && profile && (
          <DefinitionList
            items={[
              { label: "Profile", value: profile.displayName, wide: true },
              { label: "Organization", value: profile.organization, wide: true },
              { label: "Devices go to", value: profile.serverUrl, wide: true },
              { label: "Push topic", value: profile.topic, wide: true },
            ]}
          />
        )}
        <FormError error={refusal ? { message: refusal } : undefined} />
      </div>
    </Dialog>
  );
}

type Finding = { result: string; message: string; hint?: string | null };

function Findings({ findings }: { findings: readonly Finding[] }) {
  return (
    <ul aria-label="Findings" className="grid gap-3">
      {findings.map(({ result, message, hint }) => {
        const { word, tone, shape } = statusOf("otherMdmFinding", result);
        return (
          <li key={message} className="flex gap-2">
            <span className="mt-0.5 shrink-0">
              <StatusIcon shape={shape} tone={tone} />
              <span className="sr-only">{word}:</span>
            </span>
            <span className="min-w-0 wrap-anywhere">
              {message}
              {hint && <span className="block text-fg-3 text-hint">{hint}</span>}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
