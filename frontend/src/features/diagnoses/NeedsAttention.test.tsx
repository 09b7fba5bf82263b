import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { Role } from "../../gql/graphql";
import { type Answer, fakeSession, renderWithApi } from "../../testing/fakeApi";
import { OrganizationsProvider } from "../organizations/OrganizationsProvider";
import { SyncProvider } from "../sync/SyncProvider";
import { NeedsAttention } from "./NeedsAttention";

const token = {
  __typename: "ABMToken",
  id: "abm_1",
  name: "Halden Schools",
  state: "TERMS_NOT_ACCEPTED",
  deviceCount: 12,
  heldRemovals: 0,
  heldAt: null,
  lastRun: null,
};

type Kind = { kind: string; role: Role };

function diagnosis(code: string, severity: string, actions: readonly Kind[], more: object = {}) {
  return {
    __typename: "Diagnosis",
    key: `${code}:abm_1`,
    code,
    severity,
    symptom: `Symptom of ${code}`,
    cause: "Its cause.",
    evidence: ["A line of evidence."],
    sinceAt: null,
    affectedDevices: 12,
    affectedWhere: { removedAtIsNil: true, abmTokenId: "abm_1", profileSource: "NONE" },
    exampleSerialNumbers: [],
    fix: { text: "What mends it.", actions },
    abmToken: { __typename: "ABMToken", id: "abm_1" },
    adeProfile: null,
    platform: null,
    ...more,
  };
}

function show(diagnoses: readonly object[], role: Role = "ADMIN", more: Record<string, Answer> = {}) {
  const view = renderWithApi(
    <OrganizationsProvider>
      <SyncProvider>
        <NeedsAttention abmTokenId={undefined} />
      </SyncProvider>
    </OrganizationsProvider>,
    {
      session: fakeSession(role),
      answers: { Organizations: { abmTokens: { nodes: [token] } }, Diagnoses: { diagnoses }, ...more },
    },
  );
  return { ...view, user: userEvent.setup() };
}

const rows = async () => within(await screen.findByRole("list", { name: "Needs attention" })).getAllByRole("heading");

test("says so when nothing is wrong", async () => {
  show([]);
  expect(await screen.findByText("Nothing needs attention.")).toBeVisible();
});

test("a diagnosis says symptom and cause; what to do and the evidence are a press away", async () => {
  const { user } = show([diagnosis("TERMS_NOT_ACCEPTED", "CRITICAL", [{ kind: "CHECK_TOKEN", role: "OPERATOR" }])]);
  expect((await rows())[0]).toHaveTextContent("Has stopped: Symptom of TERMS_NOT_ACCEPTED");
  expect(screen.getByText("Its cause.")).toBeVisible();
  expect(screen.getByText("A line of evidence.")).not.toBeVisible();
  await user.click(screen.getByText(/What to do, and the evidence/));
  expect(screen.getByText("A line of evidence.")).toBeVisible();
  expect(screen.getByText("What mends it.")).toBeVisible();
  expect(await screen.findByRole("button", { name: "Check again" })).toBeVisible();
});

test("what a role may not do is not offered: then the words say what to do", async () => {
  show([diagnosis("TOKEN_EXPIRED", "CRITICAL", [{ kind: "RENEW_TOKEN", role: "ADMIN" }])], "OPERATOR");
  expect(await screen.findByText("What mends it.")).toBeVisible();
  expect(screen.queryByRole("link", { name: "Renew token" })).toBeNull();
});

test.each([
  ["OPEN_ABM", "link", "Open ABM", "https://business.apple.com"],
  ["CONNECT_TOKEN", "link", "Continue", "/settings/abm/abm_1/connect"],
  ["RENEW_TOKEN", "link", "Renew token", "/settings/abm/abm_1/renew"],
  ["ENFORCE", "link", "Begin to enforce", "/settings/abm"],
  ["SET_DEFAULT", "link", "Set OS default", "/defaults"],
  ["EDIT_PROFILE", "link", "Edit profile", "/profiles/pro_1"],
  ["PUBLISH_PROFILE", "link", "Publish profile", "/profiles/pro_1"],
  ["SHOW_DEVICES", "link", "Show devices", "/devices?org=abm_1&source=NONE"],
] as const)("%s is one press away", async (kind, role, name, href) => {
  show([
    diagnosis("SOME", "WARNING", [{ kind, role: "VIEWER" }], {
      adeProfile: { __typename: "ADEProfile", id: "pro_1", name: "Mac" },
    }),
  ]);
  const link = await screen.findByRole(role, { name: new RegExp(`^${name}`) });
  expect(link.getAttribute("href")).toContain(href.split("?")[0]);
  for (const part of href.split("?")[1]?.split("&") ?? []) expect(link.getAttribute("href")).toContain(part);
});

test("an action that is newer than this page is left out", async () => {
  show([diagnosis("SOME", "WARNING", [{ kind: "SEND_A_PIGEON", role: "VIEWER" }])]);
  await rows();
  expect(screen.queryByRole("button", { name: /pigeon/i })).toBeNull();
});

test("five stand there, the rest on demand; notes are counted by themselves", async () => {
  const { user } = show([
    ...Array.from({ length: 6 }, (_, n) => diagnosis(`W${n}`, "WARNING", [])),
    diagnosis("NOTE", "INFO", []),
  ]);
  expect(await rows()).toHaveLength(5);
  expect(screen.getByRole("region", { name: "Needs attention" })).toHaveTextContent("Needs attention6and 1 note");
  await user.click(screen.getByRole("button", { name: "Show 2 more" }));
  expect(await rows()).toHaveLength(7);
});

test("the public URL is changed after it was said what moves", async () => {
  const { user, calls } = show(
    [diagnosis("PUBLIC_URL_DIFFERS", "WARNING", [{ kind: "CONFIRM_PUBLIC_URL", role: "ADMIN" }])],
    "ADMIN",
    {
      PublicUrl: { publicUrl: { url: "https://old.example", configuredUrl: "https://new.example", devices: 12_481 } },
      ConfirmPublicURL: { confirmPublicURL: { publicUrl: { url: "https://new.example" }, userErrors: [] } },
    },
  );
  await user.click(await screen.findByRole("button", { name: "Use the new URL" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Use the new public URL" }));
  await user.type(await dialog.findByLabelText("Type 12481 to confirm"), "12481");
  await user.click(dialog.getByRole("button", { name: "Use the new URL" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(calls.find(({ name }) => name === "ConfirmPublicURL")?.variables).toEqual({
    input: { publicUrl: "https://new.example", expectedCount: 12_481 },
  });
});
