import { useId, useState } from "react";
import { formatCount, plural } from "../../lib/numbers";
import { Button } from "../../ui/Button";
import { DefinitionList } from "../../ui/DefinitionList";
import { DialogBody, DialogFooter, DialogFrame } from "../../ui/Dialog";
import { controlClass, FieldError } from "../../ui/Field";
import { FileDrop } from "../../ui/FileDrop";
import { type Imported, importSerials, mostBytes } from "./importSerials";

type ImportDialogProps = {
  onClose: () => void;
  /** Shows the devices of the list. */
  onShow: (listId: string) => void;
};

/** Finds devices by a list of serial numbers, pasted or a file: what becomes of each row is told, then the devices are shown. */
export function ImportDialog({ onClose, onShow }: ImportDialogProps) {
  const [busy, setBusy] = useState(false);
  const [imported, setImported] = useState<Imported>();
  return (
    <DialogFrame
      open
      onOpenChange={(open) => !open && onClose()}
      title="Find devices by serial numbers"
      description={
        imported
          ? undefined
          : "Then assign a profile to all of them, or add them to a group. The list is kept for 7 days."
      }
      size={600}
      dismissible={!busy}
    >
      {imported ? (
        <Result imported={imported} onClose={onClose} onShow={onShow} />
      ) : (
        <ImportForm busy={busy} onBusy={setBusy} onImported={setImported} onClose={onClose} />
      )}
    </DialogFrame>
  );
}

type ImportFormProps = {
  busy: boolean;
  onBusy: (busy: boolean) => void;
  onImported: (imported: Imported) => void;
  onClose: () => void;
};

function ImportForm({ busy, onBusy, onImported, onClose }: ImportFormProps) {
  const [text, setText] = useState("");
  const [file, setFile] = useState<File | null>(null);
  const [error, setError] = useState<string>();
  const id = useId();
  const empty = !file && text.trim() === "";
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    if (busy || empty) return;
    setError(undefined);
    onBusy(true);
    try {
      onImported(await importSerials(file ?? new Blob([text])));
    } catch (refusal) {
      setError(refusal instanceof Error ? refusal.message : String(refusal));
    }
    onBusy(false);
  };
  return (
    <form onSubmit={(event) => void submit(event)} className="flex min-h-0 flex-1 flex-col">
      <DialogBody>
        <div className="grid gap-1">
          <label htmlFor={id} className="font-[550]">
            Serial numbers
          </label>
          <textarea
            id={id}
            rows={6}
            value={text}
            disabled={busy || file !== null}
            spellCheck={false}
            autoComplete="off"
            aria-describedby={`${id}-hint`}
            className={`${controlClass} px-2.5 py-1.5 font-mono`}
            onChange={(event) => setText(event.target.value)}
          />
          <p id={`${id}-hint`} className="text-fg-3 text-hint">
            One on each line.
          </p>
        </div>
        <FileDrop
          label="Or a CSV file"
          hint="One serial number a row, at most 1,000,000 rows; a header is no harm."
          accept=".csv,text/csv,text/plain"
          maxBytes={mostBytes}
          file={file}
          onFile={setFile}
          busy={busy}
        />
        {error && <FieldError>{error}</FieldError>}
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose} disabled={busy}>
          Cancel
        </Button>
        <Button
          type="submit"
          variant="primary"
          busy={busy}
          busyLabel="Finding"
          disabledReason={empty ? "Paste serial numbers or choose a file first" : undefined}
        >
          Find devices
        </Button>
      </DialogFooter>
    </form>
  );
}

function Result({ imported, onClose, onShow }: Omit<ImportDialogProps, "onOpen"> & { imported: Imported }) {
  const { id, known, unknown, duplicates, invalid, report } = imported;
  return (
    <>
      <DialogBody>
        <p role="status">
          {known === 0
            ? "GuardMDM knows none of these devices."
            : `GuardMDM knows ${plural(known, "device")} of the list.`}
        </p>
        <DefinitionList
          items={[
            { label: "Found", value: formatCount(known) },
            { label: "Not found", value: formatCount(unknown) },
            { label: "Repeated", value: formatCount(duplicates) },
            { label: "No serial number", value: formatCount(invalid) },
          ]}
        />
        <p>
          <a href={report} download className="rounded-badge text-accent-fg underline">
            What became of each row (CSV)
          </a>
        </p>
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>Close</Button>
        {known > 0 && (
          <Button variant="primary" onClick={() => onShow(id)}>
            Show {plural(known, "device")}
          </Button>
        )}
      </DialogFooter>
    </>
  );
}
