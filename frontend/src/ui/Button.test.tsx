import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { Button } from "./Button";
import { IconButton } from "./IconButton";

test("presses its handler and submits no form unless it says so", async () => {
  const submit = vi.fn((event: React.FormEvent) => event.preventDefault());
  const press = vi.fn();
  render(
    <form onSubmit={submit}>
      <Button onClick={press}>Check again</Button>
    </form>,
  );
  await userEvent.click(screen.getByRole("button", { name: "Check again" }));
  expect(press).toHaveBeenCalledOnce();
  expect(submit).not.toHaveBeenCalled();
});

test("while busy it says so, keeps its focus and ignores presses", async () => {
  const submit = vi.fn((event: React.FormEvent) => event.preventDefault());
  const form = (busy: boolean) => (
    <form onSubmit={submit}>
      <Button type="submit" busy={busy} busyLabel="Saving">
        Save
      </Button>
    </form>
  );
  const { rerender } = render(form(false));
  const button = screen.getByRole("button", { name: "Save" });
  await userEvent.click(button);
  rerender(form(true));
  expect(screen.getByRole("button", { name: "Saving" })).toBe(button);
  expect(button).toHaveFocus();
  await userEvent.click(button);
  await userEvent.keyboard("{Enter} ");
  expect(submit).toHaveBeenCalledOnce();
});

test("a reason is announced and shown, and the press is ignored", async () => {
  const press = vi.fn();
  const { rerender } = render(<Button onClick={press}>Sync now</Button>);
  const button = screen.getByRole("button", { name: "Sync now" });
  button.focus();
  rerender(
    <Button onClick={press} disabledReason="A sync runs already">
      Sync now
    </Button>,
  );
  expect(button).toHaveFocus(); // the same element
  expect(button).toHaveAttribute("aria-disabled", "true");
  expect(button).toHaveAccessibleDescription("A sync runs already");
  await userEvent.click(button);
  await userEvent.keyboard("{Enter}");
  expect(press).not.toHaveBeenCalled();
  expect(await screen.findByText("A sync runs already")).toBeVisible();
});

test("draws a link as a button, without the button's type", async () => {
  render(<Button render={<a href="#devices">Devices</a>} />);
  const link = screen.getByRole("link", { name: "Devices" });
  expect(link).toHaveAttribute("href", "#devices");
  expect(link).not.toHaveAttribute("type");
});

test("an icon button has its label as name and as tooltip on focus", async () => {
  render(<IconButton label="Stop sync" icon={<svg aria-hidden="true" />} />);
  await userEvent.tab();
  expect(screen.getByRole("button", { name: "Stop sync" })).toHaveFocus();
  expect(await screen.findByText("Stop sync")).toBeVisible();
});
