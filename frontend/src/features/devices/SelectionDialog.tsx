import { useState } from "react";
import { AssignDialog } from "../assignments/AssignDialog";
import { ClearDialog } from "../assignments/ClearDialog";
import { DisownDialog } from "../assignments/DisownDialog";
import { UnassignDialog } from "../assignments/UnassignDialog";
import { SendCommandDialog } from "../commands/SendCommandDialog";
import { AddToGroupDialog } from "../groups/AddToGroupDialog";
import type { Selection } from "./selection";

const dialogs = {
  assign: AssignDialog,
  unassign: UnassignDialog,
  clear: ClearDialog,
  group: AddToGroupDialog,
  disown: DisownDialog,
  command: SendCommandDialog,
};

/** What can be done with devices. */
export type SelectionAction = keyof typeof dialogs;

type SelectionDialogProps = {
  action: SelectionAction;
  selection: Selection;
  onClose: () => void;
  onDone?: (() => void) | undefined;
};

/** What is done with a selection. It keeps to the devices that were selected when it opened. */
export function SelectionDialog({ action, selection, onClose, onDone }: SelectionDialogProps) {
  const [kept] = useState(selection);
  const Dialog = dialogs[action];
  return <Dialog selection={kept} open onOpenChange={(open) => !open && onClose()} onDone={onDone} />;
}
