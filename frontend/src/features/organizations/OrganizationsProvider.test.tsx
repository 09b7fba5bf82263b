import { act, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { ApiProvider } from "../../graphql/ApiContext";
import { fakeApi } from "../../testing/fakeApi";
import { OrganizationsProvider, useOrganizations } from "./OrganizationsProvider";

afterEach(() => void vi.useRealTimers());

function States() {
  return <p>{useOrganizations().all?.map(({ state }) => state)}</p>;
}

test("a token that expires while nobody does anything shows, and has the page fetched again once", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  let state = "EXPIRING";
  const organization = () => ({
    __typename: "ABMToken",
    id: "abm_1",
    name: "Meridian",
    orgName: "Meridian",
    state,
    expiresAt: "2026-01-01T00:00:00Z",
    lastSyncedAt: null,
    nextSyncAt: null,
    deviceCount: 1,
    heldRemovals: 0,
    heldAt: null,
    stateReason: null,
    lastRun: null,
    lastFullRun: null,
  });
  const answer = () => ({ abmTokens: { nodes: [organization()] } });
  const fake = fakeApi({ Organizations: answer });
  let refreshed = 0;
  fake.api.refresher.onRefresh(() => refreshed++);
  render(
    <ApiProvider api={fake.api}>
      <OrganizationsProvider>
        <States />
      </OrganizationsProvider>
    </ApiProvider>,
  );
  await screen.findByText("EXPIRING");
  await act(() => vi.advanceTimersByTime(30_000));
  expect(refreshed).toBe(0);
  state = "EXPIRED";
  await act(() => vi.advanceTimersByTime(30_000));
  await screen.findByText("EXPIRED");
  expect(refreshed).toBe(1);
});
