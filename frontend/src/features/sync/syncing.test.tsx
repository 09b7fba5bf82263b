import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import { act, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { Role, TokenState } from "../../gql/graphql";
import { ApiProvider } from "../../graphql/ApiContext";
import { fakeApi, fakeSession } from "../../testing/fakeApi";
import { ToastProvider } from "../../ui/Toast";
import { OrganizationsProvider } from "../organizations/OrganizationsProvider";
import { SessionContext } from "../session/session";
import { SyncNowButton } from "./SyncNowButton";
import { SyncPanel } from "./SyncPanel";
import { SyncProvider } from "./SyncProvider";

const ago = (seconds: number) => new Date(Date.now() - seconds * 1_000).toISOString();

function organization(id: string, name: string, state: TokenState = "ACTIVE") {
  const lastFullRun = {
    __typename: "SyncRun",
    id: `${id}-full`,
    devicesSeen: 400,
    startedAt: ago(90),
    finishedAt: ago(60),
  };
  return { __typename: "ABMToken", id, name, orgName: name, state, deviceCount: 400, lastRun: null, lastFullRun };
}

function run(abmTokenId: string, change: object = {}) {
  return {
    __typename: "SyncRun",
    id: `run-${abmTokenId}`,
    abmTokenId,
    status: "RUNNING",
    phase: "CONNECT",
    trigger: "MANUAL",
    full: false,
    pages: 0,
    devicesSeen: 0,
    added: 0,
    modified: 0,
    removed: 0,
    requests: 0,
    retries: 0,
    devicesPerSecond: 0,
    startedAt: ago(1),
    updatedAt: ago(1),
    finishedAt: null,
    requestedBy: "Ana Ferreira",
    error: null,
    ...change,
  };
}

const fleet = [organization("abm_1", "Halden Schools"), organization("abm_2", "Corvus Retail", "EXPIRED")];

type StartVariables = { input?: { abmTokenId?: string; full?: boolean } };

const begin = ({ input }: StartVariables) => ({
  startSync: { syncRun: run(input?.abmTokenId ?? "", { full: input?.full === true }), userErrors: [] },
});

// What a timer began, and somebody joins.
const join = ({ input }: StartVariables) => ({
  startSync: { syncRun: run(input?.abmTokenId ?? "", { trigger: "PERIODIC", requestedBy: "" }), userErrors: [] },
});

type Options = { role?: Role; organizations?: typeof fleet; joins?: boolean };

function open({ role = "OPERATOR", organizations = fleet, joins = false }: Options = {}) {
  const api = fakeApi({
    Organizations: { abmTokens: { nodes: organizations } },
    StartSync: joins ? join : begin,
    CancelSync: { cancelSync: { syncRun: null, userErrors: [] } },
  });
  const root = createRootRoute();
  const app = createRoute({ getParentRoute: () => root, id: "app" });
  const page = createRoute({
    getParentRoute: () => app,
    path: "/",
    component: () => (
      <OrganizationsProvider>
        <SyncProvider>
          <SyncNowButton />
          <SyncPanel />
        </SyncProvider>
      </OrganizationsProvider>
    ),
  });
  const router = createRouter({
    routeTree: root.addChildren([app.addChildren([page])]),
    history: createMemoryHistory({ initialEntries: ["/"] }),
  });
  render(
    <ApiProvider api={api.api}>
      <SessionContext value={fakeSession(role)}>
        <ToastProvider>
          <RouterProvider router={router} />
        </ToastProvider>
      </SessionContext>
    </ApiProvider>,
  );
  const started = () => api.calls.filter(({ name }) => name === "StartSync").map(({ variables }) => variables.input);
  const progress = (change: object) => act(() => api.push("SyncProgress", { syncProgress: run("abm_1", change) }));
  return { ...api, user: userEvent.setup(), started, progress };
}

test("a press starts a sync where one can be, and shows it before the subscription tells of it", async () => {
  const { user, started, progress } = open();
  await user.click(await screen.findByRole("button", { name: "Sync now" }));
  expect(started()).toEqual([{ abmTokenId: "abm_1", full: false }]);
  const panel = await screen.findByRole("region", { name: "Live sync" });
  expect(panel).toHaveTextContent("started by Ana Ferreira");
  expect(screen.getByRole("button", { name: "Syncing" })).toHaveAttribute("aria-disabled", "true");

  progress({ phase: "FETCH", pages: 3, devicesSeen: 300, updatedAt: ago(0) });
  expect(panel).toHaveTextContent("300, total unknown");
  const end = { status: "SUCCEEDED", phase: "FINISH", pages: 4, devicesSeen: 320, added: 7 };
  progress({ ...end, updatedAt: ago(-1), finishedAt: ago(0) });
  expect(panel).toHaveTextContent("Sync succeeded");
  expect(screen.getByText(/^Sync: Succeeded. 320 devices, 7 added/)).toHaveAttribute("role", "status");
  expect(screen.queryByRole("button", { name: "Stop" })).toBeNull();
});

test("a full sync counts towards the last one", async () => {
  const { user, started, progress } = open();
  await user.click(await screen.findByRole("button", { name: "More ways to sync" }));
  await user.click(await screen.findByRole("menuitem", { name: /^Full sync/ }));
  expect(started()).toEqual([{ abmTokenId: "abm_1", full: true }]);
  const panel = await screen.findByRole("region", { name: "Live sync" });
  progress({ full: true, phase: "FETCH", pages: 2, devicesSeen: 200, updatedAt: ago(0) });
  expect(panel).toHaveTextContent("200 of 400");
  expect(screen.getByRole("progressbar")).toHaveAttribute("aria-valuetext", "2 of 4 pages");
});

test("who asks for a full sync while another goes on is told so, and sees that one", async () => {
  const { user } = open({ joins: true });
  await user.click(await screen.findByRole("button", { name: "More ways to sync" }));
  await user.click(await screen.findByRole("menuitem", { name: /^Full sync/ }));
  expect(await screen.findByText("A sync of Halden Schools was going on already")).toBeVisible();
  expect(screen.getByRole("region", { name: "Live sync" })).toBeVisible();
});

test("a run of the timer opens nothing, a failure says what to do", async () => {
  const { progress } = open();
  await screen.findByRole("button", { name: "Sync now" });
  progress({ trigger: "PERIODIC", requestedBy: "", phase: "FETCH" });
  expect(screen.getByRole("button", { name: "Syncing" })).toBeVisible();
  expect(screen.queryByRole("region", { name: "Live sync" })).toBeNull();

  const error = { code: "T_C_NOT_SIGNED", message: "Apple has new terms to accept.", hint: "Accept them." };
  progress({ status: "FAILED", updatedAt: ago(0), finishedAt: ago(0), error });
  const panel = await screen.findByRole("region", { name: "Live sync" });
  expect(panel).toHaveTextContent("Apple has new terms to accept. Accept them. T_C_NOT_SIGNED");
});

test("stopping asks once, until the run has stopped", async () => {
  const { user, calls, progress } = open();
  await user.click(await screen.findByRole("button", { name: "Sync now" }));
  await user.click(await screen.findByRole("button", { name: "Stop" }));
  expect(await screen.findByRole("button", { name: "Stopping" })).toHaveAttribute("aria-disabled", "true");
  expect(calls.filter(({ name }) => name === "CancelSync")).toHaveLength(1);
  progress({ status: "CANCELED", updatedAt: ago(-1), finishedAt: ago(0) });
  expect(screen.getByRole("region", { name: "Live sync" })).toHaveTextContent("Sync stopped");
});

test("S starts a sync, unless none can", async () => {
  const { user, started } = open();
  const button = await screen.findByRole("button", { name: "Sync now" });
  await waitFor(() => expect(button).not.toHaveAttribute("aria-disabled")); // until the organizations are here
  await user.keyboard("s");
  await waitFor(() => expect(started()).toHaveLength(1));
});

test("where nothing can sync the button says so, and who may not sync has none", async () => {
  const blocked = open({ organizations: [organization("abm_2", "Corvus Retail", "EXPIRED")] });
  const button = await screen.findByRole("button", { name: "Sync now" });
  await waitFor(() => expect(button).toHaveAccessibleDescription(/No organization can sync/));
  await blocked.user.keyboard("s");
  expect(blocked.started()).toEqual([]);
});

test("a viewer watches and starts nothing", async () => {
  const { progress } = open({ role: "VIEWER" });
  await waitFor(() => expect(screen.getByRole("status", { hidden: true })).toBeInTheDocument());
  expect(screen.queryByRole("button")).toBeNull();
  progress({ phase: "FETCH", devicesSeen: 100 });
  expect(await screen.findByRole("region", { name: "Live sync" })).toBeVisible();
  expect(screen.queryByRole("button", { name: "Stop" })).toBeNull();
});
