import { useCallback, useState } from "react";
import { useClient, useMutation } from "urql";
import type { MdmCommandStatus, ResendSerialsQuery } from "../../gql/graphql";
import { useApi } from "../../graphql/ApiContext";
import { refusalOf } from "../../graphql/forms";
import { formatCount, plural } from "../../lib/numbers";
import { Banner } from "../../ui/Banner";
import { Button } from "../../ui/Button";
import { DialogBody, DialogFooter, DialogFrame } from "../../ui/Dialog";
import { FieldError } from "../../ui/Field";
import { NumberedList } from "../assignments/NumberedList";
import { useTyped, useTypedCount } from "../assignments/useTypedCount";
import { ask } from "../devices/ask";
import { useSerials } from "../devices/useSerials";
import type { CommandBatch } from "./batch";
import { commandWord } from "./commands";
import { notDoneOf, openOf, ResendCommandDocument, ResendSerialsDocument } from "./resend";

type ResendDialogProps = { batch: CommandBatch; onClose: () => void };

/** Sends a command again to the devices that did not do it. An erase names each of them, and is confirmed anew. */
export function ResendDialog({ batch, onClose }: ResendDialogProps) {
  const { refresher } = useApi();
  const [{ fetching }, resend] = useMutation(ResendCommandDocument);
  const [refusal, setRefusal] = useState<string>();
  const erases = batch.requestType === "EraseDevice";
  const count = notDoneOf(batch);
  const { serials, problem } = useNotDone(batch.id, erases);
  const one = serials?.length === 1 ? serials[0] : undefined;
  const name = useTyped(one);
  const number = useTypedCount(erases ? (one ? undefined : serials?.length) : count, erases ? 0 : undefined);
  const typed = one ? name : number;
  const devices = plural(erases && serials ? serials.length : count, "device");

  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    if (fetching || typed.missing || (erases && !serials)) return;
    setRefusal(undefined);
    const { data, error } = await resend({
      input: {
        commandBatchId: batch.id,
        ...(erases && serials
          ? { serialNumbers: [...serials], expectedCount: serials.length }
          : { expectedCount: count }),
      },
    });
    refresher.refresh();
    const refused = refusalOf({ error, userErrors: data?.resendCommand.userErrors });
    setRefusal(refused);
    if (!refused) onClose();
  };

  const error = refusal ?? problem;
  return (
    <DialogFrame
      open
      onOpenChange={(open) => !open && onClose()}
      title={count > 0 ? `${commandWord(batch.requestType)}: again to ${devices}` : "Ask for an answer again"}
      size={600}
      dismissible={!fetching}
    >
      <form onSubmit={(event) => void submit(event)} className="flex min-h-0 flex-1 flex-col">
        <DialogBody>
          {erases && (
            <Banner tone="bad" title="This cannot be undone">
              Everything on {count === 1 ? "the device" : "the devices"} is erased. What is not kept elsewhere is lost.
            </Banner>
          )}
          <NumberedList label="Which devices" rows={rowsOf(batch)} />
          {serials && (
            <p className="wrap-anywhere font-mono text-fg-2 text-serial">
              {serials.slice(0, 12).join(" ")}
              {serials.length > 12 && ` and ${formatCount(serials.length - 12)} more`}
            </p>
          )}
          {typed.field}
          {error && <FieldError>{error}</FieldError>}
        </DialogBody>
        <DialogFooter>
          <Button onClick={onClose} disabled={fetching}>
            Cancel
          </Button>
          <Button
            type="submit"
            variant={erases ? "danger" : "primary"}
            busy={fetching}
            busyLabel="Sending"
            disabledReason={erases && !serials ? "The devices are not here yet" : typed.reason}
          >
            {count > 0 ? "Send again" : "Ask again"}
          </Button>
        </DialogFooter>
      </form>
    </DialogFrame>
  );
}

function rowsOf(batch: CommandBatch) {
  const { failed, canceled, dropped } = batch.counts;
  const open = openOf(batch);
  return [
    { count: failed, text: "failed, and will get it again" },
    { count: canceled, text: "had it taken back, and will get it again" },
    { count: dropped, text: "enrolled anew or left before; will get it if enrolled now" },
    { count: open, text: "did not answer yet: asked to call once more" },
  ].filter(({ count }) => count > 0);
}

const notDone: readonly MdmCommandStatus[] = ["ERROR", "FORMAT_ERROR", "CANCELED", "DROPPED"];

/** The serial numbers of the devices that did not do it; asked for where each has to be named. There are at most 1,000 of them then. */
function useNotDone(batchId: string, wanted: boolean) {
  const client = useClient();
  const read = useCallback(
    async (signal: AbortSignal) => {
      const serials: string[] = [];
      for (const status of notDone) {
        for (let after: string | null | undefined = null; after !== undefined; ) {
          const { mdmCommands }: ResendSerialsQuery = await ask(
            client,
            ResendSerialsDocument,
            { batchId, status, after },
            signal,
          );
          serials.push(...mdmCommands.nodes.flatMap(({ device }) => (device ? [device.serialNumber] : [])));
          after = mdmCommands.pageInfo.hasNextPage ? mdmCommands.pageInfo.endCursor : undefined;
        }
      }
      return serials;
    },
    [client, batchId],
  );
  return useSerials(wanted ? read : undefined);
}
