import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { type Answer, fakeSession, renderWithApi } from "../../testing/fakeApi";
import { People } from "./People";

const user = userEvent.setup({ delay: null });

const ana = {
  __typename: "User",
  id: "usr_ana",
  name: "Ana Ferreira",
  email: "ana@meridian.example",
  role: "ADMIN",
  status: "ACTIVE",
  linkExpiresAt: null,
  lastSeenAt: null,
};
const omar = { ...ana, id: "usr_omar", name: "Omar Haddad", email: "omar@meridian.example", role: "OPERATOR" };

function page(nodes: object[], endCursor?: string) {
  return { users: { nodes, pageInfo: { hasNextPage: Boolean(endCursor), endCursor: endCursor ?? null } } };
}

const open = (answers: Record<string, Answer>, session = fakeSession()) =>
  renderWithApi(<People />, { answers, session });

async function choose(person: string, action: string) {
  await user.click(await screen.findByRole("button", { name: `Actions for ${person}` }));
  await user.click(await screen.findByRole("menuitem", { name: action }));
  return screen.findByRole("dialog");
}

test("adds a person and shows the link once, as an address of this site", async () => {
  const invited = { ...omar, status: "INVITED", linkExpiresAt: "2099-03-08T10:00:00Z" };
  const people: object[] = [ana];
  const list = () => page([...people]);
  const add = () => {
    people.push(invited);
    return { addUser: { user: invited, linkPath: "/join#c0de", userErrors: [] } };
  };
  const { calls } = open({ People: list, AddUser: add });
  expect(within(await screen.findByRole("row", { name: /Ana Ferreira/ })).getByText("You")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Add person" }));
  await user.type(await screen.findByLabelText("Name"), "Omar Haddad");
  await user.type(screen.getByLabelText("Email"), "omar@meridian.example");
  await user.click(screen.getByRole("radio", { name: /Viewer/ }));
  await user.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Add person" }));
  const dialog = await screen.findByRole("dialog", { name: "Send this link to Omar Haddad" });
  expect(within(dialog).getByText(`${location.origin}/join#c0de`)).toBeVisible();
  expect(calls.find(({ name }) => name === "AddUser")?.variables).toEqual({
    input: { name: "Omar Haddad", email: "omar@meridian.example", role: "VIEWER" },
  });
  await user.keyboard("{Escape}");
  expect(dialog).toBeVisible();
  await user.click(within(dialog).getByRole("button", { name: "Done" }));
  // The list was fetched again by itself.
  expect(await screen.findByText(/^Link works until/)).toBeVisible();
});

test("shows in the dialog what the last administrator cannot do", async () => {
  const message = "Ana Ferreira is the last administrator.";
  open({
    People: page([ana]),
    RemoveUser: { removeUser: { removedId: null, userErrors: [{ message, hint: "Make somebody else one first." }] } },
  });
  const dialog = await choose("Ana Ferreira", "Remove");
  await user.click(within(dialog).getByRole("button", { name: "Remove" }));
  expect(await within(dialog).findByText(`${message} Make somebody else one first.`)).toBeVisible();
});

test("a person who was removed leaves the list", async () => {
  const people = [ana, omar];
  const list = () => page([...people]);
  const remove = () => {
    people.pop();
    return { removeUser: { removedId: omar.id, userErrors: [] } };
  };
  open({ People: list, RemoveUser: remove });
  const dialog = await choose("Omar Haddad", "Remove");
  await user.click(within(dialog).getByRole("button", { name: "Remove" }));
  await vi.waitFor(() => expect(screen.queryByText("Omar Haddad")).toBeNull());
});

test("makes a new link", async () => {
  open({
    People: page([ana, omar]),
    ResetUser: { resetUser: { user: omar, linkPath: "/join#new", userErrors: [] } },
  });
  const dialog = await choose("Omar Haddad", "Make a new link");
  expect(within(dialog).getByText(/old password stops working at once/)).toBeVisible();
  await user.click(within(dialog).getByRole("button", { name: "Make link" }));
  expect(await screen.findByText(`${location.origin}/join#new`)).toBeVisible();
});

test("loads further pages, and keeps all of them up to date", async () => {
  let status = "ACTIVE";
  const list: Answer = ({ after }: { after?: string }) => (after ? page([{ ...omar, status }]) : page([ana], "c1"));
  const update = () => {
    status = "DISABLED";
    return { updateUser: { user: { ...omar, status }, userErrors: [] } };
  };
  const { calls } = open({ People: list, UpdateUser: update });
  await user.click(await screen.findByRole("button", { name: "Load more" }));
  expect(await screen.findByText("Omar Haddad")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Load more" })).toBeNull();
  expect(calls.at(-1)).toEqual({ name: "People", variables: { after: "c1" } });
  const dialog = await choose("Omar Haddad", "Disable");
  await user.click(within(dialog).getByRole("button", { name: "Disable" }));
  expect(await within(screen.getByRole("row", { name: /Omar/ })).findByText("Disabled")).toBeVisible();
});

test("others see who there is, and nothing to do", async () => {
  open({ People: page([ana, omar]) }, fakeSession("OPERATOR"));
  expect(await screen.findByText("Omar Haddad")).toBeVisible();
  expect(screen.queryByRole("button")).toBeNull();
});
