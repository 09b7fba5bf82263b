import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { type SimpleColumn, SimpleTable } from "./SimpleTable";

type Person = { id: string; name: string; role: string };

const people: Person[] = [
  { id: "1", name: "Ana Ferreira", role: "Administrator" },
  { id: "2", name: "Ben Okoro", role: "Viewer" },
];
const remove = vi.fn();
const columns: SimpleColumn<Person>[] = [
  { id: "name", header: "Name", phone: "title", cell: (person) => person.name },
  { id: "role", header: "Role", priority: 3, phone: "detail", cell: (person) => person.role },
  {
    id: "actions",
    header: "Actions",
    phone: "hide",
    cell: (person) => (
      <button type="button" onClick={() => remove(person.id)}>
        Remove {person.name}
      </button>
    ),
  },
];

function Link({ to, ...props }: React.ComponentProps<"a"> & { to: string }) {
  return <a href={to} {...props} />;
}

/** A window in which the queries that contain one of `widths` hold. */
function stubWidth(...widths: string[]) {
  vi.stubGlobal("matchMedia", (query: string) => ({
    matches: widths.some((width) => query.includes(width)),
    addEventListener() {},
    removeEventListener() {},
  }));
}

afterEach(() => {
  vi.unstubAllGlobals();
});

function table(props: Partial<React.ComponentProps<typeof SimpleTable<Person>>> = {}) {
  return <SimpleTable caption="People" columns={columns} rows={people} rowKey={(person) => person.id} {...props} />;
}

test("is a table with a name, whose rows are opened by a real button", async () => {
  const user = userEvent.setup();
  const onRowClick = vi.fn();
  render(table({ onRowClick }));
  expect(screen.getByRole("table", { name: "People" })).toBeVisible();
  expect(screen.getAllByRole("row")).toHaveLength(3);
  await user.tab();
  await user.keyboard("{Enter}");
  expect(onRowClick.mock.calls).toEqual([[people[0]]]);
  await user.click(screen.getByRole("button", { name: "Remove Ben Okoro" }));
  expect(remove).toHaveBeenCalledWith("2");
  expect(onRowClick).toHaveBeenCalledTimes(1);
});

test("a row that leads somewhere is a link", () => {
  render(table({ rowLink: (person) => <Link to={`/people/${person.id}`} /> }));
  expect(screen.getByRole("link", { name: "Ana Ferreira" })).toHaveAttribute("href", "/people/1");
});

test("columns leave by priority", () => {
  stubWidth("80rem");
  render(table());
  expect(screen.getAllByRole("columnheader").map((header) => header.textContent)).toEqual(["Name", "Actions"]);
});

test("on a phone it is a list of cards", () => {
  stubWidth("80rem", "64rem", "40rem");
  render(table());
  const [card] = within(screen.getByRole("list", { name: "People" })).getAllByRole("listitem");
  expect(card).toHaveTextContent("Ana Ferreira");
  expect(card).toHaveTextContent("RoleAdministrator");
  expect(card).not.toHaveTextContent("Remove");
});

test("a card leaves out the name of what a row does not have", () => {
  stubWidth("80rem", "64rem", "40rem");
  render(table({ rows: [{ id: "3", name: "Cai Lin", role: "" }] }));
  expect(screen.getByRole("listitem")).toHaveTextContent(/^Cai Lin$/);
});
