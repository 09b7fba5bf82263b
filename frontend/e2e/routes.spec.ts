import type { APIRequestContext } from "@playwright/test";
import { look, scrolledSideways } from "./look";
import { ask, expect, type Role, test } from "./test";

// RUN stands for the identifier of the demo's first run: a full sync; SERIAL for the serial number of a device.
type Route = { path: string; heading: string; role?: Role | null; ready?: string | RegExp };

/** Every route, with what tells that its content is there. */
const routes: readonly Route[] = [
  { path: "/", heading: "Overview", ready: "Devices by platform" },
  { path: "/devices", heading: "ABM devices", ready: /devices match/ },
  { path: "/devices?q=NOSUCHSERIAL", heading: "ABM devices", ready: "No device matches this filter" },
  { path: "/devices/SERIAL", heading: "", ready: "Why this profile?" },
  { path: "/devices/NOSUCHSERIAL", heading: "NOSUCHSERIAL", ready: "There is no device with this serial number" },
  { path: "/profiles", heading: "ADE profiles", ready: /No profiles yet|Versions that were published never change/ },
  { path: "/profiles/nonsense", heading: "ADE profile", ready: "There is no such profile" },
  { path: "/defaults", heading: "OS defaults", ready: "All organizations" },
  { path: "/groups", heading: "Groups" },
  { path: "/groups/new?kind=smart", heading: "New smart group", ready: "Create group" },
  { path: "/groups/new?kind=static", heading: "New static group", ready: "Create group" },
  { path: "/groups/nonsense", heading: "Group", ready: "There is no such group" },
  { path: "/assignments", heading: "Assignments" },
  { path: "/assignments/nonsense", heading: "Assignment", ready: "There is no such assignment" },
  { path: "/commands", heading: "Commands" },
  { path: "/commands/nonsense", heading: "Command", ready: "There is no such command" },
  { path: "/sync", heading: "Sync history", ready: "Succeeded" },
  { path: "/sync/RUN", heading: "Full sync of Halden Schools", ready: "Nothing to compare with" },
  { path: "/sync/nonsense", heading: "Sync run", ready: "There is no such run" },
  { path: "/troubleshooting", heading: "Troubleshooting", ready: /problem|Nothing is wrong/ },
  { path: "/troubleshooting?serial=SERIAL", heading: "Troubleshooting", ready: "Assigned to this MDM server at Apple" },
  { path: "/troubleshooting?serial=NOSUCHSERIAL", heading: "Troubleshooting", ready: "Open ABM" },
  { path: "/help/abm-integration", heading: "ABM integration", ready: "ABM token expiry" },
  { path: "/help/device-enrollment", heading: "Device enrollment methods", ready: "When a device is refused" },
  { path: "/help/nonsense", heading: "Help", ready: "There is no such page of help" },
  { path: "/settings/abm", heading: "ABM integration", ready: /Downloaded by/ },
  { path: "/settings/abm/new", heading: "Add an organization" },
  { path: "/settings/people", heading: "People and roles", ready: "viewer@demo.example" },
  { path: "/settings/mdm", heading: "MDM server", ready: "Apple's own" },
  { path: "/settings/api", heading: "API tokens", ready: "demo" },
  { path: "/settings/api/schema", heading: "Schema reference", ready: "fleetSummary" },
  { path: "/settings/api/schema?type=Device", heading: "Schema reference", ready: "serialNumber" },
  {
    path: "/settings/api/schema?q=nosuchword",
    heading: "Schema reference",
    ready: "Names and descriptions were searched.",
  },
  { path: "/settings/audit", heading: "Audit log", ready: "Signed in" },
  { path: "/settings/account", heading: "Account", ready: "admin@demo.example" },
  { path: "/nothing/here", heading: "Not found" },
  { path: "/signin", heading: "Sign in to GuardMDM", role: null },
  { path: "/setup", heading: "", role: null },
  { path: "/join#nonsense", heading: "", role: null },
];

for (const { path, heading, role = "admin", ready } of routes) {
  test.describe(path, () => {
    test.use({ role });
    test(`${path} is accessible, fits, and complains of nothing @everywhere`, async ({ page, request }) => {
      await page.goto(await filledIn(path, request));
      const title = page.getByRole("heading", { level: 1 });
      await expect(title).toBeVisible();
      if (heading) await expect(title).toHaveText(heading);
      if (ready) await expect(page.getByText(ready).filter({ visible: true }).first()).toBeVisible({ timeout: 30_000 });
      await look(page, name(path));
      // A tablet's width is one between phone and desktop.
      for (const width of [page.viewportSize()?.width ?? 0, 1000, 320]) {
        await page.setViewportSize({ width, height: 844 });
        // The page turns tables into cards when it learns of its new width, which is a moment later.
        await expect.poll(() => scrolledSideways(page), { message: `${width} px` }).toEqual([]);
      }
    });
  });
}

async function filledIn(path: string, request: APIRequestContext): Promise<string> {
  if (path.endsWith("/RUN")) return path.replace("RUN", await firstRun(request));
  return /[/=]SERIAL$/.test(path) ? path.replace("SERIAL", await someSerial(request)) : path;
}

async function someSerial(request: APIRequestContext): Promise<string> {
  const { devices } = await ask<{ devices: { nodes: { serialNumber: string }[] } }>(
    request,
    "{ devices(first: 1) { nodes { serialNumber } } }",
  );
  return devices.nodes[0]?.serialNumber ?? "";
}

async function firstRun(request: APIRequestContext): Promise<string> {
  const { syncRuns } = await ask<{ syncRuns: { nodes: { id: string }[] } }>(
    request,
    "{ syncRuns(last: 1) { nodes { id } } }",
  );
  return syncRuns.nodes[0]?.id ?? "";
}

function name(path: string): string {
  return path.replaceAll(/[^a-z]+/gi, "-").replaceAll(/^-|-$/g, "") || "overview";
}
