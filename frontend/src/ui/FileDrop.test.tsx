import { fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test, vi } from "vitest";
import { FileDrop, type FileDropProps } from "./FileDrop";

const token = new File(["x".repeat(100)], "token.p7m");

function Page({ onFile, ...props }: Partial<FileDropProps>) {
  const [file, setFile] = useState<File | null>(null);
  return (
    <FileDrop
      label="Server token"
      hint="A .p7m file from ABM"
      maxBytes={1000}
      {...props}
      file={file}
      onFile={(next) => {
        setFile(next);
        onFile?.(next);
      }}
    />
  );
}

function drop(...files: File[]) {
  const zone = screen.getByRole("button").parentElement as HTMLElement;
  const list = Object.assign([...files], { item: (index: number) => files[index] ?? null });
  fireEvent.drop(zone, { dataTransfer: { files: list } });
}

test("takes a chosen file and a dropped one, and names it", async () => {
  const onFile = vi.fn();
  render(<Page onFile={onFile} />);
  expect(screen.getByRole("group", { name: "Server token" })).toHaveTextContent("A .p7m file from ABM");
  await userEvent.upload(screen.getByLabelText("Server token", { selector: "input" }), token);
  expect(onFile).toHaveBeenLastCalledWith(token);
  expect(screen.getByText("token.p7m")).toBeVisible();
  const other = new File(["y"], "other.p7m");
  drop(other);
  expect(onFile).toHaveBeenLastCalledWith(other);
  expect(screen.getByRole("button", { name: "Choose another" })).toBeVisible();
});

test("the keyboard opens the browser's dialog", async () => {
  render(<Page />);
  const open = vi.spyOn(HTMLInputElement.prototype, "click").mockReturnValue();
  await userEvent.tab();
  await userEvent.keyboard("{Enter}");
  expect(open).toHaveBeenCalledOnce();
});

test.each([
  ["several files", [token, new File(["y"], "b.p7m")], "These are 2 files. Choose one."],
  ["a file that is too large", [new File(["x".repeat(1001)], "film.mov")], /At most 1(\.0)? KB are allowed/],
  ["an empty file", [new File([], "token.p7m")], "This file is empty. Choose another."],
])("refuses %s", (_, files, message) => {
  const onFile = vi.fn();
  render(<Page onFile={onFile} error="The server's error of before" />);
  drop(...files);
  expect(screen.getByRole("alert")).toHaveTextContent(message);
  expect(onFile).toHaveBeenLastCalledWith(null);
  drop(token);
  expect(screen.getByRole("alert")).toHaveTextContent("The server's error of before");
  expect(onFile).toHaveBeenLastCalledWith(token);
});

test("takes no other file while one is being checked", () => {
  const onFile = vi.fn();
  render(<Page onFile={onFile} busy />);
  drop(token);
  expect(onFile).not.toHaveBeenCalled();
  expect(screen.getByRole("button")).toHaveAttribute("aria-disabled", "true");
});

test("a file dropped beside the zone does not replace the page", () => {
  render(<Page />);
  expect(fireEvent.drop(document.body)).toBe(false); // its default was prevented
});
