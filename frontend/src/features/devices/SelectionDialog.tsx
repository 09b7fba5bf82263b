import { useState } from "react";
import { AssignDialog } from "../assignments/AssignDialog";
import { UnassignDialog } from "../assignments/UnassignDialog";
import { AddToGroupDialog } from "../groups/AddToGroupDialog";
import type { Selection } from "./selection";

const dialogs = { assign: AssignDialog, unassign: UnassignDialog, group: AddToGroupDialog };

type SelectionDialogProps = {
  action: keyof typeof dialogs;
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
