import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { Stepper } from "./Stepper";
import { TabLinks, Tabs } from "./Tabs";

test("arrows move between tabs, Enter chooses", async () => {
  const change = vi.fn();
  const items = [
    { id: "all", label: "All", count: 1204 },
    { id: "failed", label: "Failed" },
  ] as const;
  render(
    <Tabs label="Runs" items={items} value="all" onValueChange={change}>
      Every run
    </Tabs>,
  );
  expect(screen.getByRole("tab", { name: "All 1,204", selected: true })).toBeVisible();
  expect(screen.getByRole("tabpanel")).toHaveTextContent("Every run");
  await userEvent.tab();
  await userEvent.keyboard("{ArrowRight}");
  await waitFor(() => expect(screen.getByRole("tab", { name: "Failed" })).toHaveFocus());
  expect(change).not.toHaveBeenCalled();
  await userEvent.keyboard("{Enter}");
  expect(change.mock.lastCall?.[0]).toBe("failed");
});

test("views that are pages are links, the present one marked", () => {
  const items = [
    { id: "people", label: "People", render: <a href="#people">People</a> },
    { id: "tokens", label: "API tokens", render: <a href="#tokens">API tokens</a> },
  ];
  render(<TabLinks label="Access" items={items} value="tokens" />);
  expect(screen.getByRole("navigation", { name: "Access" })).toBeVisible();
  expect(screen.getByRole("link", { name: "API tokens" })).toHaveAttribute("aria-current", "page");
  expect(screen.getByRole("link", { name: "People" })).not.toHaveAttribute("aria-current");
});

test("a stepper says which step is done and which is the present one", () => {
  render(
    <Stepper
      steps={[
        { title: "Generate the token key", state: "done" },
        { title: "Upload the public key", state: "current" },
        { title: "Upload the token here", state: "todo" },
      ]}
    />,
  );
  const [first, second, third] = screen.getAllByRole("listitem");
  expect(first).toHaveTextContent("Generate the token key, done");
  expect(second).toHaveAttribute("aria-current", "step");
  expect(third).not.toHaveAttribute("aria-current");
});
