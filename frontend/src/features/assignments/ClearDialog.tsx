import { Info } from "lucide-react";
import { useState } from "react";
import { useMutation, useQuery } from "urql";
import { readFragment } from "../../gql";
import { problemOf, sentence } from "../../graphql/errors";
import { refusalOf } from "../../graphql/forms";
import { formatCount, plural } from "../../lib/numbers";
import { Button } from "../../ui/Button";
import { DialogBody, DialogFooter, DialogFrame } from "../../ui/Dialog";
import { FieldError } from "../../ui/Field";
import { Skeleton } from "../../ui/Skeleton";
import { changeInput, type Selection, selectionWhere, sizeOf } from "../devices/selection";
import type { SelectionDialogProps } from "./AssignDialog";
import { ClearDocument, ClearPreviewDocument } from "./assign";
import { BatchInDialog } from "./BatchInDialog";
import { AssignmentBatchFragment, type Batch } from "./batch";
import { NumberedList } from "./NumberedList";
import { useTypedCount } from "./useTypedCount";

/** Takes the profile of the selected devices away at Apple: they are to have none, whatever the rules say. */
export function ClearDialog({ selection, open, onOpenChange, onDone }: SelectionDialogProps) {
  const [batch, setBatch] = useState<Batch>();
  const [busy, setBusy] = useState(false);
  const change = (next: boolean) => {
    onOpenChange(next);
    setBatch(undefined);
    if (batch) onDone?.();
  };
  return (
    <DialogFrame
      open={open}
      onOpenChange={change}
      title={
        batch ? "Clearing profiles at Apple" : `Clear the profile of ${plural(sizeOf(selection), "device")} at Apple`
      }
      description={
        batch
          ? undefined
          : "No profile, on purpose, until another is assigned: groups and OS defaults give none meanwhile."
      }
      size={600}
      dismissible={!busy}
    >
      {batch ? (
        <BatchInDialog batch={batch} onClose={() => change(false)} />
      ) : (
        <ClearForm selection={selection} onBusy={setBusy} onDone={setBatch} onCancel={() => change(false)} />
      )}
    </DialogFrame>
  );
}

type ClearFormProps = {
  selection: Selection;
  onBusy: (busy: boolean) => void;
  onDone: (batch: Batch) => void;
  onCancel: () => void;
};

function ClearForm({ selection, onBusy, onDone, onCancel }: ClearFormProps) {
  const [refusal, setRefusal] = useState<string>();
  const [{ fetching }, clear] = useMutation(ClearDocument);
  const { counts, problem } = useClearPreview(selection);
  const typed = useTypedCount(counts?.all);
  const count = counts?.all ?? sizeOf(selection);

  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    if (!counts || typed.missing || fetching) return;
    setRefusal(undefined);
    onBusy(true);
    const { data, error } = await clear({ input: changeInput(selection, counts.all) });
    onBusy(false);
    const payload = data?.clearADEProfile;
    setRefusal(refusalOf({ error, userErrors: payload?.userErrors }));
    const batch = readFragment(AssignmentBatchFragment, payload?.assignmentBatch);
    if (batch) onDone(batch);
  };

  const error = refusal ?? problem;
  return (
    <form onSubmit={(event) => void submit(event)} className="flex min-h-0 flex-1 flex-col">
      <DialogBody>
        <section aria-label="Preview" aria-busy={!counts && !problem} className="grid gap-3">
          <h3 className="text-card">What will happen</h3>
          {!counts && !problem && <Skeleton rows={2} />}
          {counts && (
            <>
              {counts.all !== sizeOf(selection) && (
                <p role="status" className="text-warn-fg">
                  You selected {formatCount(sizeOf(selection))}; {formatCount(counts.all)} match now.
                </p>
              )}
              <NumberedList label="What will happen" rows={rowsOf(counts)} />
            </>
          )}
          <p className="flex gap-2 text-fg-2">
            <Info aria-hidden className="mt-0.5 size-4 shrink-0 text-fg-3" strokeWidth={1.75} />
            New and erased devices do not enroll without a profile. Profiles that GuardMDM did not define stay where an
            organization is only observed. To let groups and OS defaults decide again, remove the own profile instead.
            This can be taken back.
          </p>
        </section>
        {typed.field}
        {error && <FieldError>{error}</FieldError>}
      </DialogBody>
      <DialogFooter>
        <Button onClick={onCancel} disabled={fetching}>
          Cancel
        </Button>
        <Button
          type="submit"
          variant="danger"
          busy={fetching}
          busyLabel="Clearing"
          disabledReason={counts ? typed.reason : "The preview is not here yet"}
        >
          {count === 1 ? "Clear profile" : `Clear ${formatCount(count)} profiles`}
        </Button>
      </DialogFooter>
    </form>
  );
}

type Counts = { all: number; fetched: number; without: number };

function useClearPreview(selection: Selection): { counts: Counts | undefined; problem: string | undefined } {
  const all = selectionWhere(selection);
  const [{ data, error }] = useQuery({
    query: ClearPreviewDocument,
    variables: {
      all,
      fetched: { and: [all, { assignmentStatus: "PUSHED" }] },
      without: { and: [all, { assignmentStatus: "UNASSIGNED" }] },
    },
    requestPolicy: "network-only",
  });
  const counts = data && {
    all: data.all.totalCount,
    fetched: data.fetched.totalCount,
    without: data.without.totalCount,
  };
  return { counts, problem: error && sentence(problemOf(error)) };
}

function rowsOf({ all, fetched, without }: Counts) {
  return [
    { count: all, text: all === 1 ? "is to have no profile at Apple" : "are to have no profile at Apple" },
    {
      count: fetched,
      text:
        fetched === 1
          ? "has fetched its profile: it stays enrolled, and has none after its next erase"
          : "have fetched their profile: they stay enrolled, and have none after their next erase",
    },
    {
      count: without,
      text:
        without === 1
          ? "has none by the rules already, and gets none by coming rules either"
          : "have none by the rules already, and get none by coming rules either",
    },
  ].filter(({ count }, place) => count > 0 || place === 0);
}
