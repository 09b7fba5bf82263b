import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import { act, render, screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { OrganizationsProvider } from "../features/organizations/OrganizationsProvider";
import { SessionContext } from "../features/session/session";
import { SyncProvider } from "../features/sync/SyncProvider";
import type { Role } from "../gql/graphql";
import { ApiProvider } from "../graphql/ApiContext";
import { type Answer, fakeApi, fakeSession, refusal } from "../testing/fakeApi";
import { ToastProvider } from "../ui/Toast";
import { AssignmentPage } from "./AssignmentPage";
import { parseSearch, stringifySearch } from "./search";

const batch = (more: object = {}) => ({
  __typename: "AssignmentBatch",
  id: "bat_1",
  cause: "ASSIGN",
  status: "RUNNING",
  title: "Mac Faculty",
  requestedBy: "Ana Ferreira",
  devices: 40,
  counted: true,
  total: 40,
  succeeded: 10,
  failed: 1,
  createdAt: "2026-09-17T12:00:00Z",
  updatedAt: "2026-09-17T12:00:01Z",
  finishedAt: null,
  ...more,
});
const result = (serialNumber: string, status: string, message = "") => ({
  __typename: "AssignmentResult",
  id: `res_${serialNumber}`,
  status,
  message,
  updatedAt: "2026-09-17T12:00:00Z",
  device: { __typename: "Device", id: `dev_${serialNumber}`, serialNumber, model: "MacBook Air" },
});
const results = [result("C02A", "SUCCEEDED"), result("C02B", "NOT_ACCESSIBLE", "It is assigned to another server.")];

const resultsOf = ({ status }: Record<string, unknown>) => ({
  assignmentResults: {
    nodes: results.filter((one) => !status || one.status === status),
    pageInfo: { hasNextPage: false, endCursor: null },
  },
});

function show(answers: Record<string, Answer> = {}, role: Role = "OPERATOR", path = "/assignments/bat_1") {
  globalThis.scrollTo = () => {}; // the router scrolls to the top; jsdom cannot
  const fake = fakeApi({
    Organizations: { abmTokens: { nodes: [] } },
    AssignmentBatch: { node: batch() },
    AssignmentResults: resultsOf,
    ...answers,
  });
  const root = createRootRoute();
  const app = createRoute({ getParentRoute: () => root, id: "app" });
  const page = createRoute({ getParentRoute: () => app, path: "/assignments/$batchId", component: AssignmentPage });
  const router = createRouter({
    routeTree: root.addChildren([app.addChildren([page])]),
    history: createMemoryHistory({ initialEntries: [path] }),
    parseSearch,
    stringifySearch,
  });
  render(
    <ApiProvider api={fake.api}>
      <SessionContext value={fakeSession(role)}>
        <ToastProvider>
          <OrganizationsProvider>
            <SyncProvider>
              {/* The application's router has other types than this one. */}
              <RouterProvider router={router as never} />
            </SyncProvider>
          </OrganizationsProvider>
        </ToastProvider>
      </SessionContext>
    </ApiProvider>,
  );
  return { ...fake, router, user: userEvent.setup() };
}

test("an assignment is followed to its end", async () => {
  const { push } = show();
  expect(await screen.findByRole("heading", { level: 1, name: "Profile assigned: Mac Faculty" })).toBeVisible();
  expect(screen.getByText("10 of 40 devices")).toBeVisible();
  const progress = (more: object) => act(() => push("AssignmentProgress", { assignmentProgress: batch(more) }));
  progress({ succeeded: 5, updatedAt: "2026-09-17T12:00:00Z" });
  expect(screen.getByText("10 of 40 devices")).toBeVisible(); // an older state is dropped
  const end = {
    succeeded: 39,
    status: "FINISHED",
    updatedAt: "2026-09-17T12:00:09Z",
    finishedAt: "2026-09-17T12:00:09Z",
  };
  await waitFor(() => {
    progress(end); // again until somebody hears it: the page can be there a moment before it listens
    expect(screen.getByText("39 of 40 devices")).toBeVisible();
  });
  expect(screen.queryByRole("button", { name: "Stop" })).toBeNull();
  expect(screen.getByRole("button", { name: "Undo" })).toBeVisible();
});

test("each device has its result, and the URL holds which are shown", async () => {
  const { user, router, calls } = show();
  const rows = within(await screen.findByRole("table")).getAllByRole("row");
  expect(rows[2]).toHaveTextContent("C02BMacBook AirFailedIt is assigned to another server.");
  await user.click(screen.getByRole("radio", { name: "Failed" }));
  await waitFor(() => expect(screen.queryByText("C02A")).toBeNull());
  expect(screen.getByText("C02B")).toBeVisible();
  expect(router.state.location.searchStr).toBe("?result=NOT_ACCESSIBLE");
  expect(calls.at(-1)?.variables).toEqual({ batchId: "bat_1", status: "NOT_ACCESSIBLE" });
});

test("one without devices says so, which is not the same as nothing in a state", async () => {
  const none = { assignmentResults: { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } } };
  const { user } = show({ AssignmentResults: none });
  expect(await screen.findByText("This assignment has no devices.")).toBeVisible();
  await user.click(screen.getByRole("radio", { name: "Failed" }));
  expect(await screen.findByText("No device of this assignment is in this state.")).toBeVisible();
});

test("it is stopped, and what was refused is said", async () => {
  const refuse = () => {
    throw refusal("CONFLICT", "It has ended.");
  };
  const { user, calls } = show({ CancelAssignmentBatch: refuse });
  await user.click(await screen.findByRole("button", { name: "Stop" }));
  expect(await screen.findByText("It has ended.")).toBeVisible();
  expect(calls.find(({ name }) => name === "CancelAssignmentBatch")?.variables).toEqual({
    input: { assignmentBatchId: "bat_1" },
  });
});

test("undoing leads to the assignment that does it", async () => {
  const ended = ({ id }: Record<string, unknown>) => ({
    node: batch({ id, status: "FINISHED", ...(id === "bat_2" && { cause: "UNDO" }) }),
  });
  const { user, router } = show({
    AssignmentBatch: ended,
    UndoAssignmentBatch: {
      undoAssignmentBatch: { assignmentBatch: batch({ id: "bat_2", cause: "UNDO" }), userErrors: [] },
    },
  });
  await user.click(await screen.findByRole("button", { name: "Undo" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Undo for 40 devices" }));
  await user.click(dialog.getByRole("button", { name: "Undo" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/assignments/bat_2"));
  expect(await screen.findByRole("heading", { level: 1, name: "Taken back: Mac Faculty" })).toBeVisible();
  expect(screen.queryByRole("button", { name: "Undo" })).toBeNull();
});

test("a viewer only reads", async () => {
  show({}, "VIEWER");
  await screen.findByRole("table");
  expect(screen.queryByRole("button", { name: "Stop" })).toBeNull();
});

test("an address of nothing says so", async () => {
  show({ AssignmentBatch: { node: null } });
  expect(await screen.findByText("There is no such assignment")).toBeVisible();
});
