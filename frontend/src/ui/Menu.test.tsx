import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { Button } from "./Button";
import { IconButton } from "./IconButton";
import { Menu, type MenuItem } from "./Menu";

function show(items: MenuItem[]) {
  render(<Menu trigger={<IconButton label="More" icon={<svg aria-hidden="true" />} />} items={items} />);
  return screen.getByRole("button", { name: "More" });
}

test("opens, moves and chooses by the keyboard, and gives the focus back", async () => {
  const rename = vi.fn();
  const remove = vi.fn();
  const trigger = show([
    { label: "Rename", onSelect: rename },
    "separator",
    { label: "Remove", onSelect: remove, danger: true },
  ]);
  trigger.focus();
  await userEvent.keyboard("{Enter}");
  await waitFor(() => expect(screen.getByRole("menuitem", { name: "Rename" })).toHaveFocus());
  await userEvent.keyboard("{ArrowDown}");
  await waitFor(() => expect(screen.getByRole("menuitem", { name: "Remove" })).toHaveFocus());
  await userEvent.keyboard("{Enter}");
  expect(remove).toHaveBeenCalledOnce();
  expect(rename).not.toHaveBeenCalled();
  await waitFor(() => expect(screen.queryByRole("menu")).toBeNull());
  expect(trigger).toHaveFocus();
});

test("an item with a reason shows it and cannot be chosen", async () => {
  const remove = vi.fn();
  await userEvent.click(show([{ label: "Remove", onSelect: remove, disabledReason: "The last administrator stays" }]));
  const item = await screen.findByRole("menuitem", { name: /Remove/ });
  expect(item).toHaveTextContent("The last administrator stays");
  expect(item).toHaveAttribute("aria-disabled", "true");
  await userEvent.click(item);
  expect(remove).not.toHaveBeenCalled();
});

test("an item says what it does", async () => {
  await userEvent.click(show([{ label: "Full sync", hint: "Fetches the whole list anew." }]));
  expect(await screen.findByRole("menuitem", { name: "Full sync Fetches the whole list anew." })).toBeVisible();
});

test("items can be on or off, and links stay links", async () => {
  const dark = vi.fn();
  await userEvent.click(
    show([
      { label: "Light", checked: true },
      { label: "Dark", checked: false, onSelect: dark },
      { label: "Help", render: <a href="#help">Help</a> },
    ]),
  );
  expect(await screen.findByRole("menuitemcheckbox", { name: "Light" })).toBeChecked();
  expect(screen.getByRole("menuitem", { name: "Help" })).toHaveAttribute("href", "#help");
  await userEvent.click(screen.getByRole("menuitemcheckbox", { name: "Dark" }));
  expect(dark).toHaveBeenCalledOnce();
  await waitFor(() => expect(screen.queryByRole("menu")).toBeNull());
});

test("does not open from a button that is off", async () => {
  render(<Menu trigger={<Button disabledReason="Offline">Sync now</Button>} items={[{ label: "Full sync" }]} />);
  await userEvent.click(screen.getByRole("button", { name: "Sync now" }));
  await userEvent.keyboard("{Enter}{ArrowDown}");
  expect(screen.queryByRole("menu")).toBeNull();
});
