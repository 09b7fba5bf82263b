import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import { render, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { ApiProvider } from "../../graphql/ApiContext";
import { fakeApi } from "../../testing/fakeApi";
import { OrganizationsProvider } from "../organizations/OrganizationsProvider";
import { FleetEvents } from "./FleetEvents";

test("what a device does has the page fetched again", async () => {
  const fake = fakeApi({ Organizations: { abmTokens: { nodes: [] } } });
  let refreshed = 0;
  fake.api.refresher.onRefresh(() => refreshed++);
  const root = createRootRoute();
  const app = createRoute({ getParentRoute: () => root, id: "app", component: FleetEvents });
  const page = createRoute({ getParentRoute: () => app, path: "/" });
  const router = createRouter({
    routeTree: root.addChildren([app.addChildren([page])]),
    history: createMemoryHistory({ initialEntries: ["/"] }),
  });
  render(
    <ApiProvider api={fake.api}>
      <OrganizationsProvider>
        {/* The application's router has other types than this one. */}
        <RouterProvider router={router as never} />
      </OrganizationsProvider>
    </ApiProvider>,
  );
  await waitFor(() => {
    fake.push("FleetEvents", { fleetEvents: { __typename: "DeviceEvent", kind: "ENROLLED" } });
    expect(refreshed).toBe(1);
  });
});
