import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test, vi } from "vitest";
import { Checkbox } from "./Checkbox";
import { PasswordInput } from "./PasswordInput";
import { SearchInput } from "./SearchInput";
import { Segmented } from "./Segmented";
import { Select } from "./Select";
import { TextInput } from "./TextInput";

test("an input is named by its label and described by error, hint and Optional", () => {
  const { rerender } = render(<TextInput label="Name" hint="As people know it" optional />);
  const input = screen.getByRole("textbox", { name: "Name" });
  expect(input).toHaveAccessibleDescription("Optional As people know it");
  expect(input).toBeValid();
  rerender(<TextInput label="Name" hint="As people know it" error="This name is taken. Choose another." />);
  expect(input).toBeInvalid();
  expect(input).toHaveAccessibleDescription("This name is taken. Choose another. As people know it");
  expect(screen.getByRole("alert")).toHaveTextContent("This name is taken.");
});

test("a password is hidden until it is asked for, and passes its ref on", async () => {
  const ref = vi.fn();
  render(<PasswordInput label="Password" ref={ref} />);
  const input = screen.getByLabelText("Password");
  expect(input).toHaveAttribute("type", "password");
  expect(ref).toHaveBeenCalledWith(input);
  await userEvent.click(screen.getByRole("button", { name: "Show password" }));
  expect(input).toHaveAttribute("type", "text");
  await userEvent.click(screen.getByRole("button", { name: "Hide password" }));
  expect(input).toHaveAttribute("type", "password");
});

function SearchPage() {
  const [value, setValue] = useState("");
  return <SearchInput label="Search devices" value={value} onValueChange={setValue} shortcut="/" />;
}

test.each([
  ["Escape", () => userEvent.keyboard("{Escape}")],
  ["the button", () => userEvent.click(screen.getByRole("button", { name: "Clear search" }))],
])("a search is cleared by %s and keeps the focus", async (_, clear) => {
  render(<SearchPage />);
  const search = screen.getByRole("searchbox", { name: "Search devices" });
  await userEvent.type(search, "C02");
  expect(search).toHaveValue("C02");
  await clear();
  expect(search).toHaveValue("");
  expect(search).toHaveFocus();
});

test("a select has its label beside it or for assistive technology alone", async () => {
  const change = vi.fn();
  const options = [
    { value: "ADMIN", label: "Administrator" },
    { value: "VIEWER", label: "Viewer" },
  ];
  render(
    <>
      <Select label="Role" options={options} error="Choose a role." />
      <Select aria-label="Filter by role" options={options} onChange={(event) => change(event.target.value)} />
    </>,
  );
  expect(screen.getByRole("combobox", { name: "Role" })).toBeInvalid();
  await userEvent.selectOptions(screen.getByRole("combobox", { name: "Filter by role" }), "Viewer");
  expect(change).toHaveBeenCalledWith("VIEWER");
});

test("the label of a checkbox is part of its target", async () => {
  const change = vi.fn();
  render(<Checkbox label="Full sync" hint="Reads every device again" onCheckedChange={change} />);
  await userEvent.click(screen.getByText("Full sync"));
  expect(change).toHaveBeenCalledExactlyOnceWith(true);
  expect(screen.getByRole("checkbox", { name: "Full sync" })).toBeChecked();
  expect(screen.getByRole("checkbox")).toHaveAccessibleDescription("Reads every device again");
});

test("a segmented control is a group of radio buttons", async () => {
  const change = vi.fn();
  const options = [
    { value: "total", label: "Total" },
    { value: "added", label: "Added per day" },
  ] as const;
  render(<Segmented label="Chart" options={options} value="total" onValueChange={change} />);
  expect(screen.getByRole("group", { name: "Chart" })).toBeVisible();
  expect(screen.getByRole("radio", { name: "Total" })).toBeChecked();
  await userEvent.click(screen.getByRole("radio", { name: "Added per day" }));
  expect(change).toHaveBeenCalledWith("added");
});
