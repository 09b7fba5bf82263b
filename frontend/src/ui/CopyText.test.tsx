import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { CopyText } from "./CopyText";

afterEach(() => {
  vi.unstubAllGlobals();
});

test("copies the text and says so", async () => {
  const user = userEvent.setup(); // brings a clipboard
  render(<CopyText label="command" text="guardmdm version" />);
  await user.click(screen.getByRole("button", { name: "Copy command" }));
  expect(await navigator.clipboard.readText()).toBe("guardmdm version");
  expect(screen.getByRole("button", { name: "Copied command" })).toBeVisible();
});

test("shows no button where the browser gives no clipboard", () => {
  vi.stubGlobal("navigator", {});
  render(<CopyText label="command" text="guardmdm version" />);
  expect(screen.getByText("guardmdm version")).toBeVisible();
  expect(screen.queryByRole("button")).toBeNull();
});

test("says nothing of a copy that the browser refused", async () => {
  const user = userEvent.setup();
  vi.spyOn(navigator.clipboard, "writeText").mockRejectedValue(new Error("refused"));
  render(<CopyText label="command" text="guardmdm version" />);
  await user.click(screen.getByRole("button", { name: "Copy command" }));
  expect(screen.getByRole("status")).toBeEmptyDOMElement();
});
