import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import type { Role } from "../../gql/graphql";
import { type Answer, fakeSession, refusal, renderWithApi } from "../../testing/fakeApi";
import { MdmServer } from "./MdmServer";

const push = {
  __typename: "PushCertificate",
  topic: "com.apple.mgmt.External.1234",
  subject: "APSP:1234",
  appleAccount: "mdm@meridian.example",
  notBefore: "2026-01-01T00:00:00Z",
  notAfter: "2127-01-01T00:00:00Z",
  uploadedAt: "2026-01-01T00:00:00Z",
  state: "ACTIVE",
  stateReason: null,
};
const apple = {
  __typename: "DeviceCertificateAuthority",
  id: null,
  source: "APPLE",
  fingerprint: "0a".repeat(32),
  subject: "CN=Apple iPhone Device CA",
  issuer: "CN=Apple iPhone Certification Authority",
  startsAt: "2007-04-16T22:54:46Z",
  expiresAt: "2014-04-16T22:54:46Z",
  refusedRequests: 0,
  claimedSerialNumber: null,
  lastSeenAt: null,
  pinnedAt: null,
  pinnedBy: null,
};
const seen = {
  ...apple,
  id: "dca_1",
  source: "SEEN",
  fingerprint: "0b".repeat(32),
  subject: "CN=Apple Device CA 2",
  issuer: "CN=Apple Root CA",
  refusedRequests: 4,
  claimedSerialNumber: "C02XK1ZKJGH5",
  lastSeenAt: "2026-01-02T00:00:00Z",
};
const settings = {
  __typename: "MDMSettings",
  firstCommands: ["DeviceInformation"],
  possibleFirstCommands: ["DeviceInformation", "SecurityInfo"],
  releaseAfterSeconds: 600,
};
const server = {
  pushCertificate: push,
  deviceCAs: [apple],
  enrollmentSigningCertificate: null,
  mdmSettings: settings,
  identityAuthorities: [
    { fingerprint: "0c".repeat(32), subject: "CN=GuardMDM Device Identities", expiresAt: "2036-01-01T00:00:00Z" },
    { fingerprint: "0d".repeat(32), subject: "CN=Before", expiresAt: "2027-01-01T00:00:00Z" },
  ],
  publicUrl: { url: "https://mdm.meridian.example" },
  adeProfiles: {
    nodes: [
      { id: "prf_1", name: "Standard", minimumOS: [{ platform: "IOS", version: "26.1" }] },
      { id: "prf_2", name: "Any", minimumOS: [] },
    ],
  },
  instance: { simulatedDevicesEnroll: false },
};

type Options = { answers?: Record<string, Answer>; role?: Role; renewing?: boolean };

function show(state: object, { answers = {}, role = "ADMIN", renewing = false }: Options = {}) {
  const onRenewing = vi.fn();
  const found = () => state;
  const view = renderWithApi(<MdmServer renewing={renewing} onRenewing={onRenewing} />, {
    session: fakeSession(role),
    answers: {
      MdmServer: found,
      OtherMdms: { otherMDMs: [] },
      PushCertificateRequests: { pushCertificateRequests: [] },
      EnrollmentRefusals: { enrollmentRefusals: { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } } },
      ...answers,
    },
  });
  return { ...view, onRenewing, user: userEvent.setup({ delay: null, applyAccept: false }) };
}

const card = (name: string) => screen.findByRole("region", { name });

test("says how everything stands", async () => {
  show(server);
  expect(await card("Push certificate")).toHaveTextContent("com.apple.mgmt.External.1234");
  expect(within(await card("Push certificate")).getByText("Active")).toBeVisible();
  expect(await card("Device authorities")).toHaveTextContent("CN=Apple iPhone Device CAApple's own");
  expect(await card("Signing certificate")).toHaveTextContent("are not signed");
  expect(await screen.findByText(/Every request that came was answered/)).toBeVisible();
});

test("without a push certificate it says what that means, and begins the way to one", async () => {
  const { user, onRenewing } = show({ ...server, pushCertificate: null });
  await user.click(await screen.findByRole("button", { name: "Get a push certificate" }));
  expect(onRenewing).toHaveBeenCalledWith(true);
});

test("a request is made with the account, and saved as a file", async () => {
  const saved: string[] = [];
  vi.stubGlobal("URL", Object.assign(URL, { createObjectURL: () => "blob:x", revokeObjectURL: () => {} }));
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    saved.push(this.download);
  });
  const { user, calls } = show(server, {
    renewing: true,
    answers: {
      CreatePushCertificateRequest: { createPushCertificateRequest: { requestPEM: "-----BEGIN…", userErrors: [] } },
    },
  });
  const account = await screen.findByLabelText("Apple Account");
  expect(account).toHaveValue("mdm@meridian.example");
  await user.click(screen.getByRole("button", { name: "Make a request" }));
  await waitFor(() => expect(saved).toEqual(["push.csr"]));
  expect(calls.find(({ name }) => name === "CreatePushCertificateRequest")?.variables).toEqual({
    input: { appleAccount: "mdm@meridian.example" },
  });
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test("a certificate that is refused says why at its file", async () => {
  const { user } = show(server, {
    renewing: true,
    answers: {
      UploadPushCertificate: {
        uploadPushCertificate: {
          pushCertificate: null,
          userErrors: [
            { field: ["input", "certificate"], message: "Its topic is another one.", hint: "Renew the one in use." },
          ],
        },
      },
    },
  });
  const file = new File(["-----BEGIN CERTIFICATE-----"], "MDM.pem");
  await user.upload(await screen.findByLabelText("Push certificate", { selector: "input" }), file);
  await user.click(screen.getByRole("button", { name: "Upload certificate" }));
  const zone = await screen.findByRole("group", { name: /Push certificate/ });
  expect(await within(zone).findByRole("alert")).toHaveTextContent("Its topic is another one. Renew the one in use.");
});

test("an authority that was seen is pinned after a warning", async () => {
  let authority: object = seen;
  const found = { ...server };
  Object.defineProperty(found, "deviceCAs", { get: () => [apple, authority], enumerable: true });
  const pin = () => {
    authority = { ...seen, source: "PINNED", pinnedAt: "2026-01-03T00:00:00Z", pinnedBy: "Ana Ferreira" };
    return { pinDeviceCA: { deviceCA: authority, userErrors: [] } };
  };
  const { user, calls } = show(found, {
    answers: {
      PinDeviceCA: pin,
    },
  });
  expect(await screen.findByText(/4 requests refused/)).toHaveTextContent("for the serial number C02XK1ZKJGH5");
  await user.click(screen.getByRole("button", { name: "Pin CN=Apple Device CA 2" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Pin CN=Apple Device CA 2" }));
  expect(dialog.getByText(/can enroll as any of your devices/)).toBeVisible();
  await user.click(dialog.getByRole("button", { name: "Pin" }));
  expect(await screen.findByRole("button", { name: "Unpin CN=Apple Device CA 2" })).toBeVisible();
  expect(calls.find(({ name }) => name === "PinDeviceCA")?.variables).toEqual({ input: { deviceCaId: "dca_1" } });
});

test("the first commands and the time are saved; a time that cannot be is told at once", async () => {
  const { user, calls } = show(server, {
    answers: { UpdateMDMSettings: { updateMDMSettings: { mdmSettings: settings, userErrors: [] } } },
  });
  const minutes = await screen.findByLabelText("Minutes in Setup Assistant, at most");
  await user.clear(minutes);
  expect(screen.getByText("Give 1 to 1,440 minutes.")).toBeVisible();
  await user.type(minutes, "5");
  await user.click(screen.getByRole("checkbox", { name: "SecurityInfo" }));
  await user.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() =>
    expect(calls.find(({ name }) => name === "UpdateMDMSettings")?.variables).toEqual({
      input: { firstCommands: ["DeviceInformation", "SecurityInfo"], releaseAfterSeconds: 300 },
    }),
  );
});

test("others see it all, and change nothing", async () => {
  const { calls } = show({ ...server, deviceCAs: [apple, seen] }, { role: "OPERATOR", renewing: true });
  expect(await screen.findByText("CN=Apple Device CA 2")).toBeVisible();
  expect(screen.queryByRole("button", { name: /Pin|Renew|Upload|Save/ })).toBeNull();
  expect(screen.getByText("10 minutes at most")).toBeVisible();
  expect(calls.map(({ name }) => name)).not.toContain("PushCertificateRequests");
});

test("what does not load is said, with a way to try again", async () => {
  const broken = () => {
    throw refusal("INTERNAL", "The database does not answer.");
  };
  renderWithApi(<MdmServer renewing={false} onRenewing={() => {}} />, {
    answers: {
      MdmServer: broken,
    },
  });
  expect(await screen.findByText("The database does not answer.")).toBeVisible();
  expect(screen.getByRole("button", { name: "Try again" })).toBeVisible();
});

test("where devices get their identity, from whom, and which profiles ask for a system", async () => {
  show(server);
  const identities = within(await screen.findByRole("region", { name: "Identities (SCEP)" }));
  expect(identities.getByText("https://mdm.meridian.example/scep")).toBeVisible();
  expect(identities.getByText("CN=GuardMDM Device Identities")).toBeVisible();
  expect(identities.getByText("0c".repeat(32))).toBeVisible();
  expect(identities.getByText(/^What 1 older authority issued/)).toBeVisible();
  const versions = within(screen.getByRole("region", { name: "Minimum OS" }));
  expect(versions.getByRole("listitem")).toHaveTextContent("StandardiOS 26.1");
  expect(versions.getByRole("link", { name: "Standard" })).toHaveAttribute("href", "/profiles/prf_1");
});

test("before the first device there is no authority, and nothing is asked of systems", async () => {
  show({ ...server, identityAuthorities: [], publicUrl: { url: null }, adeProfiles: { nodes: [] } });
  expect(await screen.findByText("Its authority is made when the first device asks.")).toBeVisible();
  expect(screen.queryByText(/\/scep$/)).toBeNull();
  expect(screen.getByText(/^No profile asks for one/)).toBeVisible();
});
