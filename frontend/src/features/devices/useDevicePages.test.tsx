import { renderHook, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { ApiProvider } from "../../graphql/ApiContext";
import { fakeApi, refusal } from "../../testing/fakeApi";
import { fetchDevicesAhead } from "./fetchAhead";
import { orderOf, whereOf } from "./filter";
import { useDevicePages } from "./useDevicePages";

const atRest = () => true;

const page = { devices: { nodes: [], pageInfo: { startCursor: null, endCursor: null, hasNextPage: false } } };

function server(answer = () => page) {
  const fake = fakeApi({
    DevicePage: answer,
    DeviceCount: { devices: { totalCount: 0 } },
  });
  const wrapper = ({ children }: { children: React.ReactNode }) => <ApiProvider api={fake.api}>{children}</ApiProvider>;
  const asked = () => fake.calls.filter(({ name }) => name === "DevicePage").length;
  const show = (search = {}) =>
    renderHook(() => useDevicePages(whereOf(search, undefined), orderOf({}), atRest), { wrapper });
  return { ...fake, asked, show };
}

test("who comes back to the list sees it at once, while it is fetched again", async () => {
  const { asked, show } = server();
  const first = show();
  await waitFor(() => expect(first.result.current.snapshot.pages.size).toBe(1));
  first.unmount();
  expect(asked()).toBe(1);
  const second = show();
  expect(second.result.current.snapshot.pages.size).toBe(1);
  await waitFor(() => expect(asked()).toBe(2));
  second.unmount();
  expect(show({ q: "C02" }).result.current.snapshot.pages.size).toBe(0);
});

test("what was fetched ahead is the list's first page", async () => {
  const { api, asked, show } = server();
  fetchDevicesAhead(api.client, {});
  await waitFor(() => expect(asked()).toBe(1));
  await waitFor(() => expect(show().result.current.snapshot.pages.size).toBe(1));
});

test("a list that did not load is asked for again by who comes back", async () => {
  let broken = true;
  const { show } = server(() => {
    if (broken) throw refusal("INTERNAL", "It broke.");
    return page;
  });
  const first = show();
  await waitFor(() => expect(first.result.current.snapshot.failure).toBeDefined());
  first.unmount();
  broken = false;
  const second = show();
  await waitFor(() => expect(second.result.current.snapshot.pages.size).toBe(1));
});
