import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import { render, screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { OrganizationsProvider } from "../features/organizations/OrganizationsProvider";
import { SessionContext } from "../features/session/session";
import { SyncProvider } from "../features/sync/SyncProvider";
import type { Role } from "../gql/graphql";
import { ApiProvider } from "../graphql/ApiContext";
import { fakeApi, fakeSession } from "../testing/fakeApi";
import { ToastProvider } from "../ui/Toast";
import { DevicePage } from "./DevicePage";
import { parameters, parseSearch, stringifySearch } from "./search";

const token = {
  __typename: "ABMToken",
  id: "abm_1",
  name: "Halden Schools",
  orgName: "Halden",
  state: "ACTIVE",
  lastRun: null,
};
const device = {
  __typename: "Device",
  id: "dev_1",
  serialNumber: "C02XK1ZKJGH5",
  model: "MacBook Air",
  description: "MBA 13 SILVER",
  color: "Silver",
  assetTag: "",
  deviceFamily: "Mac",
  os: "OSX",
  platform: "MACOS",
  appleProfileUuid: "",
  appleProfileStatus: "empty",
  appleProfileAssignedAt: null,
  appleProfilePushedAt: null,
  deviceAssignedAt: "2024-03-01T08:00:00Z",
  deviceAssignedBy: "abm@halden.example",
  mdmMigrationDeadline: null,
  addedAt: "2024-03-04T08:00:00Z",
  changedAt: "2024-03-04T08:00:00Z",
  removedAt: null,
  abmToken: token,
  assignmentStatus: "UNASSIGNED",
  enrollmentStatus: "NOT_ENROLLED",
  enrollment: null,
  profileSource: "NONE",
  hasForeignProfile: false,
  assignmentProblem: null,
  profileExplanation: [],
  deviceGroups: [],
};
const event = {
  __typename: "DeviceEvent",
  id: "evt_1",
  at: "2024-03-05T08:00:00Z",
  appleAt: null,
  changes: null,
  unannounced: false,
  syncRunId: null,
  abmTokenId: "abm_1",
};

function show(path: string, found: object | null, role: Role = "OPERATOR") {
  globalThis.scrollTo = () => {}; // the router scrolls to the top; jsdom cannot
  const fake = fakeApi({
    Organizations: { abmTokens: { nodes: [token] } },
    DeviceDetails: { device: found },
    DeviceEvents: {
      deviceEvents: {
        nodes: [
          { ...event, kind: "ASSIGNMENT_FAILED" },
          { ...event, id: "evt_2", kind: "MODIFIED", at: "2024-03-04T12:00:00Z", syncRunId: "run_1" },
        ],
        pageInfo: { endCursor: null, hasNextPage: false },
      },
    },
    DeviceRefusals: { enrollmentRefusals: { nodes: [] } },
    ClearPreview: { all: { totalCount: 1 }, fetched: { totalCount: 0 }, without: { totalCount: 0 } },
  });
  const root = createRootRoute();
  const app = createRoute({ getParentRoute: () => root, id: "app" });
  const page = createRoute({
    getParentRoute: () => app,
    path: "/devices/$serialNumber",
    validateSearch: parameters({ events: ["failed"] }),
    component: DevicePage,
  });
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

test("shows facts, the rules, Apple's record and a timeline with Apple's dates and who acted", async () => {
  show("/devices/c02xk1zkjgh5", device); // in any case
  expect(await screen.findByRole("heading", { level: 1, name: "C02XK1ZKJGH5" })).toBeVisible();
  expect(screen.getByText("MacBook Air, Silver, Halden Schools")).toBeVisible();
  expect(screen.getByRole("region", { name: "Why this profile?" })).toHaveTextContent("Unassigned");
  expect(screen.getByRole("region", { name: "Apple's record" })).toHaveTextContent(
    '"device_assigned_by": "abm@halden.example"',
  );
  const timeline = within(screen.getByRole("region", { name: "Timeline" }));
  expect((await timeline.findAllByRole("listitem")).map((row) => row.textContent?.slice(0, 12))).toEqual([
    "Assignment f",
    "Changed4 Mar",
    "Came with th",
    "Assigned to ",
  ]);
  expect(timeline.getByText(/By/).closest("li")).toHaveTextContent("abm@halden.example");
  expect(timeline.getByRole("link", { name: "a sync" })).toHaveAttribute("href", "/sync/run_1");
});

test("the timeline narrows to what failed, and the URL says so", async () => {
  const { user, router } = show("/devices/C02XK1ZKJGH5", device);
  await user.click(await screen.findByRole("radio", { name: "Failures" }));
  await waitFor(() => expect(router.state.location.searchStr).toBe("?events=failed"));
  const timeline = within(screen.getByRole("region", { name: "Timeline" }));
  expect(timeline.getAllByRole("listitem")).toHaveLength(1);
});

test("a device that left ABM keeps its page, without actions", async () => {
  show("/devices/C02XK1ZKJGH5", { ...device, removedAt: "2024-06-01T08:00:00Z", assignmentStatus: "REMOVED" });
  expect(await screen.findByText("This device is no longer in Apple Business Manager")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Assign profile" })).toBeNull();
  expect(await screen.findByText("Assignment failed")).toBeVisible();
});

test("a serial number that nobody has says so, and leads on", async () => {
  show("/devices/C02NOBODY", null);
  expect(await screen.findByText("There is no device with this serial number")).toBeVisible();
  expect(screen.getByRole("link", { name: "Those that begin with C02N" })).toHaveAttribute(
    "href",
    "/devices?q=C02N&status=all",
  );
});

test("an enrollment manager clears its profile from the menu; a viewer cannot", async () => {
  const { user } = show("/devices/C02XK1ZKJGH5", device);
  await user.click(await screen.findByRole("button", { name: "More for C02XK1ZKJGH5" }));
  expect(await screen.findByRole("menuitem", { name: /^Remove own profile/ })).toHaveAttribute("aria-disabled", "true");
  await user.click(screen.getByRole("menuitem", { name: /^Clear profile at Apple/ }));
  expect(await screen.findByRole("dialog", { name: "Clear the profile of 1 device at Apple" })).toBeVisible();
});

test("who may only look has no actions", async () => {
  show("/devices/C02XK1ZKJGH5", device, "VIEWER");
  await screen.findByRole("heading", { level: 1 });
  expect(screen.queryByRole("button", { name: /More for/ })).toBeNull();
});
