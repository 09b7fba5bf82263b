import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { Button } from "./Button";
import { Popover } from "./Popover";

test("opens as a named dialog, takes the focus, and gives it back", async () => {
  const user = userEvent.setup();
  render(
    <Popover title="Columns" trigger={<Button>Choose</Button>}>
      <label>
        <input type="checkbox" /> Model
      </label>
    </Popover>,
  );
  const trigger = screen.getByRole("button", { name: "Choose" });
  expect(trigger).toHaveAttribute("aria-expanded", "false");
  trigger.focus();
  await user.keyboard("{Enter}");
  const panel = await screen.findByRole("dialog", { name: "Columns" });
  await waitFor(() => expect(panel.contains(document.activeElement)).toBe(true));
  await user.click(screen.getByRole("checkbox", { name: "Model" }));
  expect(screen.getByRole("checkbox", { name: "Model" })).toBeChecked(); // a press inside does not close it
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(trigger).toHaveFocus();
});
