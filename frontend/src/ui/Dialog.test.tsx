import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test, vi } from "vitest";
import { Button } from "./Button";
import { ConfirmDialog, type ConfirmDialogProps } from "./ConfirmDialog";
import { Dialog } from "./Dialog";
import { Sheet } from "./Sheet";
import { TextInput } from "./TextInput";

function Page({ dismissible = true }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Add a person</Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Add a person"
        description="They get a link."
        dismissible={dismissible}
        footer={<Button onClick={() => setOpen(false)}>Cancel</Button>}
      >
        <TextInput label="Email" />
      </Dialog>
    </>
  );
}

test("a dialog takes the focus to its first field and gives it back", async () => {
  render(<Page />);
  const opener = screen.getByRole("button", { name: "Add a person" });
  await userEvent.click(opener);
  expect(await screen.findByRole("dialog", { name: "Add a person" })).toHaveAccessibleDescription("They get a link.");
  await waitFor(() => expect(screen.getByRole("textbox", { name: "Email" })).toHaveFocus());
  await userEvent.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(opener).toHaveFocus();
});

test("a dialog that would lose work closes by its own button only", async () => {
  render(<Page dismissible={false} />);
  await userEvent.click(screen.getByRole("button", { name: "Add a person" }));
  await waitFor(() => expect(screen.getByRole("textbox", { name: "Email" })).toHaveFocus());
  await userEvent.keyboard("{Escape}");
  expect(screen.getByRole("dialog")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Close" })).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "Cancel" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

function confirmDialog(props: Partial<ConfirmDialogProps>) {
  return (
    <ConfirmDialog
      open
      onOpenChange={() => {}}
      title="Remove Brightline Health"
      confirmLabel="Remove"
      onConfirm={() => {}}
      danger
      {...props}
    >
      Enrolled devices keep working.
    </ConfirmDialog>
  );
}

test("a text to be typed stands before the confirmation, and is asked for anew", async () => {
  const confirm = vi.fn();
  const props = { typeToConfirm: "Brightline Health", onConfirm: confirm };
  const { rerender } = render(confirmDialog(props));
  const remove = screen.getByRole("button", { name: "Remove" });
  expect(remove).toHaveAccessibleDescription("Type Brightline Health first");
  await userEvent.type(screen.getByRole("textbox"), "Brightline{Enter}");
  await userEvent.click(remove);
  expect(confirm).not.toHaveBeenCalled();
  await userEvent.type(screen.getByRole("textbox"), " Health{Enter}");
  expect(confirm).toHaveBeenCalledOnce();

  rerender(confirmDialog({ ...props, open: false }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  rerender(confirmDialog(props));
  expect(screen.getByRole("textbox")).toHaveValue("");
});

test("while busy a confirmation neither closes nor starts again", async () => {
  const confirm = vi.fn();
  const change = vi.fn();
  render(confirmDialog({ busy: true, busyLabel: "Removing", onConfirm: confirm, onOpenChange: change }));
  await userEvent.click(screen.getByRole("button", { name: "Removing" }));
  await userEvent.click(screen.getByRole("button", { name: "Cancel" }));
  await userEvent.keyboard("{Escape}");
  expect(confirm).not.toHaveBeenCalled();
  expect(change).not.toHaveBeenCalled();
});

test("a confirmation that failed says why", () => {
  render(confirmDialog({ error: "The last administrator cannot be removed." }));
  expect(screen.getByRole("alert")).toHaveTextContent("The last administrator cannot be removed.");
});

test("a sheet is a named dialog with a button that closes it", async () => {
  const change = vi.fn();
  render(
    <Sheet open onOpenChange={change} title="Filters">
      <TextInput label="Model" />
    </Sheet>,
  );
  expect(screen.getByRole("dialog", { name: "Filters" })).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Close" }));
  expect(change).toHaveBeenCalledExactlyOnceWith(false);
});

test("no part brings a style element, which the content security policy would refuse", async () => {
  render(<Page />);
  await userEvent.click(screen.getByRole("button", { name: "Add a person" }));
  expect(document.querySelector("style")).toBeNull();
});
