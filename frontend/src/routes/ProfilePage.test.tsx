import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import { act, render, screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { OrganizationsProvider } from "../features/organizations/OrganizationsProvider";
import { type Session, SessionContext } from "../features/session/session";
import { SyncProvider } from "../features/sync/SyncProvider";
import { ApiProvider } from "../graphql/ApiContext";
import { type Answer, fakeApi, fakeSession, refusal } from "../testing/fakeApi";
import { ToastProvider } from "../ui/Toast";
import { ProfilePage } from "./ProfilePage";
import { parseSearch, stringifySearch } from "./search";

const user = userEvent.setup({ delay: null });

beforeEach(() => {
  HTMLElement.prototype.scrollIntoView = () => {}; // jsdom has none
});

const content = {
  __typename: "ADEProfileContent",
  isSupervised: false,
  isMandatory: true,
  isMdmRemovable: true,
  awaitDeviceConfigured: false,
  isMultiUser: false,
  autoAdvanceSetup: false,
  language: null,
  region: null,
  skipSetupItems: ["Siri"],
  department: "IT",
  supportPhoneNumber: null,
  supportEmailAddress: null,
  orgMagic: null,
  allowPairing: true,
  anchorCerts: [],
  supervisingHostCerts: [],
  doNotUseProfileFromBackup: false,
  isReturnToService: false,
  configurationWebUrl: null,
};

type Content = Partial<Omit<typeof content, "language" | "region">> & { language?: string; region?: string };

const json = (more: Content = {}) => {
  const keys = { ...content, ...more };
  return JSON.stringify(
    Object.fromEntries(
      Object.entries(keys)
        .filter(([field]) => field !== "__typename")
        .map(([field, value]) => [field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value]),
    ),
  );
};

const version = (number: number, more: Content = {}) => ({
  __typename: "ADEProfileVersion",
  id: `pver_${number}`,
  number,
  publishedAt: "2026-09-02T10:00:00Z",
  publishedBy: "Ana Ferreira",
  json: json(more),
  content: { ...content, ...more },
});

const profile = (more: object = {}) => ({
  __typename: "ADEProfile",
  id: "prof_1",
  name: "Mac Standard",
  platforms: ["MACOS"],
  minimumOS: [],
  otherMdm: null,
  publishedVersion: version(7),
  draft: null,
  warnings: [],
  deviceGroups: [],
  defaults: [],
  ownDevices: 0,
  registrations: [],
  ...more,
});

const batch = (more: object = {}) => ({
  __typename: "AssignmentBatch",
  id: "bat_1",
  cause: "PUBLISH",
  status: "RUNNING",
  title: "Mac Standard",
  requestedBy: "Ana Ferreira",
  devices: 14_227,
  counted: true,
  total: 14_227,
  succeeded: 0,
  failed: 0,
  createdAt: "2026-09-02T10:00:00Z",
  updatedAt: "2026-09-02T10:00:00Z",
  finishedAt: null,
  ...more,
});

const pane = (key: string, title: string, platforms: string[], more: object = {}) => ({
  __typename: "SetupAssistantPane",
  key,
  title,
  description: `About ${title}.`,
  availability: platforms.map((platform) => ({
    platform,
    since: "11.0",
    deprecatedSince: null,
    removedIn: null,
    notAlwaysSkippable: false,
    ...more,
  })),
});

const panes = [
  pane("AppleID", "Apple Account", ["IOS", "MACOS"]),
  pane("FileVault", "FileVault", ["MACOS"]),
  pane("Siri", "Siri", ["IOS", "MACOS"]),
  pane("ActionButton", "Action button", ["IOS"]),
];

type Options = { path?: string; session?: Session };

function open(
  answers: Record<string, Answer>,
  { path = "/profiles/prof_1", session = fakeSession("OPERATOR") }: Options = {},
) {
  const api = fakeApi({
    Organizations: { abmTokens: { nodes: [] } },
    AdeProfileDevices: { devices: { totalCount: 14_227 } },
    SetupAssistantPanes: { setupAssistantPanes: panes },
    ...answers,
  });
  globalThis.scrollTo = () => {}; // the router scrolls to the top; jsdom cannot
  const root = createRootRoute();
  const app = createRoute({ getParentRoute: () => root, id: "app" });
  const page = createRoute({ getParentRoute: () => app, path: "/profiles/$profileId", component: ProfilePage });
  const list = createRoute({ getParentRoute: () => app, path: "/profiles", component: () => "The list" });
  const router = createRouter({
    routeTree: root.addChildren([app.addChildren([page, list])]),
    history: createMemoryHistory({ initialEntries: [path] }),
    parseSearch,
    stringifySearch,
  });
  render(
    <ApiProvider api={api.api}>
      <SessionContext value={session}>
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
  return { ...api, router };
}

/** The profile as the server has it at the moment. */
const latest = (node: () => object) => () => ({ node: node() });

const region = async (name: string) => within(await screen.findByRole("region", { name }));
const inputs = (calls: { name: string; variables: object }[], name: string) =>
  calls.filter((call) => call.name === name).map(({ variables }) => (variables as { input: object }).input);

test("an edit waits until it is saved as a draft; the server gets what changed, and its answer is shown", async () => {
  let now = profile();
  const update = () => {
    now = profile({ draft: { ...content, isSupervised: true, isMdmRemovable: false, department: null } });
    return { updateADEProfile: { adeProfile: now, userErrors: [] } };
  };
  const { calls } = open({ AdeProfile: latest(() => now), UpdateADEProfile: update });
  const changes = await region("Changes");
  expect(changes.getByText("No changes")).toBeVisible();
  await user.click(screen.getByRole("switch", { name: "Lock MDM" }));
  await user.clear(screen.getByLabelText("Department"));
  // Apple refuses a lock without supervision, so that it comes with it and stays.
  expect(screen.getByRole("switch", { name: "Supervised" })).toBeChecked();
  expect(screen.getByRole("switch", { name: "Supervised" })).toBeDisabled();
  expect(changes.getByText("3 changes, not saved")).toBeVisible();
  expect(changes.getByText("Publishing makes v8 and moves 14,227 devices to it")).toBeVisible();
  expect(inputs(calls, "UpdateADEProfile")).toEqual([]);
  await user.keyboard("{Control>}s{/Control}");
  expect(await changes.findByText("3 changes in draft")).toBeVisible();
  expect(inputs(calls, "UpdateADEProfile")).toEqual([
    { adeProfileId: "prof_1", draft: true, isSupervised: true, isMdmRemovable: false, department: null },
  ]);
});

test("a minimum OS is set by platform; it is no key of Apple's", async () => {
  const { calls } = open({
    AdeProfile: { node: profile({ minimumOS: [{ platform: "IOS", version: "26" }] }) },
    UpdateADEProfile: { updateADEProfile: { adeProfile: profile(), userErrors: [] } },
  });
  const card = await region("Minimum OS");
  // Meant for Macs; what is set for others is shown as well.
  expect(card.getAllByRole("textbox").map((input) => (input as HTMLInputElement).labels?.[0]?.textContent)).toEqual([
    "iOS",
    "macOS",
  ]);
  await user.type(card.getByLabelText("macOS"), "15.");
  await user.tab();
  expect(card.getByText("Up to three numbers, such as 26 or 26.1.")).toBeVisible();
  await user.type(card.getByLabelText("macOS"), "2");
  expect((await region("Changes")).getByText("Not saved")).toBeVisible();
  await user.keyboard("{Control>}s{/Control}");
  await waitFor(() => expect(inputs(calls, "UpdateADEProfile")).toHaveLength(1));
  expect(inputs(calls, "UpdateADEProfile")[0]).toEqual({
    adeProfileId: "prof_1",
    draft: true,
    minimumOS: [
      { platform: "IOS", version: "26" },
      { platform: "MACOS", version: "15.2" },
    ],
  });
});

test("another MDM server is chosen; it is no key of Apple's", async () => {
  const { calls } = open({
    AdeProfile: { node: profile() },
    OtherMdmNames: { otherMDMs: [{ __typename: "OtherMDM", id: "omd_1", name: "NanoMDM" }] },
    UpdateADEProfile: { updateADEProfile: { adeProfile: profile(), userErrors: [] } },
  });
  const card = await region("MDM server");
  await card.findByRole("option", { name: "NanoMDM" });
  await user.selectOptions(card.getByLabelText("Devices enroll with"), "NanoMDM");
  expect((await region("Changes")).getByText("Not saved")).toBeVisible();
  await user.keyboard("{Control>}s{/Control}");
  await waitFor(() => expect(inputs(calls, "UpdateADEProfile")).toHaveLength(1));
  expect(inputs(calls, "UpdateADEProfile")[0]).toEqual({ adeProfileId: "prof_1", draft: true, otherMdmId: "omd_1" });
});

/** A line of JSON, whose parts are told apart. */
const lineOf = (card: Awaited<ReturnType<typeof region>>, line: string) =>
  card.getAllByRole("listitem").find(({ textContent }) => textContent?.includes(line));

test("shows what Apple receives, and what differs from the published version", async () => {
  open({ AdeProfile: { node: profile({ draft: { ...content, isMandatory: false } }) } });
  const card = await region("What Apple receives");
  expect(lineOf(card, '"is_mandatory": false,')).toBeVisible();
  expect(lineOf(card, '"profile_name": "Mac Standard",')).toBeVisible();
  await user.click(card.getByRole("radio", { name: "Diff to v7" }));
  expect(lineOf(card, '"is_mandatory": true,')).toHaveTextContent("removed:");
  expect(lineOf(card, '"is_mandatory": false,')).toHaveTextContent("added:");
});

test("explains both ways to enroll, and sets what they stand for", async () => {
  const { calls } = open({
    AdeProfile: { node: profile() },
    UpdateADEProfile: { updateADEProfile: { adeProfile: profile(), userErrors: [] } },
  });
  const type = within(await screen.findByRole("group", { name: "Enrollment type" }));
  expect(type.getByRole("radio", { name: /^Automated.*nobody can skip it.*Macs on Ethernet/ })).toBeChecked();
  expect(screen.getByText(/^Advancing by itself is off/)).toBeVisible();
  await user.click(type.getByRole("radio", { name: /^User-initiated.*On a Mac they can skip it/ }));
  expect(screen.queryByLabelText("Language")).toBeNull();
  await user.click(type.getByRole("radio", { name: /^Automated/ }));
  expect(screen.getByRole("switch", { name: "Advance Setup Assistant by itself" })).toBeChecked();
  expect(screen.queryByText(/^Advancing by itself is off/)).toBeNull();
  await user.type(screen.getByLabelText("Language"), "PT");
  await user.type(screen.getByLabelText("Region"), "pt");
  await user.click(screen.getByRole("button", { name: "Save draft" }));
  await waitFor(() => expect(inputs(calls, "UpdateADEProfile")).toHaveLength(1));
  expect(inputs(calls, "UpdateADEProfile")[0]).toMatchObject({ autoAdvanceSetup: true, language: "pt", region: "PT" });
});

test("what the server refuses stands at its field, with the way there from other sections", async () => {
  const message = "The address of the web page does not begin with https://.";
  open(
    {
      AdeProfile: { node: profile() },
      UpdateADEProfile: {
        updateADEProfile: {
          adeProfile: null,
          userErrors: [{ field: ["configurationWebUrl"], message, hint: "Use an https URL." }],
        },
      },
    },
    { path: "/profiles/prof_1?section=signin" },
  );
  await user.type(await screen.findByLabelText("Address of the page"), "http://login.example");
  await user.click(screen.getByRole("button", { name: "Save draft" }));
  expect(await screen.findByLabelText("Address of the page")).toHaveAccessibleDescription(
    expect.stringContaining(`${message} Use an https URL.`),
  );
  await user.click(screen.getByRole("link", { name: /^Behavior/ }));
  const alert = within(await screen.findByRole("alert"));
  expect(alert.getByText(message, { exact: false })).toBeVisible();
  await user.click(alert.getByRole("link", { name: "Sign-in page" }));
  // The edit is still there.
  expect(await screen.findByLabelText("Address of the page")).toHaveValue("http://login.example");
});

test("publishing saves first, says what happens, and shows how the devices move", async () => {
  let now = profile({ draft: { ...content, isMandatory: false } });
  const update = () => ({ updateADEProfile: { adeProfile: now, userErrors: [] } });
  const publish = () => {
    now = profile({
      publishedVersion: version(8, { isMandatory: false }),
      registrations: [
        {
          __typename: "ADEProfileRegistration",
          abmToken: { __typename: "ABMToken", id: "abm_1", name: "Halden Schools" },
          version: { __typename: "ADEProfileVersion", id: "pver_8", number: 8 },
          appleProfileUuid: null,
          registeredAt: null,
          url: "https://mdm.example/enroll/ade/1",
          nextAttemptAt: null,
          error: {
            __typename: "UserError",
            code: "CONFIG_URL_INVALID",
            message: "Apple refused the address.",
            hint: null,
          },
        },
      ],
    });
    return { publishADEProfile: { adeProfile: now, assignmentBatch: batch(), userErrors: [] } };
  };
  const { calls, push } = open({ AdeProfile: latest(() => now), UpdateADEProfile: update, PublishADEProfile: publish });
  await user.type(await screen.findByLabelText("Support phone"), "1");
  await user.click(screen.getByRole("button", { name: "Publish" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Publish Mac Standard v8" }));
  expect(dialog.getByText("2 keys differ from version 7.")).toBeVisible();
  expect(await dialog.findByText("14,227 devices")).toBeVisible();
  await user.click(dialog.getByRole("button", { name: "Publish" }));
  const published = within(await screen.findByRole("dialog", { name: "Published Mac Standard v8" }));
  expect(calls.map(({ name }) => name).filter((name) => /^(Update|Publish)/.test(name))).toEqual([
    "UpdateADEProfile",
    "PublishADEProfile",
  ]);
  expect(await published.findByText("Refused: CONFIG_URL_INVALID")).toBeVisible();
  act(() =>
    push("AssignmentProgress", {
      assignmentProgress: batch({ succeeded: 11_240, updatedAt: "2026-09-02T10:00:09Z" }),
    }),
  );
  expect(await published.findByText("11,240 of 14,227 devices")).toBeVisible();
  expect(published.getByRole("button", { name: "Stop" })).toBeVisible();
  await user.click(published.getByRole("button", { name: "Run in background" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

test("a version that is refused stays a draft, and says where to mend it", async () => {
  open({
    AdeProfile: { node: profile({ draft: { ...content, isMandatory: false } }) },
    PublishADEProfile: {
      publishADEProfile: {
        adeProfile: null,
        assignmentBatch: null,
        userErrors: [{ field: ["skipSetupItems"], message: "The pane Siri is named twice.", hint: null }],
      },
    },
  });
  await user.click(await screen.findByRole("button", { name: "Publish" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Publish Mac Standard v8" }));
  await user.click(dialog.getByRole("button", { name: "Publish" }));
  const alert = within(await dialog.findByRole("alert"));
  expect(alert.getByText(/named twice. Version 7 stays in use/)).toBeVisible();
  await user.click(alert.getByRole("button", { name: "Go to the field" }));
  expect(await screen.findByRole("region", { name: "Setup Assistant" })).toBeVisible();
});

test("panes are switched by key, found by name, and skipped by presets", async () => {
  const { calls, router } = open(
    {
      AdeProfile: { node: profile() },
      UpdateADEProfile: { updateADEProfile: { adeProfile: profile(), userErrors: [] } },
    },
    { path: "/profiles/prof_1?section=setup" },
  );
  const panesHere = async () => within(await screen.findByRole("list", { name: "Panes of Mac" }));
  expect((await panesHere()).getAllByRole("listitem")).toHaveLength(3);
  const siri = (await panesHere()).getByRole("checkbox", { name: "Siri Skipped" });
  expect(siri).not.toBeChecked();
  siri.focus();
  await user.keyboard(" ");
  expect((await panesHere()).getByRole("checkbox", { name: "Siri Shown" })).toBeChecked();
  await user.click(screen.getByRole("button", { name: "Skip all" }));
  expect((await panesHere()).getAllByRole("checkbox", { checked: false })).toHaveLength(3);
  await user.click(screen.getByRole("button", { name: "Preset" }));
  await user.click(await screen.findByRole("menuitem", { name: /^Minimal/ }));
  expect((await panesHere()).getByRole("checkbox", { name: "Apple Account Shown" })).toBeChecked();
  await user.type(screen.getByRole("searchbox", { name: "Pane or Apple's key" }), "filev");
  expect((await panesHere()).getAllByRole("listitem")).toHaveLength(1);
  await user.type(screen.getByLabelText("Apple's key"), "BrandNew{Enter}");
  expect(screen.getByRole("list", { name: "Other keys that are skipped" })).toHaveTextContent("BrandNew");
  await user.click(screen.getByRole("radio", { name: "iPhone and iPad 3" }));
  await waitFor(() => expect(router.state.location.search).toEqual({ section: "setup", os: "ios" }));
  await user.click(screen.getByRole("button", { name: "Save draft" }));
  await waitFor(() => expect(inputs(calls, "UpdateADEProfile")).toHaveLength(1));
  expect(inputs(calls, "UpdateADEProfile")[0]).toMatchObject({ skipSetupItems: ["Siri", "BrandNew"] });
});

test("panes are copied from another profile", async () => {
  open(
    {
      AdeProfile: { node: profile() },
      AdeProfileSkippedPanes: {
        adeProfiles: {
          nodes: [
            profile(),
            profile({
              id: "prof_2",
              name: "Kiosk",
              publishedVersion: version(1, { skipSetupItems: ["AppleID", "Siri"] }),
            }),
          ],
        },
      },
    },
    { path: "/profiles/prof_1?section=setup" },
  );
  await user.click(await screen.findByRole("button", { name: "Preset" }));
  await user.click(await screen.findByRole("menuitem", { name: "Copy from another profile" }));
  const dialog = within(await screen.findByRole("dialog"));
  expect(await dialog.findByText("It skips 2 panes.")).toBeVisible();
  await user.click(dialog.getByRole("button", { name: "Copy panes" }));
  expect(await screen.findByRole("checkbox", { name: "Apple Account Skipped" })).not.toBeChecked();
});

test("an earlier version is shown beside the present one, and can be published again", async () => {
  const { calls } = open(
    {
      AdeProfile: { node: profile() },
      AdeProfileVersions: {
        adeProfileVersions: {
          nodes: [version(7), version(6, { isSupervised: true })],
          pageInfo: { hasNextPage: false },
        },
      },
      PublishADEProfile: {
        publishADEProfile: {
          adeProfile: profile({ publishedVersion: version(8, { isSupervised: true }) }),
          assignmentBatch: null,
          userErrors: [],
        },
      },
    },
    { path: "/profiles/prof_1?section=versions" },
  );
  await user.click(await screen.findByRole("link", { name: "v6" }));
  const earlier = await region("Version 6");
  expect(earlier.getByText("Beside version 7")).toBeVisible();
  expect(lineOf(earlier, '"is_supervised": true,')).toHaveTextContent("added:");
  await user.click(earlier.getByRole("button", { name: "Publish it again" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Publish Mac Standard v6 again" }));
  expect(dialog.getByText("1 key differs from version 7.")).toBeVisible();
  await user.click(dialog.getByRole("button", { name: "Publish" }));
  expect(await screen.findByText(/No device has to be moved/)).toBeVisible();
  expect(inputs(calls, "PublishADEProfile")).toEqual([{ adeProfileId: "prof_1", versionId: "pver_6" }]);
});

const used = {
  defaults: [
    { __typename: "DefaultADEProfile", id: "def_1", platform: "IOS", abmToken: null },
    { __typename: "DefaultADEProfile", id: "def_2", platform: "IPADOS", abmToken: null },
    {
      __typename: "DefaultADEProfile",
      id: "def_3",
      platform: "MACOS",
      abmToken: { __typename: "ABMToken", id: "abm_1", name: "Halden" },
    },
  ],
  deviceGroups: [{ __typename: "DeviceGroup", id: "grp_1", name: "Faculty" }],
  ownDevices: 14,
};

test("a profile in use is deleted once it is said what its devices get", async () => {
  const names = [
    profile(used),
    profile({ id: "prof_2", name: "Kiosk" }),
    profile({ id: "prof_3", name: "New", publishedVersion: null }),
  ];
  const { calls, router } = open({
    AdeProfile: { node: profile(used) },
    AdeProfileNames: { adeProfiles: { nodes: names } },
    DeleteADEProfile: { deleteADEProfile: { deletedId: "prof_1", userErrors: [] } },
  });
  const openDialog = async () => {
    await user.click(await screen.findByRole("button", { name: "More for Mac Standard" }));
    await user.click(await screen.findByRole("menuitem", { name: "Delete" }));
    return within(await screen.findByRole("dialog", { name: "Delete Mac Standard" }));
  };
  const dialog = await openDialog();
  expect(await dialog.findByText("14,227 devices have")).toBeVisible();
  expect(dialog.getByText("OS default: iOS / iPadOS, macOS of Halden")).toBeVisible();
  expect(dialog.getByText("Group: Faculty")).toBeVisible();
  expect(dialog.getByText("Own choice of 14 devices")).toBeVisible();
  // Many devices would be Unassigned: the number has to be typed.
  await user.click(dialog.getByRole("button", { name: "Delete" }));
  expect(inputs(calls, "DeleteADEProfile")).toEqual([]);
  await user.click(dialog.getByRole("radio", { name: /^Another profile/ }));
  expect(dialog.getByLabelText("Profile that takes its place")).toHaveTextContent("Kiosk");
  expect(dialog.queryByText("New")).toBeNull();
  await user.click(dialog.getByRole("button", { name: "Delete" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/profiles"));
  expect(inputs(calls, "DeleteADEProfile")).toEqual([{ adeProfileId: "prof_1", replaceWithId: "prof_2" }]);
});

test("falling back is for those who type how many devices it concerns", async () => {
  const { calls } = open({
    AdeProfile: { node: profile(used) },
    AdeProfileNames: { adeProfiles: { nodes: [profile(used)] } },
    DeleteADEProfile: { deleteADEProfile: { deletedId: null, userErrors: [{ message: "It is busy.", hint: null }] } },
  });
  await user.click(await screen.findByRole("button", { name: "More for Mac Standard" }));
  await user.click(await screen.findByRole("menuitem", { name: "Delete" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Delete Mac Standard" }));
  await user.type(await dialog.findByLabelText("Type 14227 to confirm"), "14227");
  await user.click(dialog.getByRole("button", { name: "Delete" }));
  expect(await dialog.findByText("It is busy.")).toBeVisible();
  expect(inputs(calls, "DeleteADEProfile")).toEqual([{ adeProfileId: "prof_1", fallBack: true }]);
});

test("a draft is thrown away on demand", async () => {
  let now = profile({ draft: { ...content, isMandatory: false } });
  const discard = () => {
    now = profile();
    return { discardADEProfileDraft: { adeProfile: now, userErrors: [] } };
  };
  const { calls } = open({ AdeProfile: latest(() => now), DiscardADEProfileDraft: discard });
  await user.click(await screen.findByRole("button", { name: "Discard" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Discard the draft of Mac Standard" }));
  await user.click(dialog.getByRole("button", { name: "Discard" }));
  expect(await screen.findByText("No changes")).toBeVisible();
  expect(inputs(calls, "DiscardADEProfileDraft")).toEqual([{ adeProfileId: "prof_1" }]);
});

test("asks before edits are lost on the way to another page", async () => {
  const { router } = open({ AdeProfile: { node: profile() } });
  await user.type(await screen.findByLabelText("Department"), "!");
  await user.click(screen.getByRole("link", { name: "ADE profiles" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Leave Mac Standard without saving" }));
  await user.click(dialog.getByRole("button", { name: "Cancel" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(screen.getByLabelText("Department")).toHaveValue("IT!");
  await user.click(screen.getByRole("link", { name: "ADE profiles" }));
  await user.click(await screen.findByRole("button", { name: "Leave" }));
  expect(await screen.findByText("The list")).toBeVisible();
  expect(router.state.location.pathname).toBe("/profiles");
});

test("viewers read everything and can change nothing", async () => {
  open(
    {
      AdeProfile: {
        node: profile({ ...used, warnings: [{ field: "skipSetupItems", message: "GuardMDM knows no pane X." }] }),
      },
    },
    { session: fakeSession("VIEWER") },
  );
  const behavior = await region("Behavior");
  expect(behavior.getByText("Lock MDM")).toBeVisible();
  expect(screen.queryByRole("switch")).toBeNull();
  expect(screen.queryByRole("textbox")).toBeNull();
  expect(screen.queryByRole("button", { name: /Publish|Save|Discard|More for/ })).toBeNull();
  const warnings = await region("Warnings");
  await user.click(warnings.getByRole("link", { name: "Setup Assistant" }));
  expect(await screen.findByRole("list", { name: "Panes of Mac" })).toBeVisible();
  expect(screen.queryByRole("checkbox")).toBeNull();
  await user.click(screen.getByRole("link", { name: "Use" }));
  expect(await screen.findByText("iOS / iPadOS, macOS of Halden")).toBeVisible();
});

test("on a phone a profile is read", async () => {
  vi.stubGlobal("matchMedia", (query: string) => ({
    matches: query.includes("<"),
    addEventListener() {},
    removeEventListener() {},
  }));
  open({ AdeProfile: { node: profile() } });
  expect(await screen.findByText("Edit on a larger screen")).toBeVisible();
  expect(screen.queryByRole("switch")).toBeNull();
  vi.unstubAllGlobals();
});

test("says when there is no such profile", async () => {
  const refuse = () => {
    throw refusal("BAD_USER_INPUT", "This is no identifier.");
  };
  open({ AdeProfile: refuse });
  expect(await screen.findByText("There is no such profile")).toBeVisible();
});
