import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { Role } from "../../gql/graphql";
import { type Answer, fakeSession, renderWithApi } from "../../testing/fakeApi";
import { OtherMdmsCard } from "./OtherMdmsCard";

const nano = {
  __typename: "OtherMDM",
  id: "omd_1",
  name: "NanoMDM",
  source: "FILE",
  url: "",
  request: "GET",
  hasAuthorization: false,
  webhookAuthentication: "HMAC",
  webhookUrl: "https://guardmdm.example.org/webhooks/mdm/omd_1",
  webhookSecretAt: "2026-01-01T00:00:00Z",
  lastEventAt: "2026-01-02T00:00:00Z",
  webhookRefusal: null,
  profile: {
    __typename: "OtherMDMProfile",
    displayName: "Enrollment",
    serverUrl: "https://nano.example.org/mdm",
    signedBy: null,
  },
  adeProfiles: [{ __typename: "ADEProfile", id: "pro_1", name: "Teacher iPads" }],
  enrolledDevices: 12,
};
const fleet = {
  ...nano,
  id: "omd_2",
  name: "Fleet",
  source: "URL",
  url: "https://fleet.example.org/api/mdm/apple/enroll?…",
  request: "POST",
  hasAuthorization: true,
  profile: null,
  adeProfiles: [],
  enrolledDevices: 1,
  lastEventAt: null,
  webhookRefusal: {
    __typename: "OtherMDMWebhookRefusal",
    at: "2026-01-02T00:00:00Z",
    code: "WEBHOOK_SIGNATURE_WRONG",
    message: "The request is signed with another secret.",
    count: 3,
  },
};

function show(servers: object[], answers: Record<string, Answer> = {}, role: Role = "ADMIN") {
  const view = renderWithApi(<OtherMdmsCard />, {
    session: fakeSession(role),
    answers: { OtherMdms: { otherMDMs: servers }, ...answers },
  });
  return { ...view, user: userEvent.setup({ delay: null, applyAccept: false }) };
}

test("says where profiles come from, what leads to a server, and what its webhook told", async () => {
  show([nano, fleet]);
  const [first, second] = await screen.findAllByRole("listitem");
  expect(first).toHaveTextContent(
    "NanoMDM12 devices enrolledProfile from a file, which leads to https://nano.example.org/mdm",
  );
  expect(within(first as HTMLElement).getByRole("link", { name: "Teacher iPads" })).toHaveAttribute(
    "href",
    "/profiles/pro_1",
  );
  expect(second).toHaveTextContent("Profile from https://fleet.example.org/api/mdm/apple/enroll?…");
  expect(second).toHaveTextContent("(3 in all): The request is signed with another secret.");
  expect(second).toHaveTextContent("No ADE profile leads to it.");
});

test("a new one is added with a file, and shows its secret this once", async () => {
  const { user, calls } = show([], {
    CreateOtherMDM: { createOtherMDM: { otherMdm: nano, webhookSecret: "s3cret", userErrors: [] } },
  });
  await user.click(await screen.findByRole("button", { name: "Add" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Add an MDM server" }));
  await user.type(dialog.getByLabelText("Name"), "NanoMDM");
  await user.click(dialog.getByRole("radio", { name: "From a file" }));
  await user.upload(
    dialog.getByLabelText("Enrollment profile", { selector: "input" }),
    new File(["<plist/>"], "enroll.mobileconfig"),
  );
  await user.click(dialog.getByRole("button", { name: "Add" }));
  expect(await screen.findByText("s3cret")).toBeVisible();
  expect(screen.getByText(nano.webhookUrl)).toBeVisible();
  expect(screen.getByText(`-webhook-url ${nano.webhookUrl} -webhook-hmac-key s3cret`)).toBeVisible();
  expect(calls.find(({ name }) => name === "CreateOtherMDM")?.variables).toEqual({
    input: { name: "NanoMDM", webhookAuthentication: "HMAC", profileBase64: btoa("<plist/>") },
  });
  await user.click(screen.getByRole("button", { name: "Done" }));
  await waitFor(() => expect(screen.queryByText("s3cret")).toBeNull());
});

test("what is left empty stays as it is, and a refusal stands at its field", async () => {
  const { user, calls } = show([fleet], {
    UpdateOtherMDM: {
      updateOtherMDM: {
        otherMdm: null,
        userErrors: [{ field: ["input", "name"], message: "There is another one with that name.", hint: null }],
      },
    },
  });
  await user.click(await screen.findByRole("button", { name: "Change Fleet" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Change Fleet" }));
  const name = dialog.getByLabelText("Name");
  await user.clear(name);
  await user.type(name, "NanoMDM");
  await user.click(dialog.getByRole("button", { name: "Save" }));
  expect(await dialog.findByText("There is another one with that name.")).toBeVisible();
  expect(calls.find(({ name }) => name === "UpdateOtherMDM")?.variables).toEqual({
    input: { otherMdmId: "omd_2", name: "NanoMDM", webhookAuthentication: "HMAC", request: "POST" },
  });
});

test("a test says what it found, in words beside its marks", async () => {
  const { user } = show([fleet], {
    TestOtherMDM: {
      testOtherMDM: {
        findings: [
          { result: "FAILED", message: "It answered with HTTP 401.", hint: "Perhaps it wants an authorization." },
        ],
        profile: null,
        userErrors: [],
      },
    },
  });
  await user.click(await screen.findByRole("button", { name: "Test Fleet" }));
  const findings = await screen.findByRole("list", { name: "Findings" });
  expect(findings).toHaveTextContent("Failed:It answered with HTTP 401.Perhaps it wants an authorization.");
});

test("one that is used is not removed, and says by what", async () => {
  const { user } = show([nano], {
    DeleteOtherMDM: {
      deleteOtherMDM: {
        deletedId: null,
        userErrors: [{ message: 'Devices with the profiles "Teacher iPads" enroll with it.', hint: null }],
      },
    },
  });
  await user.click(await screen.findByRole("button", { name: "Remove NanoMDM" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Remove NanoMDM" }));
  await user.click(dialog.getByRole("button", { name: "Remove" }));
  expect(await dialog.findByText(/Teacher iPads/)).toBeVisible();
});

test("another secret is shown once; MicroMDM's stands in the address", async () => {
  const { user } = show([{ ...nano, name: "MicroMDM", webhookAuthentication: "BASIC" }], {
    RotateOtherMDMWebhookSecret: {
      rotateOtherMDMWebhookSecret: { otherMdm: null, webhookSecret: "n3w", userErrors: [] },
    },
  });
  await user.click(await screen.findByRole("button", { name: "New secret MicroMDM" }));
  await user.click(await screen.findByRole("button", { name: "Make a secret" }));
  expect(await screen.findByText("https://micromdm:n3w@guardmdm.example.org/webhooks/mdm/omd_1")).toBeVisible();
});

test("others see them, and change nothing", async () => {
  show([nano], {}, "OPERATOR");
  expect(await screen.findByText("NanoMDM")).toBeVisible();
  expect(screen.queryByRole("button")).toBeNull();
});
