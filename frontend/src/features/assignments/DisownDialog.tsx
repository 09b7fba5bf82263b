import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useMutation } from "urql";
import { readFragment } from "../../gql";
import { useApi } from "../../graphql/ApiContext";
import { refusalOf } from "../../graphql/forms";
import { formatCount, plural } from "../../lib/numbers";
import { Banner } from "../../ui/Banner";
import { Button } from "../../ui/Button";
import { DialogBody, DialogFooter, DialogFrame } from "../../ui/Dialog";
import { FieldError } from "../../ui/Field";
import { Skeleton } from "../../ui/Skeleton";
import { Status } from "../../ui/Status";
import { type Selection, sizeOf } from "../devices/selection";
import type { SelectionDialogProps } from "./AssignDialog";
import { AssignmentBatchFragment } from "./batch";
import { DisownDocument, type Disowned, mostReleased } from "./disown";
import { useSelectedSerials } from "./useSelectedSerials";
import { useTypedCount } from "./useTypedCount";

/** Releases the selected devices from the organization, for good: the number is typed, however small. */
export function DisownDialog({ selection, open, onOpenChange, onDone }: SelectionDialogProps) {
  const [done, setDone] = useState<Disowned>();
  const [busy, setBusy] = useState(false);
  const change = (next: boolean) => {
    onOpenChange(next);
    if (done) onDone?.();
  };
  return (
    <DialogFrame
      open={open}
      onOpenChange={change}
      title={done ? "Released from Apple Business Manager" : `Release ${plural(sizeOf(selection), "device")} for good`}
      size={600}
      dismissible={!busy}
    >
      {done ? (
        <Results done={done} onClose={() => change(false)} />
      ) : (
        <DisownForm selection={selection} onBusy={setBusy} onDone={setDone} onCancel={() => change(false)} />
      )}
    </DialogFrame>
  );
}

type DisownFormProps = {
  selection: Selection;
  onBusy: (busy: boolean) => void;
  onDone: (done: Disowned) => void;
  onCancel: () => void;
};

function DisownForm({ selection, onBusy, onDone, onCancel }: DisownFormProps) {
  const { refresher } = useApi();
  const [refusal, setRefusal] = useState<string>();
  const [{ fetching }, disown] = useMutation(DisownDocument);
  const { serials, problem, tooMany } = useSelectedSerials(selection);
  const typed = useTypedCount(tooMany ? undefined : serials?.length, 0);

  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    if (!serials || serials.length === 0 || tooMany || typed.missing || fetching) return;
    setRefusal(undefined);
    onBusy(true);
    const { data, error } = await disown({
      input: { serialNumbers: [...serials], expectedCount: serials.length },
    });
    onBusy(false);
    const payload = data?.disownDevices;
    setRefusal(refusalOf({ error, userErrors: payload?.userErrors }));
    if (!payload?.assignmentBatch) return;
    refresher.refresh();
    onDone(payload);
  };

  const error = refusal ?? problem;
  return (
    <form onSubmit={(event) => void submit(event)} className="flex min-h-0 flex-1 flex-col">
      <DialogBody>
        <Banner tone="bad" title="This cannot be undone">
          Apple takes the devices out of your organization. Only the reseller, Apple, or Apple Configurator with the
          device in hand brings one back. Enrolled devices stay as they are until they are erased; then they belong to
          whoever sets them up.
        </Banner>
        <p className="text-fg-2">
          In Apple Business Manager the MDM server has to be allowed to release devices. To move devices to another MDM
          server, assign them there instead.
        </p>
        {tooMany ? (
          <FieldError>
            At most {formatCount(mostReleased)} devices can be released at once. Select fewer of them.
          </FieldError>
        ) : serials ? (
          <Serials serials={serials} selected={sizeOf(selection)} />
        ) : (
          !problem && <Skeleton rows={2} />
        )}
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
          busyLabel="Releasing"
          disabledReason={tooMany ? "These are too many" : serials ? typed.reason : "The devices are not here yet"}
        >
          Release for good
        </Button>
      </DialogFooter>
    </form>
  );
}

const mostShown = 12;

function Serials({ serials, selected }: { serials: readonly string[]; selected: number }) {
  return (
    <div className="grid gap-2">
      {serials.length !== selected && (
        <p role="status" className="text-warn-fg">
          You selected {formatCount(selected)}; {formatCount(serials.length)} are in ABM now.
        </p>
      )}
      <ul aria-label="Devices to be released" className="flex flex-wrap gap-1.5">
        {serials.slice(0, mostShown).map((serial) => (
          <li key={serial} className="rounded-badge border border-border bg-sunken px-1.5 font-mono text-serial">
            {serial}
          </li>
        ))}
        {serials.length > mostShown && (
          <li className="text-fg-2">and {formatCount(serials.length - mostShown)} more</li>
        )}
      </ul>
    </div>
  );
}

/** What Apple said of each device: those that it did not release come first. */
function Results({ done, onClose }: { done: Disowned; onClose: () => void }) {
  const batch = readFragment(AssignmentBatchFragment, done.assignmentBatch);
  const released = done.results.filter(({ status }) => status === "SUCCEEDED").length;
  const others = done.results.filter(({ status }) => status !== "SUCCEEDED");
  return (
    <>
      <DialogBody>
        <p role="status">
          <b className="font-semibold tabular-nums">{formatCount(released)}</b> of{" "}
          {plural(done.results.length, "device")} released.
          {done.unknownSerialNumbers.length > 0 &&
            ` ${plural(done.unknownSerialNumbers.length, "device")} had left before: nothing was done.`}
        </p>
        {others.length > 0 && (
          <ul aria-label="Not released" className="divide-y divide-border rounded-card border border-border bg-sunken">
            {others.map(({ serialNumber, status, message }) => (
              <li key={serialNumber} className="grid gap-0.5 px-3 py-2">
                <span className="flex flex-wrap justify-between gap-x-3">
                  <span className="font-mono text-serial">{serialNumber}</span>
                  <Status kind="assignmentResult" value={status} />
                </span>
                {message && <span className="text-fg-2">{message}</span>}
              </li>
            ))}
          </ul>
        )}
      </DialogBody>
      <DialogFooter>
        {batch && (
          <Button render={<Link to="/assignments/$batchId" params={{ batchId: batch.id }} />}>Show each device</Button>
        )}
        <Button variant="primary" onClick={onClose}>
          Close
        </Button>
      </DialogFooter>
    </>
  );
}
