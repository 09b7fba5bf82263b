import { useQuery } from "urql";
import { graphql } from "../../gql";
import { problemOf } from "../../graphql/errors";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { ErrorState } from "../../ui/ErrorState";
import { Skeleton } from "../../ui/Skeleton";
import { plistLines } from "./plist";

const MdmCommandAnswerDocument = graphql(`
  query MdmCommandAnswer($id: ID!) {
    mdmCommandAnswer(mdmCommandId: $id) {
      plist
    }
  }
`);

type AnswerDialogProps = { commandId: string; requestType: string; onClose: () => void };

/** What a device answered to a command. */
export function AnswerDialog({ commandId, requestType, onClose }: AnswerDialogProps) {
  const [{ data, error }, again] = useQuery({ query: MdmCommandAnswerDocument, variables: { id: commandId } });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Answer to ${requestType}`}
      size={640}
      footer={
        <Button variant="primary" onClick={onClose}>
          Close
        </Button>
      }
    >
      {data ? (
        <Answer plist={data.mdmCommandAnswer.plist ?? undefined} />
      ) : error ? (
        <ErrorState {...problemOf(error)} onRetry={() => again({ requestPolicy: "network-only" })} />
      ) : (
        <Skeleton rows={5} />
      )}
    </Dialog>
  );
}

function Answer({ plist }: { plist: string | undefined }) {
  if (!plist) return <p className="text-fg-2">The answer is not kept: it had more than 256 KB.</p>;
  const lines = plistLines(plist);
  if (!lines) return <pre className="overflow-x-auto font-mono text-serial">{plist}</pre>;
  if (lines.length === 0) return <p className="text-fg-2">Done, and nothing more was said.</p>;
  return (
    <ul aria-label="Answer" className="divide-y divide-border rounded-card border border-border bg-sunken">
      {lines.map(({ depth, key, value }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one answer do not move
        <li key={place} className="flex flex-wrap gap-x-3 px-3 py-1.5" style={{ paddingLeft: `${0.75 + depth}rem` }}>
          <span className="text-fg-2">{key}</span>
          <span className="min-w-0 wrap-anywhere">{value}</span>
        </li>
      ))}
    </ul>
  );
}
