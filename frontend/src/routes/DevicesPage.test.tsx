import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import { cleanup, render, screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { OrganizationsProvider } from "../features/organizations/OrganizationsProvider";
import { SessionContext } from "../features/session/session";
import { SyncProvider } from "../features/sync/SyncProvider";
import type { Role } from "../gql/graphql";
import { ApiProvider } from "../graphql/ApiContext";
import { type Answer, fakeApi, fakeSession } from "../testing/fakeApi";
import { ToastProvider } from "../ui/Toast";
import { DevicesPage } from "./DevicesPage";
import { parseSearch, stringifySearch } from "./search";

beforeEach(() => {
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe() {}
      disconnect() {}
    },
  );
  vi.spyOn(Element.prototype, "clientHeight", "get").mockReturnValue(720);
});
afterEach(() => void vi.unstubAllGlobals());

const token = {
  __typename: "ABMToken",
  id: "abm_1",
  name: "Halden Schools",
  state: "ACTIVE",
  deviceCount: 4,
  lastRun: null,
};
const serials = ["C02A", "C02B", "C02C", "C02D"];
const devices = serials.map((serialNumber, place) => ({
  __typename: "Device",
  id: `dev_${place}`,
  serialNumber,
  model: "MacBook Air",
  color: "",
  assetTag: "",
  deviceFamily: "Mac",
  platform: "MACOS",
  deviceAssignedAt: null,
  deviceAssignedBy: "",
  addedAt: "2026-09-17T12:00:00Z",
  changedAt: "2026-09-17T12:00:00Z",
  removedAt: null,
  profileSource: place === 3 ? "NONE" : "PLATFORM_DEFAULT",
  assignmentStatus: place === 3 ? "UNASSIGNED" : "PUSHED",
  enrollmentStatus: place === 0 ? "ENROLLED" : "NOT_ENROLLED",
  adeProfile: place === 3 ? null : { __typename: "ADEProfile", id: "ade_1", name: "Mac Standard" },
  abmToken: token,
}));

function show(path: string, role: Role = "OPERATOR", more: Record<string, Answer> = {}) {
  globalThis.scrollTo = () => {}; // the router scrolls to the top; jsdom cannot
  const fake = fakeApi({
    Organizations: { abmTokens: { nodes: [token] } },
    DevicePage: { devices: { nodes: devices, pageInfo: { startCursor: "a", endCursor: "d", hasNextPage: false } } },
    DeviceCount: { devices: { totalCount: 12_483 } },
    ProfileNames: {
      adeProfiles: {
        nodes: [{ __typename: "ADEProfile", id: "ade_1", name: "Mac Standard" }],
        pageInfo: { hasNextPage: false, endCursor: null },
      },
    },
    GroupNames: {
      deviceGroups: {
        nodes: [{ __typename: "DeviceGroup", id: "grp_1", name: "Faculty" }],
        pageInfo: { hasNextPage: false, endCursor: null },
      },
    },
    ProfileChoices: { adeProfiles: { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } } },
    ...more,
  });
  const root = createRootRoute();
  const app = createRoute({ getParentRoute: () => root, id: "app" });
  const page = createRoute({ getParentRoute: () => app, path: "/devices", component: DevicesPage });
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
  const wheres = () => fake.calls.filter(({ name }) => name === "DevicePage").map(({ variables }) => variables.where);
  return { ...fake, router, wheres, user: userEvent.setup() };
}

const bar = () => screen.findByRole("region", { name: "Selected devices" });
const picked = () => screen.queryAllByRole("row", { selected: true }).map((row) => row.textContent?.slice(0, 4));

test("each row says which profile the device has, why, and whether Apple has it so", async () => {
  show("/devices");
  const rows = await screen.findAllByRole("row", { name: /C02/ });
  expect(rows[0]).toHaveTextContent("Mac StandardOS defaultPushedEnrolled");
  expect(rows[3]).toHaveTextContent("No profileNo matchUnassignedNot enrolled");
});

test("on a phone the filters wait behind a button, until one of them is set", async () => {
  vi.stubGlobal("matchMedia", (query: string) => ({
    matches: query.includes("<"),
    addEventListener() {},
    removeEventListener() {},
  }));
  const { user } = show("/devices");
  await user.click(await screen.findByRole("button", { name: "Filters" }));
  expect(screen.getByRole("button", { name: /^Platform ?All$/ })).toBeVisible();
  expect(screen.queryByRole("button", { name: "Columns" })).toBeNull(); // cards have none
  cleanup();
  show("/devices?platform=MACOS");
  expect(await screen.findByRole("button", { name: /^Platform ?macOS$/ })).toBeVisible();
  expect(screen.queryByRole("button", { name: "Filters" })).toBeNull();
  vi.unstubAllGlobals();
});

test("rows are picked by their boxes and by keys, then all that match; Escape lets go", async () => {
  const { user } = show("/devices");
  await user.click(await screen.findByRole("checkbox", { name: "Select C02A" }));
  expect(await within(await bar()).findByText("1 selected")).toBeVisible();
  (screen.getAllByRole("row", { name: /C02/ })[0] as HTMLElement).focus();
  await user.keyboard("jj{Shift>}X{/Shift}");
  expect(picked()).toEqual(["C02A", "C02B", "C02C"]);

  await user.click(await screen.findByRole("button", { name: "Select all 12,483 matching" }));
  expect(within(await bar()).getByText("All 12,483 matching selected")).toBeVisible();
  expect(picked()).toEqual(serials);
  await user.click(screen.getByRole("checkbox", { name: "Select C02B" }));
  expect(within(await bar()).getByText("All 12,482 matching selected")).toBeVisible();
  await user.keyboard("{Escape}");
  await waitFor(() => expect(picked()).toEqual([]));
});

test("A begins to assign to what is picked", async () => {
  const { user } = show("/devices");
  await user.click(await screen.findByRole("checkbox", { name: "Select the loaded devices" }));
  await bar();
  await user.keyboard("a");
  expect(await screen.findByRole("dialog", { name: "Assign a profile to 4 devices" })).toBeVisible();
});

test("another filter is another list: nothing of it is picked", async () => {
  const { user, router, wheres } = show("/devices");
  await user.click(await screen.findByRole("checkbox", { name: "Select C02A" }));
  await bar();
  await user.click(screen.getByRole("button", { name: /^Source/ }));
  await user.click(await screen.findByRole("menuitemcheckbox", { name: "OS default" }));
  await waitFor(() => expect(wheres().at(-1)).toEqual({ removedAtIsNil: true, profileSource: "PLATFORM_DEFAULT" }));
  expect(router.state.location.searchStr).toBe("?source=PLATFORM_DEFAULT");
  await waitFor(() => expect(screen.queryByRole("region", { name: "Selected devices" })).toBeNull());
});

test("the URL's profile and group are named, and asked for", async () => {
  const { wheres } = show("/devices?profile=ade_1&group=grp_1&assignment=FAILED");
  expect(await screen.findByRole("button", { name: /^Profile ?Mac Standard/ })).toBeVisible();
  expect(screen.getByRole("button", { name: /^Group ?Faculty/ })).toBeVisible();
  expect(screen.getByRole("button", { name: /^Assignment ?Retrying, Apple failed/ })).toBeVisible();
  expect(wheres()[0]).toEqual({
    removedAtIsNil: true,
    assignmentStatus: "FAILED",
    adeProfileId: "ade_1",
    deviceGroupId: "grp_1",
  });
});

test("who may only look has nothing to pick", async () => {
  show("/devices", "VIEWER");
  await screen.findAllByRole("row", { name: /C02/ });
  expect(screen.queryByRole("checkbox")).toBeNull();
});

test("what was removed from ABM takes no profile", async () => {
  show("/devices?status=removed");
  await screen.findAllByRole("row", { name: /C02/ });
  expect(screen.queryByRole("checkbox")).toBeNull();
});

test("columns are chosen and moved; the URL keeps them", async () => {
  const { user, router } = show("/devices");
  await screen.findAllByRole("row", { name: /C02/ });
  await user.click(screen.getByRole("button", { name: "Columns" }));
  const panel = within(await screen.findByRole("dialog", { name: "Columns" }));
  await user.click(panel.getByRole("checkbox", { name: "Changed" }));
  await user.click(panel.getByRole("checkbox", { name: "Asset tag" }));
  await waitFor(() =>
    expect(router.state.location.searchStr).toBe("?cols=model,platform,profile,assignment,enrollment,added,assetTag"),
  );
  await user.click(panel.getByRole("button", { name: "Move Model to the right" }));
  await waitFor(() =>
    expect(screen.getAllByRole("columnheader", { hidden: true }).map((header) => header.textContent)).toEqual([
      "Serial",
      "Platform",
      "Model",
      "ADE profile",
      "Assignment",
      "Enrollment",
      "Added",
      "Asset tag",
    ]),
  );
  await user.click(panel.getByRole("button", { name: "Usual columns" }));
  await waitFor(() => expect(router.state.location.searchStr).toBe(""));
});

test("a view is saved, changed, renamed and deleted, in this browser", async () => {
  const { user, router } = show("/devices?platform=MACOS");
  await screen.findAllByRole("row", { name: /C02/ });
  await user.click(screen.getByRole("button", { name: "Save view" }));
  await user.type(await screen.findByLabelText("Name of the view"), "Macs{Enter}");
  const tab = await screen.findByRole("link", { name: /^Macs/ });
  await waitFor(() => expect(tab).toHaveAttribute("aria-current", "page"));
  expect(router.state.location.search).toEqual({ platform: "MACOS", view: "v1" });

  await user.click(screen.getByRole("button", { name: /^Source/ }));
  await user.click(await screen.findByRole("menuitemcheckbox", { name: "OS default" }));
  await user.click(await screen.findByRole("button", { name: "Save changes" }));
  await waitFor(() => expect(screen.queryByRole("button", { name: "Save changes" })).toBeNull());
  expect(JSON.parse(localStorage.getItem("guardmdm.views.usr_ana") ?? "")).toEqual([
    { id: "v1", name: "Macs", search: { platform: "MACOS", source: "PLATFORM_DEFAULT" } },
  ]);

  await user.click(screen.getByRole("link", { name: /^All devices/ }));
  await waitFor(() => expect(router.state.location.search).toEqual({}));
  await user.click(screen.getByRole("link", { name: /^Macs/ }));
  await waitFor(() => expect(router.state.location.search).toMatchObject({ source: "PLATFORM_DEFAULT", view: "v1" }));

  await user.click(await screen.findByRole("button", { name: "More for the view Macs" }));
  await user.click(await screen.findByRole("menuitem", { name: /^Delete view/ }));
  await waitFor(() => expect(screen.queryByRole("link", { name: /^Macs/ })).toBeNull());
  expect(localStorage.getItem("guardmdm.views.usr_ana")).toBeNull();
});

test.each([
  { filter: "Group", answer: "GroupNames", list: "deviceGroups", typename: "DeviceGroup", condition: "deviceGroupId" },
  { filter: "Profile", answer: "ProfileNames", list: "adeProfiles", typename: "ADEProfile", condition: "adeProfileId" },
])("of a thousand names the filter $filter shows some, and finds all by a part of them", async (one) => {
  const names: Answer = ({ after }) => {
    const from = Number(after ?? 0);
    return {
      [one.list]: {
        nodes: Array.from({ length: 200 }, (_, n) => ({
          __typename: one.typename,
          id: `id_${from + n}`,
          name: `Name ${from + n}`,
        })),
        pageInfo: { hasNextPage: from < 800, endCursor: String(from + 200) },
      },
    };
  };
  const { user, wheres } = show("/devices", "OPERATOR", { [one.answer]: names });
  await user.click(await screen.findByRole("button", { name: new RegExp(`^${one.filter} ?All`) }));
  const search = await screen.findByRole("searchbox", { name: `Search by name: ${one.filter}` });
  const list = screen.getByRole("list", { name: one.filter });
  expect(within(list).getAllByRole("button")).toHaveLength(51);
  expect(screen.getByText("950 more: type a part of the name")).toBeVisible();
  await user.type(search, "e 99");
  await user.click(within(list).getByRole("button", { name: "Name 997" }));
  await waitFor(() => expect(wheres().at(-1)).toMatchObject({ [one.condition]: "id_997" }));
  expect(await screen.findByRole("button", { name: new RegExp(`^${one.filter} ?Name 997`) })).toBeVisible();
});
