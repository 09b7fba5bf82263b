import { useId, useState } from "react";
import { useMutation } from "urql";
import { useApi } from "../../graphql/ApiContext";
import { refusalOf } from "../../graphql/forms";
import { formatCount, plural } from "../../lib/numbers";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { controlClass, FieldError } from "../../ui/Field";
import { useMay } from "../session/session";
import { AddToGroupDocument, RemoveFromGroupDocument } from "./group";
import { mostSerials, serialsOf } from "./serials";

type Outcome = { text: string; unknown: readonly string[] };

/** Puts devices into a static group, or takes them out, by their serial numbers. */
export function MembersCard({ groupId }: { groupId: string }) {
  const may = useMay("OPERATOR");
  const [text, setText] = useState("");
  const [refusal, setRefusal] = useState<string>();
  const [outcome, setOutcome] = useState<Outcome>();
  const [adding, add] = useMutation(AddToGroupDocument);
  const [removing, remove] = useMutation(RemoveFromGroupDocument);
  const { refresher } = useApi();
  const id = useId();
  if (!may) return null;

  const serialNumbers = serialsOf(text);
  const blocked =
    serialNumbers.length === 0
      ? "Enter serial numbers first"
      : serialNumbers.length > mostSerials
        ? `At most ${formatCount(mostSerials)} at once: these are ${formatCount(serialNumbers.length)}`
        : undefined;
  const input = { deviceGroupId: groupId, serialNumbers };
  const finish = (refused: string | undefined, next: Outcome) => {
    setRefusal(refused);
    setOutcome(refused ? undefined : next);
    if (refused) return;
    setText("");
    refresher.refresh();
  };
  const addAll = async () => {
    const { data, error } = await add({ input });
    const payload = data?.addDevicesToGroup;
    finish(refusalOf({ error, userErrors: payload?.userErrors }), {
      text: `${plural(payload?.added ?? 0, "device")} added.`,
      unknown: payload?.unknownSerialNumbers ?? [],
    });
  };
  const removeAll = async () => {
    const { data, error } = await remove({ input });
    const payload = data?.removeDevicesFromGroup;
    finish(refusalOf({ error, userErrors: payload?.userErrors }), {
      text: `${plural(payload?.removed ?? 0, "device")} removed.`,
      unknown: payload?.unknownSerialNumbers ?? [],
    });
  };
  const busy = adding.fetching || removing.fetching;
  return (
    <Card title="Devices by serial number">
      <div className="grid gap-1">
        <label htmlFor={id} className="font-[550]">
          Serial numbers
        </label>
        <textarea
          id={id}
          rows={4}
          value={text}
          disabled={busy}
          spellCheck={false}
          autoComplete="off"
          aria-describedby={`${id}-hint`}
          className={`${controlClass} px-2.5 py-1.5 font-mono`}
          onChange={(event) => setText(event.target.value)}
        />
        <p id={`${id}-hint`} className="text-fg-3 text-hint">
          One on each line, or with commas between.{" "}
          {serialNumbers.length > 0 && `${formatCount(serialNumbers.length)} entered.`}
        </p>
      </div>
      {refusal && <FieldError>{refusal}</FieldError>}
      <div role="status">
        {outcome && (
          <p className="text-fg-2 wrap-anywhere">
            {outcome.text}
            {outcome.unknown.length > 0 && ` GuardMDM knows no device with ${outcome.unknown.join(", ")}.`}
          </p>
        )}
      </div>
      <div className="flex flex-wrap gap-2">
        <Button
          busy={adding.fetching}
          busyLabel="Adding"
          disabled={removing.fetching}
          disabledReason={blocked}
          onClick={() => void addAll()}
        >
          Add to the group
        </Button>
        <Button
          variant="ghost"
          busy={removing.fetching}
          busyLabel="Removing"
          disabled={adding.fetching}
          disabledReason={blocked}
          onClick={() => void removeAll()}
        >
          Remove from the group
        </Button>
      </div>
    </Card>
  );
}
