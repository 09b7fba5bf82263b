import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { type Answer, fakeSession, renderWithApi } from "../../testing/fakeApi";
import type { Organization } from "../organizations/OrganizationsProvider";
import { DefaultsMatrix } from "./DefaultsMatrix";
import { RuleOrder } from "./RuleOrder";

const user = userEvent.setup({ delay: null });

const organization = (id: string, name: string, deviceCount: number) => ({ id, name, deviceCount }) as Organization;
const halden = organization("abm_1", "Halden Schools", 970);
const brightline = organization("abm_2", "Brightline Health", 45);

const kiosk = { __typename: "ADEProfile", id: "prof_tv", name: "Kiosk TV" };
const slot = (platform: string, adeProfile: object, abmTokenId?: string) => ({
  __typename: "DefaultADEProfile",
  id: `${platform} ${abmTokenId}`,
  platform,
  adeProfile,
  abmToken: abmTokenId ? { __typename: "ABMToken", id: abmTokenId } : null,
});

const count = (totalCount: number) => ({ __typename: "DeviceConnection", totalCount });
const nothing = Object.fromEntries(
  ["ios", "macos", "tvos", "visionos"].flatMap((system) => [
    [`${system}Waiting`, count(0)],
    [`${system}ByDefault`, count(0)],
  ]),
);

/** Halden has Apple TVs with a default; Brightline has 37 without, and 8 Macs in groups. */
const rows: Answer = ({ abmTokenId }) =>
  abmTokenId === "abm_1"
    ? {
        fleetSummary: { platforms: [{ platform: "TVOS", devices: 970 }] },
        ...nothing,
        tvosByDefault: count(962),
      }
    : {
        fleetSummary: {
          platforms: [
            { platform: "TVOS", devices: 37 },
            { platform: "MACOS", devices: 8 },
          ],
        },
        ...nothing,
        tvosWaiting: count(37),
      };

const choice = (id: string, name: string, platforms: string[], number: number | null) => ({
  __typename: "ADEProfile",
  id,
  name,
  platforms,
  publishedVersion: number && { __typename: "ADEProfileVersion", id: `${id}_${number}`, number },
});

const names = {
  adeProfiles: {
    nodes: [
      choice("prof_mac", "Mac Standard", ["MACOS"], 7),
      choice("prof_tv", "Kiosk TV", ["TVOS"], 1),
      choice("prof_new", "Conference room TV", ["TVOS"], null),
    ],
  },
};

const preview = (devices: number) => ({
  assignmentPreview: {
    preview: {
      __typename: "AssignmentPreview",
      devices,
      changes: [{ devices, from: null, to: kiosk }],
      unchanged: 0,
      observed: 0,
      foreign: 0,
      activated: 2,
      throttled: 0,
      warnings: [{ field: "language", message: "Setup without a touch stops at the language pane." }],
    },
    userErrors: [],
  },
});

const open = (answers: Record<string, Answer>, role: "OPERATOR" | "VIEWER" = "OPERATOR") =>
  renderWithApi(<DefaultsMatrix organizations={[halden, brightline]} />, {
    answers: { OsDefaultsRow: rows, AdeProfileNames: names, ...answers },
    session: fakeSession(role),
  });

test("says per organization and system what applies; only where devices wait it is amber", async () => {
  const ios = { __typename: "ADEProfile", id: "prof_ios", name: "Student iPad" };
  open({
    OsDefaults: {
      defaultADEProfiles: [slot("IOS", ios), slot("IPADOS", ios), slot("TVOS", kiosk, "abm_1")],
    },
  });
  const row = async (name: RegExp) => within(await screen.findByRole("row", { name }));
  const first = await row(/^Halden Schools/);
  expect(await first.findByRole("button", { name: /^Apple TV, Halden Schools: Kiosk TV 962 of 970/ })).toBeVisible();
  expect(first.getByRole("button", { name: /Student iPad Inherited, no devices/ })).toBeVisible();
  const second = await row(/^Brightline Health/);
  const waiting = await second.findByRole("button", { name: /No default 37 devices wait/ });
  const calm = second.getByRole("button", {
    name: /^Mac, Brightline Health: No default 8 devices, other rules decide/,
  });
  expect(waiting).toHaveClass("bg-warn-soft");
  expect(calm).not.toHaveClass("bg-warn-soft");
  const all = await row(/^All organizations/);
  expect(all.getByRole("button", { name: /Student iPad Where none is set below/ })).toBeVisible();
});

test("a default is chosen after seeing what it does, and its devices are followed", async () => {
  let defaults: object[] = [];
  const set = () => {
    const set = slot("TVOS", kiosk, "abm_2");
    defaults = [set];
    return {
      setDefaultADEProfile: {
        defaultADEProfile: set,
        assignmentBatch: {
          __typename: "AssignmentBatch",
          id: "bat_1",
          cause: "DEFAULT",
          status: "RUNNING",
          title: "Kiosk TV",
          requestedBy: "Ana Ferreira",
          devices: 37,
          counted: true,
          total: 37,
          succeeded: 5,
          failed: 0,
          createdAt: "2026-09-02T10:00:00Z",
          updatedAt: "2026-09-02T10:00:00Z",
          finishedAt: null,
        },
        userErrors: [],
      },
    };
  };
  const answer = () => ({ defaultADEProfiles: defaults });
  const { calls } = open({
    OsDefaults: answer,
    AssignmentPreview: preview(37),
    SetDefaultADEProfile: set,
  });
  await user.click(await screen.findByRole("button", { name: /37 devices wait/ }));
  const dialog = within(await screen.findByRole("dialog", { name: "Choose the tvOS default of Brightline Health" }));
  const choices = await dialog.findAllByRole("radio");
  // Those meant for the system come first; what is not published cannot be chosen.
  expect(choices.map((radio) => radio.closest("label")?.textContent)).toEqual([
    "Kiosk TV",
    "Mac StandardMeant for macOS",
    "No defaultDevices that no other rule decides for are Unassigned",
  ]);
  expect(dialog.getByText(/1 profile is not published yet/)).toBeVisible();
  await user.click(dialog.getByRole("button", { name: "Remove default" }));
  expect(calls.some(({ name }) => name === "SetDefaultADEProfile")).toBe(false);
  await user.click(dialog.getByRole("radio", { name: "Kiosk TV" }));
  const outlook = within(await dialog.findByRole("list", { name: "What will happen" }));
  expect(outlook.getByText("get Kiosk TV in place of no profile")).toBeVisible();
  expect(dialog.getByText(/stops at the language pane/)).toBeVisible();
  await user.click(dialog.getByRole("button", { name: "Set default" }));
  expect(await dialog.findByText("5 of 37 devices")).toBeVisible();
  const asked = { defaultPlatform: "TVOS", adeProfileId: "prof_tv", abmTokenId: "abm_2" };
  expect(calls.find(({ name }) => name === "AssignmentPreview")?.variables).toEqual({ input: asked });
  expect(calls.find(({ name }) => name === "SetDefaultADEProfile")?.variables).toEqual({
    input: { platform: "TVOS", adeProfileId: "prof_tv", abmTokenId: "abm_2" },
  });
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(await screen.findByRole("button", { name: /^Apple TV, Brightline Health: Kiosk TV/ })).toBeVisible();
});

test("a default that ends says which one applies then", async () => {
  const { calls } = open({
    OsDefaults: { defaultADEProfiles: [slot("TVOS", kiosk), slot("TVOS", kiosk, "abm_1")] },
    AssignmentPreview: preview(0),
    SetDefaultADEProfile: {
      setDefaultADEProfile: { defaultADEProfile: null, assignmentBatch: null, userErrors: [] },
    },
  });
  await user.click(await screen.findByRole("button", { name: /^Apple TV, Halden Schools/ }));
  const dialog = within(await screen.findByRole("dialog", { name: "Choose the tvOS default of Halden Schools" }));
  expect(await dialog.findByRole("radio", { name: "Kiosk TV" })).toBeChecked();
  await user.click(dialog.getByRole("radio", { name: /default of all organizations applies: Kiosk TV/ }));
  await user.click(dialog.getByRole("button", { name: "Remove default" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(calls.find(({ name }) => name === "SetDefaultADEProfile")?.variables).toEqual({
    input: { platform: "TVOS", adeProfileId: null, abmTokenId: "abm_1" },
  });
});

test("what the server refuses stays in the dialog", async () => {
  open({
    OsDefaults: { defaultADEProfiles: [] },
    AssignmentPreview: preview(37),
    SetDefaultADEProfile: {
      setDefaultADEProfile: {
        defaultADEProfile: null,
        assignmentBatch: null,
        userErrors: [{ message: "The profile was deleted.", hint: "Choose another one." }],
      },
    },
  });
  await user.click(await screen.findByRole("button", { name: /37 devices wait/ }));
  const dialog = within(await screen.findByRole("dialog"));
  await user.click(await dialog.findByRole("radio", { name: "Kiosk TV" }));
  await user.click(dialog.getByRole("button", { name: "Set default" }));
  expect(await dialog.findByText("The profile was deleted. Choose another one.")).toBeVisible();
});

test("viewers see the matrix and choose nothing; a narrow window has a card for each organization", async () => {
  vi.stubGlobal("matchMedia", () => ({ matches: true, addEventListener() {}, removeEventListener() {} }));
  open({ OsDefaults: { defaultADEProfiles: [slot("TVOS", kiosk, "abm_1")] } }, "VIEWER");
  const card = within(await screen.findByRole("region", { name: "Brightline Health" }));
  expect(await card.findByText("37 devices wait")).toBeVisible();
  expect(screen.queryByRole("button")).toBeNull();
  expect(screen.queryByRole("table")).toBeNull();
  vi.unstubAllGlobals();
});

test("the order of the rules leads to the devices that each decides for", async () => {
  const { calls } = renderWithApi(<RuleOrder abmTokenId="abm_1" />, {
    answers: {
      OsDefaultsRuleCounts: { own: count(1_122), group: count(19_774), byDefault: count(27_283), none: count(37) },
    },
  });
  expect(await screen.findByText(/^27,283 devices/)).toBeVisible();
  expect(screen.getAllByRole("link").map((link) => link.getAttribute("href"))).toEqual([
    "/devices?source=DEVICE",
    "/devices?source=GROUP",
    "/devices?source=PLATFORM_DEFAULT",
    "/devices?source=NONE",
  ]);
  expect(calls[0]?.variables).toEqual({ abmTokenId: "abm_1" });
});
