import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useMutation, useQuery } from "urql";
import { readFragment } from "../../gql";
import type { DeviceCommand, SendCommandInput } from "../../gql/graphql";
import { useApi } from "../../graphql/ApiContext";
import { problemOf, sentence } from "../../graphql/errors";
import { refusalOf } from "../../graphql/forms";
import { formatCount, plural } from "../../lib/numbers";
import { Banner } from "../../ui/Banner";
import { Button } from "../../ui/Button";
import { DialogBody, DialogFooter, DialogFrame } from "../../ui/Dialog";
import { FieldError } from "../../ui/Field";
import { Select } from "../../ui/Select";
import { Skeleton } from "../../ui/Skeleton";
import { readBase64 } from "../abm-tokens/files";
import type { SelectionDialogProps } from "../assignments/AssignDialog";
import { NumberedList } from "../assignments/NumberedList";
import { useSelectedSerials } from "../assignments/useSelectedSerials";
import { useTyped, useTypedCount } from "../assignments/useTypedCount";
import { changeInput, type Selection, selectionWhere, sizeOf } from "../devices/selection";
import { useMay } from "../session/session";
import { type CommandBatch, CommandBatchDocument, CommandBatchFragment, useFollowed, waitingOf } from "./batch";
import { CancelButton } from "./CancelButton";
import { CommandFields, type CommandParameters, missingOf, noParameters } from "./CommandFields";
import { CommandProgress } from "./CommandProgress";
import { CommandPreviewDocument, commandNames, commands, commandWord, SendCommandDocument } from "./commands";

type SendCommandDialogProps = SelectionDialogProps & {
  /** The command that was chosen already. */
  command?: DeviceCommand | undefined;
  /** The serial number, where it is one device that is known. */
  serialNumber?: string | undefined;
};

/** Sends a command to the selected devices: first to how many, then how it goes on. */
export function SendCommandDialog(props: SendCommandDialogProps) {
  const { selection, command, serialNumber, open, onOpenChange, onDone } = props;
  const [batch, setBatch] = useState<CommandBatch>();
  const [busy, setBusy] = useState(false);
  const devices = serialNumber ?? plural(sizeOf(selection), "device");
  const change = (next: boolean) => {
    onOpenChange(next);
    if (batch) onDone?.();
  };
  return (
    <DialogFrame
      open={open}
      onOpenChange={change}
      title={
        batch
          ? `${commandWord(batch.requestType)}: how it goes on`
          : command
            ? `${commands[command].label}: ${devices}`
            : `Send a command to ${devices}`
      }
      size={600}
      dismissible={!busy}
    >
      {batch ? (
        <BatchInDialog known={batch} onClose={() => change(false)} />
      ) : (
        <SendForm
          selection={selection}
          command={command}
          onBusy={setBusy}
          onSent={setBatch}
          onCancel={() => change(false)}
        />
      )}
    </DialogFrame>
  );
}

type SendFormProps = {
  selection: Selection;
  command: DeviceCommand | undefined;
  onBusy: (busy: boolean) => void;
  onSent: (batch: CommandBatch) => void;
  onCancel: () => void;
};

function SendForm({ selection, command: chosen, onBusy, onSent, onCancel }: SendFormProps) {
  const isAdmin = useMay("ADMIN");
  const { refresher } = useApi();
  const [command, setCommand] = useState<DeviceCommand>(chosen ?? "DEVICE_INFORMATION");
  const [parameters, setParameters] = useState<CommandParameters>(noParameters);
  const [refusal, setRefusal] = useState<string>();
  const [{ fetching }, send] = useMutation(SendCommandDocument);
  const { counts, problem } = useCommandPreview(selection);
  const erases = command === "ERASE_DEVICE";
  const targets = useTargets(selection, counts?.all, erases);
  const reason =
    targets.reason ??
    (counts?.enrolled === 0 ? "None of the devices is enrolled" : missingOf(command, parameters, counts?.macs ?? 0));

  const choose = (next: DeviceCommand) => {
    setCommand(next);
    setParameters(noParameters);
    setRefusal(undefined);
  };
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    if (!targets.input || reason || fetching) return;
    setRefusal(undefined);
    onBusy(true);
    const { data, error } = await send({
      input: { command, ...(await inputOf(command, parameters)), ...targets.input },
    });
    onBusy(false);
    const payload = data?.sendCommand;
    setRefusal(refusalOf({ error, userErrors: payload?.userErrors }));
    const batch = readFragment(CommandBatchFragment, payload?.commandBatch);
    if (!batch) return;
    refresher.refresh(); // the lists of commands
    onSent(batch);
  };

  const error = refusal ?? problem ?? targets.problem;
  const { label, danger } = commands[command];
  return (
    <form onSubmit={(event) => void submit(event)} className="flex min-h-0 flex-1 flex-col">
      <DialogBody>
        {!chosen && (
          <Select
            label="Command"
            value={command}
            onChange={(event) => choose(event.target.value as DeviceCommand)}
            options={commandNames
              .filter((name) => isAdmin || !commands[name].admin)
              .map((name) => ({ value: name, label: commands[name].label }))}
          />
        )}
        {erases && (
          <Banner tone="bad" title="This cannot be undone">
            Everything on {sizeOf(selection) === 1 ? "the device" : "the devices"} is erased. What is not kept elsewhere
            is lost.
          </Banner>
        )}
        <CommandFields
          command={command}
          parameters={parameters}
          onChange={(changed) => setParameters((now) => ({ ...now, ...changed }))}
          macs={counts?.macs ?? 0}
        />
        <section aria-label="Preview" aria-busy={!counts && !problem} className="grid gap-3">
          {!counts && !problem && <Skeleton rows={2} />}
          {counts && <NumberedList label="Which devices" rows={rowsOf(counts)} />}
        </section>
        {targets.field}
        {error && <FieldError>{error}</FieldError>}
      </DialogBody>
      <DialogFooter>
        <Button onClick={onCancel} disabled={fetching}>
          Cancel
        </Button>
        <Button
          type="submit"
          variant={danger ? "danger" : "primary"}
          busy={fetching}
          busyLabel="Sending"
          disabledReason={counts ? reason : "The preview is not here yet"}
        >
          {label}
        </Button>
      </DialogFooter>
    </form>
  );
}

type Counts = { all: number; enrolled: number; macs: number };

function useCommandPreview(selection: Selection): { counts: Counts | undefined; problem: string | undefined } {
  const all = selectionWhere(selection);
  // Commands go to those that enrolled here, not to another MDM server's.
  const enrolled = { and: [all, { enrollmentStatus: "ENROLLED" as const, enrolledWithOwnMdm: true }] };
  const [{ data, error }] = useQuery({
    query: CommandPreviewDocument,
    variables: { all, enrolled, macs: { and: [enrolled, { platform: "MACOS" as const }] } },
    requestPolicy: "network-only",
  });
  const counts = data && {
    all: data.all.totalCount,
    enrolled: data.enrolled.totalCount,
    macs: data.macs.totalCount,
  };
  return { counts, problem: error && sentence(problemOf(error)) };
}

function rowsOf({ all, enrolled }: Counts) {
  return [
    {
      count: enrolled,
      text: enrolled === 1 ? "is enrolled, and gets it when it calls" : "are enrolled, and get it when they call",
    },
    {
      count: all - enrolled,
      text: all - enrolled === 1 ? "is not enrolled here: not sent to" : "are not enrolled here: not sent to",
    },
  ].filter(({ count }, place) => count > 0 || place === 0);
}

type Targets = {
  /** The devices, as sendCommand takes them; undefined: not known yet, or not confirmed. */
  input: Pick<SendCommandInput, "deviceIds" | "serialNumbers" | "where" | "exceptIds" | "expectedCount"> | undefined;
  reason?: string | undefined;
  problem?: string | undefined;
  field?: React.ReactNode;
};

/** To which devices, once their number was typed where they are many. An erase names each by its serial number. */
function useTargets(selection: Selection, seen: number | undefined, erases: boolean): Targets {
  const many = useTypedCount(erases ? undefined : seen);
  const named = useErased(selection, erases);
  if (erases) return named;
  return {
    input: seen === undefined ? undefined : changeInput(selection, seen),
    reason: many.reason,
    field: many.field,
  };
}

function useErased(selection: Selection, erases: boolean): Targets {
  const { serials, problem, tooMany } = useSelectedSerials(erases ? selection : undefined);
  const one = serials?.length === 1 ? serials[0] : undefined;
  const name = useTyped(erases ? one : undefined);
  const count = useTypedCount(erases && !tooMany && !one ? serials?.length : undefined, 0);
  const typed = one ? name : count;
  if (tooMany)
    return { input: undefined, reason: "These are too many", problem: "At most 1,000 devices can be erased at once." };
  if (!serials) return { input: undefined, problem, reason: "The devices are not here yet" };
  return {
    input: { serialNumbers: [...serials], expectedCount: serials.length },
    problem,
    reason: typed.reason,
    field: (
      <>
        <p className="wrap-anywhere font-mono text-fg-2 text-serial">
          {serials.slice(0, 12).join(" ")}
          {serials.length > 12 && ` and ${formatCount(serials.length - 12)} more`}
        </p>
        {typed.field}
      </>
    ),
  };
}

/** What was typed and chosen, as sendCommand takes it. */
async function inputOf(command: DeviceCommand, parameters: CommandParameters) {
  const { file, profileIdentifier, pin, message, phoneNumber } = parameters;
  switch (command) {
    case "INSTALL_PROFILE":
      return file ? { profileBase64: await readBase64(file) } : {};
    case "RAW":
      return file ? { rawBase64: await readBase64(file) } : {};
    case "REMOVE_PROFILE":
      return { profileIdentifier };
    case "DEVICE_LOCK":
      return { ...(pin && { pin }), ...(message && { message }), ...(phoneNumber && { phoneNumber }) };
    case "ERASE_DEVICE":
      return pin ? { pin } : {};
    default:
      return {};
  }
}

function BatchInDialog({ known, onClose }: { known: CommandBatch; onClose: () => void }) {
  const [{ data }] = useQuery({ query: CommandBatchDocument, variables: { id: known.id } });
  const told = data?.node?.__typename === "CommandBatch" ? readFragment(CommandBatchFragment, data.node) : undefined;
  const batch = told ?? known;
  useFollowed(batch);
  return (
    <>
      <DialogBody>
        <CommandProgress batch={batch} />
        <p className="text-fg-2">Devices are asked to call, and asked again while they do not. You can close this.</p>
      </DialogBody>
      <DialogFooter>
        {batch.status === "RUNNING" && waitingOf(batch) > 0 && <CancelButton input={{ commandBatchId: batch.id }} />}
        <Button render={<Link to="/commands/$batchId" params={{ batchId: batch.id }} />}>Show each device</Button>
        <Button variant="primary" onClick={onClose}>
          Close
        </Button>
      </DialogFooter>
    </>
  );
}
