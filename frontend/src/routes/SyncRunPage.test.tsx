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
import { ApiProvider } from "../graphql/ApiContext";
import { type Answer, fakeApi, fakeSession, refusal } from "../testing/fakeApi";
import { ToastProvider } from "../ui/Toast";
import { SyncRunPage } from "./SyncRunPage";

const at = (second: number) => new Date(Date.UTC(2025, 8, 17, 12, 0, 0) + second * 1_000).toISOString();

const run = (more: object = {}) => ({
  __typename: "SyncRun",
  id: "run_1",
  abmTokenId: "abm_1",
  status: "SUCCEEDED",
  phase: "FINISH",
  trigger: "PERIODIC",
  full: true,
  pages: 13,
  devicesSeen: 1_203,
  added: 0,
  modified: 0,
  removed: 0,
  requests: 15,
  retries: 2,
  throttleWaits: 1,
  throttleSeconds: 7.5,
  bytesReceived: 4_200_000,
  compared: true,
  missingHere: 0,
  missingAtApple: 0,
  changedUnannounced: 0,
  heldRemovals: 0,
  devicesPerSecond: 300,
  startedAt: at(0),
  updatedAt: at(14),
  finishedAt: at(14),
  requestedBy: "",
  phases: [
    { phase: "CONNECT", at: at(0) },
    { phase: "FETCH", at: at(2) },
    { phase: "FINISH", at: at(14) },
  ],
  error: null,
  ...more,
});

const token = (more: object = {}) => ({
  __typename: "ABMToken",
  id: "abm_1",
  name: "Halden Schools",
  orgName: "Halden Schools",
  state: "ACTIVE",
  deviceCount: 1_203,
  heldRemovals: 0,
  heldAt: null,
  lastRun: null,
  lastFullRun: null,
  ...more,
});

function difference(serialNumber: string, kind: string, changes: object | null = null) {
  return {
    __typename: "DeviceEvent",
    id: `evt_${serialNumber}`,
    kind,
    at: at(12),
    appleAt: null,
    changes,
    unannounced: true,
    syncRunId: "run_1",
    abmTokenId: "abm_1",
    device: { __typename: "Device", id: `dev_${serialNumber}`, serialNumber },
  };
}

function open(answers: Record<string, Answer>, tokens: object[] = [token()]) {
  const api = fakeApi({ Organizations: { abmTokens: { nodes: tokens } }, ...answers });
  globalThis.scrollTo = () => {}; // the router scrolls to the top; jsdom cannot
  const root = createRootRoute();
  const app = createRoute({ getParentRoute: () => root, id: "app" });
  const page = createRoute({ getParentRoute: () => app, path: "/sync/$runId", component: SyncRunPage });
  const router = createRouter({
    routeTree: root.addChildren([app.addChildren([page])]),
    history: createMemoryHistory({ initialEntries: ["/sync/run_1"] }),
  });
  render(
    <ApiProvider api={api.api}>
      <SessionContext value={fakeSession()}>
        <OrganizationsProvider>
          <SyncProvider>
            <ToastProvider>
              <RouterProvider router={router} />
            </ToastProvider>
          </SyncProvider>
        </OrganizationsProvider>
      </SessionContext>
    </ApiProvider>,
  );
  return api;
}

const region = async (name: string) => within(await screen.findByRole("region", { name }));

test("shows what a run cost and how long each phase took", async () => {
  open({ SyncRun: { node: run() } });
  expect(await screen.findByRole("heading", { level: 1, name: "Full sync of Halden Schools" })).toBeVisible();
  expect(screen.getByText("By the timer")).toBeVisible();
  const phases = await region("Phases");
  const [connect, fetch] = phases.getAllByRole("listitem");
  expect(connect).toHaveTextContent("Connect 2.0 s");
  expect(fetch).toHaveTextContent("Fetch devices 12 s");
  expect(phases.getByText(/7.5 s were 1 pause that Apple asked for/)).toBeVisible();
  expect(screen.getByText("4.2 MB")).toBeVisible();
  expect(screen.getByText("Nothing differed: the changes had announced everything")).toBeVisible();
});

test("lists the differences with what was before and after, page by page", async () => {
  const pageInfo = (endCursor: string | null) => ({ endCursor, hasNextPage: endCursor !== null });
  const pages: Answer = ({ after }) => ({
    syncDifferences: after
      ? { nodes: [difference("GONE1", "REMOVED")], pageInfo: pageInfo(null) }
      : {
          nodes: [difference("NEW1", "ADDED"), difference("OLD1", "MODIFIED", { color: ["BLACK", "SILVER"] })],
          pageInfo: pageInfo("c1"),
        },
  });
  open({
    SyncRun: { node: run({ missingHere: 1, missingAtApple: 1, changedUnannounced: 1 }) },
    SyncDifferences: pages,
  });
  const card = await region("Differences");
  expect(await card.findByRole("link", { name: "NEW1" })).toHaveAttribute(
    "href",
    expect.stringMatching(/^\/devices\?.*device=NEW1/),
  );
  expect(card.getByText("Was missing here")).toBeVisible();
  expect(card.getByRole("link", { name: "OLD1" }).closest("tr")).toHaveTextContent(
    "Changed silentlyColourbefore: BLACK→after: SILVER",
  );
  expect(card.getByText("2 of 3 differences shown")).toBeVisible();
  await userEvent.click(card.getByRole("button", { name: "Load more" }));
  expect(await card.findByRole("link", { name: "GONE1" })).toBeVisible();
  expect(card.getByText("3 of 3 differences shown")).toBeVisible();
});

test("a run that held removals offers the decision while it is open", async () => {
  const held = { missingAtApple: 812, heldRemovals: 812 };
  open({ SyncRun: { node: run(held) } }, [token({ heldRemovals: 812, heldAt: at(13) })]);
  expect(await screen.findByText(/Apple's list no longer contains 812 of 1,203 devices/)).toBeVisible();
  expect(screen.getByRole("button", { name: "Remove 812" })).toBeVisible();
  expect(screen.getByText("812 of them held, not removed")).toBeVisible();
  expect(screen.queryByText(/^Nothing differed/)).toBeNull();
});

test("a first list is told from one that was compared", async () => {
  open({ SyncRun: { node: run({ compared: false, added: 1_203 }) } });
  expect(await screen.findByText("Nothing to compare with")).toBeVisible();
});

test("a run whose removals are held no longer offers nothing", async () => {
  open({ SyncRun: { node: run({ missingAtApple: 812, heldRemovals: 812 }) } });
  expect(await screen.findByText("This run held 812 removals back")).toBeVisible();
  expect(screen.queryByRole("button", { name: /^Remove/ })).toBeNull();
});

test("a run that goes on moves with what the subscription tells", async () => {
  const going = { status: "RUNNING", phase: "FETCH", finishedAt: null, phases: run().phases.slice(0, 2) };
  const api = open({ SyncRun: { node: run({ ...going, devicesSeen: 100 }) } });
  expect(await screen.findByText("The differences are known when the run ends.")).toBeVisible();
  expect(screen.getByRole("button", { name: "Stop" })).toBeVisible();
  act(() => api.push("SyncProgress", { syncProgress: run({ ...going, devicesSeen: 1_100, updatedAt: at(20) }) }));
  await waitFor(() => expect(screen.getByText("1,100")).toBeVisible());
  act(() => api.push("SyncProgress", { syncProgress: run({ updatedAt: at(21), finishedAt: at(21) }) }));
  expect(await screen.findByText(/^Nothing differed/)).toBeVisible();
});

test("a failed run says what happened, what to do, and Apple's code", async () => {
  const error = { code: "T_C_NOT_SIGNED", message: "Apple has new terms to accept.", hint: "Accept them." };
  open({ SyncRun: { node: run({ status: "FAILED", phase: "CONNECT", error }) } });
  expect(await screen.findByText("Apple has new terms to accept.")).toBeVisible();
  expect(screen.getByText("T_C_NOT_SIGNED")).toBeVisible();
  expect(screen.getByText(/the list was not compared to its end/)).toBeVisible();
});

test("a run that is not there leads to the history", async () => {
  open({ SyncRun: { node: null } });
  expect(await screen.findByText("There is no such run")).toBeVisible();
  expect(screen.getByRole("heading", { level: 1, name: "Sync run" })).toBeVisible();
});

const broken = () => {
  throw refusal("INTERNAL", "It broke.");
};

test("a server that fails has not said that there is no such run", async () => {
  open({ SyncRun: broken });
  expect(await screen.findByText("The run did not load")).toBeVisible();
  expect(screen.queryByText("There is no such run")).toBeNull();
});
