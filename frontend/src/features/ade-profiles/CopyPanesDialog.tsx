import { useState } from "react";
import { useQuery } from "urql";
import { graphql } from "../../gql";
import { problemOf } from "../../graphql/errors";
import { plural } from "../../lib/numbers";
import { Button } from "../../ui/Button";
import { DialogBody, DialogFooter, DialogFrame } from "../../ui/Dialog";
import { ErrorState } from "../../ui/ErrorState";
import { Select } from "../../ui/Select";
import { Skeleton } from "../../ui/Skeleton";

const SkippedPanesDocument = graphql(`
  query AdeProfileSkippedPanes {
    adeProfiles(first: 200) {
      nodes {
        id
        name
        publishedVersion {
          id
          content {
            skipSetupItems
          }
        }
        draft {
          skipSetupItems
        }
      }
    }
  }
`);

type CopyPanesDialogProps = {
  /** The profile that is edited. */
  exceptId: string;
  onCopy: (skipped: string[]) => void;
  onClose: () => void;
};

/** Takes the skipped panes of another profile over: what its devices get, else its draft. */
export function CopyPanesDialog({ exceptId, onCopy, onClose }: CopyPanesDialogProps) {
  const [{ data, error }, retry] = useQuery({ query: SkippedPanesDocument });
  const [chosenId, setChosenId] = useState<string>();
  const profiles = data?.adeProfiles.nodes.filter(({ id }) => id !== exceptId);
  const chosen = profiles?.find(({ id }) => id === chosenId) ?? profiles?.[0];
  const skipped = (chosen?.publishedVersion?.content ?? chosen?.draft)?.skipSetupItems ?? [];
  return (
    <DialogFrame open onOpenChange={(open) => !open && onClose()} title="Copy panes from another profile" size={480}>
      <DialogBody>
        {profiles === undefined ? (
          error ? (
            <ErrorState {...problemOf(error)} onRetry={() => retry()} />
          ) : (
            <Skeleton />
          )
        ) : chosen === undefined ? (
          <p>There is no other profile.</p>
        ) : (
          <>
            <Select
              label="Profile"
              options={profiles.map(({ id, name }) => ({ value: id, label: name }))}
              value={chosen.id}
              onChange={(event) => setChosenId(event.target.value)}
              hint={`It skips ${plural(skipped.length, "pane")}.`}
            />
            <p className="text-fg-2">They replace the ones that are skipped here, on every platform.</p>
          </>
        )}
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          variant="primary"
          disabledReason={chosen ? undefined : "There is nothing to copy"}
          onClick={() => {
            onCopy([...skipped]);
            onClose();
          }}
        >
          Copy panes
        </Button>
      </DialogFooter>
    </DialogFrame>
  );
}
