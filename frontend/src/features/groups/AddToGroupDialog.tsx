import { Link } from "@tanstack/react-router";
import { useId, useState } from "react";
import { useMutation } from "urql";
import { readFragment } from "../../gql";
import type { DeviceGroupsQuery } from "../../gql/graphql";
import { useApi } from "../../graphql/ApiContext";
import { problemOf } from "../../graphql/errors";
import { refusalOf } from "../../graphql/forms";
import { usePages } from "../../graphql/usePages";
import { plural } from "../../lib/numbers";
import { Button } from "../../ui/Button";
import { DialogBody, DialogFooter, DialogFrame } from "../../ui/Dialog";
import { ErrorState } from "../../ui/ErrorState";
import { FieldError } from "../../ui/Field";
import { SettledSearch } from "../../ui/SettledSearch";
import { Skeleton } from "../../ui/Skeleton";
import { useToast } from "../../ui/Toast";
import type { SelectionDialogProps } from "../assignments/AssignDialog";
import { changeInput, sizeOf } from "../devices/selection";
import { AddToGroupDocument, DeviceGroupsDocument, GroupRowFragment } from "./group";

const connectionOf = (data: DeviceGroupsQuery) => data.deviceGroups;
/** As many are read at a glance. */
const mostUnsearched = 5;
const context = { additionalTypenames: ["DeviceGroup"] };

/** Puts the selected devices into a static group. */
export function AddToGroupDialog({ selection, open, onOpenChange, onDone }: SelectionDialogProps) {
  const [busy, setBusy] = useState(false);
  return (
    <DialogFrame
      open={open}
      onOpenChange={onOpenChange}
      title={`Add ${plural(sizeOf(selection), "device")} to a group`}
      description="Static groups take devices that you choose. Smart groups follow their rules."
      dismissible={!busy}
    >
      <AddForm selection={selection} onBusy={setBusy} onCancel={() => onOpenChange(false)} onDone={onDone} />
    </DialogFrame>
  );
}

type AddFormProps = Pick<SelectionDialogProps, "selection" | "onDone"> & {
  onBusy: (busy: boolean) => void;
  onCancel: () => void;
};

function AddForm({ selection, onBusy, onCancel, onDone }: AddFormProps) {
  const [sought, setSought] = useState("");
  const { pages, stale, error, more, retry } = usePages(DeviceGroupsDocument, connectionOf, context, {
    nameContains: sought,
  });
  const [{ fetching }, add] = useMutation(AddToGroupDocument);
  const [chosen, setChosen] = useState<string>();
  const [refusal, setRefusal] = useState<string>();
  const { refresher } = useApi();
  const { show } = useToast();
  const name = useId();
  const groups = readFragment(
    GroupRowFragment,
    (pages ?? []).flatMap((page) => page.nodes),
  ).filter(({ rule }) => !rule);

  const search = (name: string) => {
    setSought(name);
    setChosen(undefined); // it may be out of sight
  };
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    const group = groups.find(({ id }) => id === chosen);
    if (!group || fetching) return;
    setRefusal(undefined);
    onBusy(true);
    const input = { deviceGroupId: group.id, ...changeInput(selection, sizeOf(selection)) };
    const answer = await add({ input });
    onBusy(false);
    const payload = answer.data?.addDevicesToGroup;
    const refused = refusalOf({ error: answer.error, userErrors: payload?.userErrors });
    setRefusal(refused);
    if (refused) return;
    show({ title: `${plural(payload?.added ?? 0, "device")} added to ${group.name}` });
    onCancel();
    onDone?.();
    refresher.refresh();
  };

  return (
    <form onSubmit={(event) => void submit(event)} className="flex min-h-0 flex-1 flex-col">
      <DialogBody>
        {!pages && (error ? <ErrorState {...problemOf(error)} onRetry={retry} /> : <Skeleton rows={3} />)}
        {(more || stale || sought !== "" || groups.length > mostUnsearched) && (
          <SettledSearch label="Search groups" placeholder="Group name" value={sought} onSearch={search} />
        )}
        {pages && groups.length === 0 && !more && !stale && sought !== "" && (
          <p role="status" className="text-fg-2">
            No static group's name contains “{sought}”.
          </p>
        )}
        {pages && groups.length === 0 && !more && !stale && sought === "" && (
          <p className="text-fg-2">
            There is no static group yet.{" "}
            <Link to="/groups/new" search={{ kind: "static" }} className="text-accent-fg underline">
              Make one
            </Link>
            .
          </p>
        )}
        {groups.length > 0 && (
          <fieldset className="max-h-72 overflow-y-auto rounded-card border border-border">
            <legend className="sr-only">Group</legend>
            {groups.map((group) => (
              <label
                key={group.id}
                className="flex min-h-11 cursor-pointer items-start gap-2.5 border-border border-b px-3 py-2 -outline-offset-2 last:border-b-0 hover:bg-hover has-checked:bg-accent-soft"
              >
                <input
                  type="radio"
                  name={name}
                  value={group.id}
                  checked={group.id === chosen}
                  onChange={() => setChosen(group.id)}
                  className="mt-0.5 size-4 shrink-0 cursor-pointer accent-accent"
                />
                <span className="min-w-0">
                  <span className="block font-medium wrap-anywhere">{group.name}</span>
                  <span className="block text-fg-3 text-hint">
                    {plural(group.deviceCount, "device")}, {group.adeProfile?.name ?? "no profile"}
                  </span>
                </span>
              </label>
            ))}
          </fieldset>
        )}
        {more && (
          <div>
            <Button size="small" onClick={more}>
              Load more groups
            </Button>
          </div>
        )}
        {refusal && <FieldError>{refusal}</FieldError>}
      </DialogBody>
      <DialogFooter>
        <Button onClick={onCancel} disabled={fetching}>
          Cancel
        </Button>
        <Button
          type="submit"
          variant="primary"
          busy={fetching}
          busyLabel="Adding"
          disabledReason={chosen ? undefined : "Choose a group first"}
        >
          Add to group
        </Button>
      </DialogFooter>
    </form>
  );
}
