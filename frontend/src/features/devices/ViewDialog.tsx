import { useState } from "react";
import { Button } from "../../ui/Button";
import { DialogBody, DialogFooter, DialogFrame } from "../../ui/Dialog";
import { TextInput } from "../../ui/TextInput";
import { longestName, nameFlaw, type SavedView } from "./views";

type ViewDialogProps = {
  views: readonly SavedView[];
  /** The view to rename; left out for a new one. */
  view?: SavedView | undefined;
  onSave: (name: string) => void;
  onClose: () => void;
};

/** Asks for the name of a view. */
export function ViewDialog({ views, view, onSave, onClose }: ViewDialogProps) {
  const [name, setName] = useState(view?.name ?? "");
  const [flaw, setFlaw] = useState<string>();
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    const found = nameFlaw(name, views, view?.id);
    setFlaw(found);
    if (!found) onSave(name.trim());
  };
  return (
    <DialogFrame
      open
      onOpenChange={(open) => !open && onClose()}
      title={view ? `Rename the view ${view.name}` : "Save a view"}
      description={
        view ? undefined : "Filters, order and columns as they are now. It is kept for you, in this browser alone."
      }
    >
      <form onSubmit={submit} className="flex min-h-0 flex-1 flex-col">
        <DialogBody>
          <TextInput
            label="Name of the view"
            value={name}
            maxLength={longestName}
            autoComplete="off"
            error={flaw}
            onChange={(event) => setName(event.target.value)}
          />
        </DialogBody>
        <DialogFooter>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary">
            {view ? "Rename view" : "Save view"}
          </Button>
        </DialogFooter>
      </form>
    </DialogFrame>
  );
}
