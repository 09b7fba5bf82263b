import { act, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Button } from "./Button";
import { type ToastContent, ToastProvider, useToast } from "./Toast";
import "./ToastViewport"; // so that it need not be loaded while time stands still

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function Shower({ toasts }: { toasts: ToastContent[] }) {
  const { show } = useToast();
  return <Button onClick={() => toasts.forEach(show)}>Show</Button>;
}

async function show(...toasts: ToastContent[]) {
  render(
    <ToastProvider>
      <Shower toasts={toasts} />
    </ToastProvider>,
  );
  fireEvent.click(screen.getByRole("button", { name: "Show" }));
  await pass(0);
  await pass(0);
}

const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

test("goes after 6 s; an error stays until it is closed", async () => {
  await show({ title: "Brightline Health renewed" }, { title: "Not removed", description: "Offline", tone: "bad" });
  await pass(5900);
  expect(screen.getByText("Brightline Health renewed")).toBeVisible();
  await pass(1000);
  expect(screen.queryByText("Brightline Health renewed")).toBeNull();
  await pass(60_000);
  expect(screen.getByRole("dialog", { name: "Not removed" })).toHaveAccessibleDescription("Offline");
  fireEvent.click(screen.getByRole("button", { name: "Close" }));
  await pass(1000);
  expect(screen.queryByText("Not removed")).toBeNull();
});

test("is announced politely, and its action closes it", async () => {
  const undo = vi.fn();
  await show({ title: "Organization removed", action: { label: "Undo", onClick: undo } });
  expect(screen.getByText("Organization removed").closest("[aria-live=polite]")).not.toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "Undo" }));
  await pass(1000);
  expect(undo).toHaveBeenCalledOnce();
  expect(screen.queryByText("Organization removed")).toBeNull();
});

test("at most three are to be seen, the newest", async () => {
  await show({ title: "One" }, { title: "Two" }, { title: "Three" }, { title: "Four" });
  const limited = ["One", "Two", "Three", "Four"].filter((title) =>
    screen.getByText(title).closest("[role=dialog]")?.hasAttribute("data-limited"),
  );
  expect(limited).toEqual(["One"]);
});
