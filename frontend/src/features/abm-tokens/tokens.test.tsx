import { screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import type { Role } from "../../gql/graphql";
import { fakeSession, renderWithApi } from "../../testing/fakeApi";
import { OrganizationsProvider } from "../organizations/OrganizationsProvider";
import { DeleteTokenDialog } from "./DeleteTokenDialog";
import { DisruptedBanner } from "./DisruptedBanner";
import { expiredAgo } from "./TokenChip";
import { TokenList } from "./TokenList";

const day = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * day).toISOString();

const token = (id: string, name: string, more: object) => ({
  __typename: "ABMToken",
  id,
  name,
  state: "ACTIVE",
  expiresAt: inDays(200),
  serverName: `GuardMDM ${name}`,
  adminId: "it@example.com",
  orgName: name,
  orgId: "42",
  createdAt: inDays(-10),
  lastSyncedAt: null,
  nextSyncAt: null,
  deviceCount: 12,
  heldRemovals: 0,
  heldAt: null,
  renewalStarted: false,
  stateReason: null,
  lastRun: null,
  lastFullRun: null,
  ...more,
});

function showList(nodes: object[], role: Role = "ADMIN") {
  const pageInfo = { hasNextPage: false, endCursor: null };
  return renderWithApi(<TokenList />, {
    session: fakeSession(role),
    answers: { AbmTokens: { abmTokens: { nodes, pageInfo } } },
  });
}

const card = async (name: string) => (await screen.findByRole("heading", { name })).closest("section") as HTMLElement;

test("each state has its words and its cure", async () => {
  showList([
    token("1", "Soon", { state: "EXPIRING", expiresAt: inDays(11.5) }),
    token("2", "Over", { state: "EXPIRED", expiresAt: inDays(-2.5) }),
    token("3", "Refused", { state: "REJECTED", stateReason: { message: "401 token_rejected.", hint: "Renew it." } }),
    token("4", "Terms", { state: "TERMS_NOT_ACCEPTED", renewalStarted: true }),
    token("5", "Begun", { state: "AWAITING_SERVER_TOKEN", expiresAt: null }),
  ]);
  expect(within(await card("Soon")).getByText("Expires in 12 days")).toBeVisible();
  const over = within(await card("Over"));
  expect(over.getByText("Expired 2 days ago")).toBeVisible();
  expect(over.getByText(/Already enrolled devices are not affected/)).toBeVisible();
  expect(over.getByText("Renew token")).toHaveAttribute("href", "/settings/abm/2/renew");
  const refused = within(await card("Refused"));
  expect(refused.getByText("401 token_rejected.")).toBeVisible();
  expect(refused.getByRole("button", { name: "Check again" })).toBeVisible();
  const terms = within(await card("Terms"));
  expect(terms.getByText("Open ABM")).toHaveAttribute("href", "https://business.apple.com");
  expect(within(await card("Begun")).getByText("Continue")).toHaveAttribute(
    "href",
    expect.stringMatching(/^\/settings\/abm\/5\/connect\?step=/),
  );
});

test("removals that wait for an administrator stand on their token's card", async () => {
  showList([token("1", "Calm", {}), token("2", "Held", { deviceCount: 1_203, heldRemovals: 812, heldAt: inDays(-1) })]);
  const held = within(await card("Held"));
  expect(held.getByText("812 devices of Held wait for a decision")).toBeVisible();
  expect(held.getByRole("button", { name: "Remove 812" })).toBeVisible();
  expect(within(await card("Calm")).queryByText(/wait for a decision/)).toBeNull();
});

test("offers each role what it may do", async () => {
  const nodes = [token("1", "Refused", { state: "REJECTED" })];
  const { unmount } = showList(nodes, "OPERATOR");
  const operator = within(await card("Refused"));
  expect(operator.getByRole("button", { name: "Check again" })).toBeVisible();
  expect(operator.queryByText("Renew token")).toBeNull();
  unmount();
  showList(nodes, "VIEWER");
  expect(within(await card("Refused")).queryAllByRole("button")).toEqual([]);
});

test("without a token the way to the first one is offered to who may take it", async () => {
  const { unmount } = showList([]);
  expect(await screen.findByText("ABM organization")).toBeVisible();
  unmount();
  showList([], "VIEWER");
  expect(await screen.findByText("No organization is connected")).toBeVisible();
  expect(screen.queryByText("ABM organization")).toBeNull();
});

test("many devices are given up only when the name is typed", async () => {
  const onOpenChange = vi.fn();
  const { calls } = renderWithApi(
    <DeleteTokenDialog token={{ id: "1", name: "Corvus", deviceCount: 6442 }} open onOpenChange={onOpenChange} />,
    { answers: { DeleteABMToken: { deleteABMToken: { deletedId: "1", devicesRemoved: 6442, userErrors: [] } } } },
  );
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "Delete" }));
  expect(calls).toEqual([]);
  await user.type(screen.getByLabelText("Type Corvus to confirm"), "Corvus");
  await user.click(screen.getByRole("button", { name: "Delete" }));
  expect(await screen.findByText("6,442 devices are shown as removed.")).toBeVisible();
  expect(onOpenChange).toHaveBeenCalledWith(false);
});

test("an expired token is announced on every page, and its renewal offered to administrators", async () => {
  const show = (role: Role, nodes: object[]) =>
    renderWithApi(
      <OrganizationsProvider>
        <DisruptedBanner />
      </OrganizationsProvider>,
      { session: fakeSession(role), answers: { Organizations: { abmTokens: { nodes } } } },
    );
  const expired = token("2", "Brightline", { state: "EXPIRED", expiresAt: inDays(-2), deviceCount: 9870 });
  const first = show("ADMIN", [token("1", "Corvus", {}), expired]);
  const banner = within(await screen.findByRole("region", { name: "Enrollment disrupted" }));
  expect(banner.getByText("Enrollment disrupted for Brightline")).toBeVisible();
  expect(banner.getByText(/9,870 devices do not sync/)).toBeVisible();
  expect(banner.getByText("Renew token")).toHaveAttribute("href", "/settings/abm/2/renew");
  first.unmount();
  show("VIEWER", [expired]);
  expect(await screen.findByText("Enrollment disrupted for Brightline")).toBeVisible();
  expect(screen.queryByText("Renew token")).toBeNull();
});

test("says how long ago a token expired", () => {
  const now = Date.now();
  expect(expiredAgo(now - 5 * 3_600_000, now)).toBe("5 h ago");
  expect(expiredAgo(now - 1.5 * day, now)).toBe("1 day ago");
});
