import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  retainSearchParams,
} from "@tanstack/react-router";
import { fetchInstance } from "../features/session/session";
import type { Api } from "../graphql/client";
import { loadPart } from "../lib/loadPart";
import { AppLayout } from "./AppLayout";
import { RouteError } from "./RouteError";
import { RouteNotFound } from "./RouteNotFound";
import { parameters, parseSearch, stringifySearch } from "./search";

/** A page of its own script. */
function page<Module extends Record<string, unknown>, Name extends keyof Module & string>(
  load: () => Promise<Module>,
  name: Name,
) {
  return lazyRouteComponent(() => loadPart(load), name);
}

type RouterContext = { api: Api };

const text = null; // any

const root = createRootRouteWithContext<RouterContext>()({
  component: Outlet,
  errorComponent: RouteError,
  notFoundComponent: RouteNotFound,
});

// The organization that all pages are narrowed to.
const narrowed = parameters({ org: text });

/** Every page of somebody who is signed in. */
const app = createRoute({
  getParentRoute: () => root,
  id: "app",
  validateSearch: narrowed,
  search: { middlewares: [retainSearchParams(["org"])] },
  beforeLoad: async ({ context, location }) => {
    const instance = await fetchInstance(context.api.client);
    const { viewer } = instance;
    if (!viewer) {
      if (instance.setupNeeded) throw redirect({ to: "/setup" });
      throw redirect({ to: "/signin", search: location.href === "/" ? {} : { next: location.href } });
    }
    return { session: { viewer, instance } };
  },
  component: AppLayout,
});

const overview = createRoute({
  getParentRoute: () => app,
  path: "/",
  validateSearch: parameters({ range: ["7d", "30d", "90d", "365d"], chart: ["change", "table"] }), // 30d, and the total, when absent
  component: page(() => import("./OverviewPage"), "OverviewPage"),
});

/** Has the devices asked for while their page is still loaded, or only pointed at. Nothing waits for it. */
function fetchDevices({ context, location }: { context: RouterContext; location: { search: object } }): void {
  import("../features/devices/fetchAhead")
    .then(({ fetchDevicesAhead }) => fetchDevicesAhead(context.api.client, location.search))
    .catch(() => {}); // the page asks for itself
}

const devices = createRoute({
  getParentRoute: () => app,
  path: "/devices",
  validateSearch: parameters({
    q: text,
    platform: text,
    status: ["removed", "all"],
    source: text,
    assignment: text,
    enrollment: text,
    mdm: text,
    profile: text,
    group: text,
    list: text,
    note: ["erase", "migration", "unawaited"],
    sort: ["serial", "-serial", "added", "-added", "deadline", "-deadline"],
    cols: text,
    view: text,
    device: text,
  }),
  loader: fetchDevices,
  component: page(() => import("./DevicesPage"), "DevicesPage"),
});

const device = createRoute({
  getParentRoute: () => app,
  path: "/devices/$serialNumber",
  validateSearch: parameters({ events: ["failed"] }),
  component: page(() => import("./DevicePage"), "DevicePage"),
});

const groups = createRoute({
  getParentRoute: () => app,
  path: "/groups",
  validateSearch: parameters({ q: text }),
  component: page(() => import("./GroupsPage"), "GroupsPage"),
});

const newGroup = createRoute({
  getParentRoute: () => app,
  path: "/groups/new",
  validateSearch: parameters({ kind: ["smart", "static"] }),
  component: page(() => import("./GroupPage"), "NewGroupPage"),
});

const group = createRoute({
  getParentRoute: () => app,
  path: "/groups/$groupId",
  component: page(() => import("./GroupPage"), "GroupPage"),
});

const assignments = createRoute({
  getParentRoute: () => app,
  path: "/assignments",
  component: page(() => import("./AssignmentsPage"), "AssignmentsPage"),
});

const assignment = createRoute({
  getParentRoute: () => app,
  path: "/assignments/$batchId",
  validateSearch: parameters({ result: text }),
  component: page(() => import("./AssignmentPage"), "AssignmentPage"),
});

const commandBatches = createRoute({
  getParentRoute: () => app,
  path: "/commands",
  component: page(() => import("./CommandsPage"), "CommandsPage"),
});

const commandBatch = createRoute({
  getParentRoute: () => app,
  path: "/commands/$batchId",
  validateSearch: parameters({ result: text }),
  component: page(() => import("./CommandBatchPage"), "CommandBatchPage"),
});

const profiles = createRoute({
  getParentRoute: () => app,
  path: "/profiles",
  validateSearch: parameters({ q: text, os: text }),
  component: page(() => import("./ProfilesPage"), "ProfilesPage"),
});

const profile = createRoute({
  getParentRoute: () => app,
  path: "/profiles/$profileId",
  validateSearch: parameters({ section: text, os: text, panel: ["json"], version: text }),
  component: page(() => import("./ProfilePage"), "ProfilePage"),
});

const defaults = createRoute({
  getParentRoute: () => app,
  path: "/defaults",
  component: page(() => import("./DefaultsPage"), "DefaultsPage"),
});

const sync = createRoute({
  getParentRoute: () => app,
  path: "/sync",
  validateSearch: parameters({ result: ["notable", "failed"] }),
  component: page(() => import("./SyncHistoryPage"), "SyncHistoryPage"),
});

const syncRun = createRoute({
  getParentRoute: () => app,
  path: "/sync/$runId",
  component: page(() => import("./SyncRunPage"), "SyncRunPage"),
});

const troubleshooting = createRoute({
  getParentRoute: () => app,
  path: "/troubleshooting",
  validateSearch: parameters({ serial: text }),
  component: page(() => import("./TroubleshootingPage"), "TroubleshootingPage"),
});

const help = createRoute({
  getParentRoute: () => app,
  path: "/help/$topic",
  component: page(() => import("./HelpPage"), "HelpPage"),
});

const settings = createRoute({
  getParentRoute: () => app,
  path: "/settings",
  beforeLoad: ({ location }) => {
    if (location.pathname.replace(/\/$/, "") === "/settings") throw redirect({ to: "/settings/abm" });
  },
});

const abm = createRoute({
  getParentRoute: () => settings,
  path: "/abm",
  component: page(() => import("./AbmIntegrationPage"), "AbmIntegrationPage"),
});

const connectNew = createRoute({
  getParentRoute: () => settings,
  path: "/abm/new",
  component: page(() => import("./ConnectPage"), "ConnectNewPage"),
});

const step = parameters({ step: ["2", "3", "4"] });

const connect = createRoute({
  getParentRoute: () => settings,
  path: "/abm/$tokenId/connect",
  validateSearch: step,
  component: page(() => import("./ConnectPage"), "ConnectPage"),
});

const renew = createRoute({
  getParentRoute: () => settings,
  path: "/abm/$tokenId/renew",
  validateSearch: step,
  component: page(() => import("./ConnectPage"), "RenewPage"),
});

const mdm = createRoute({
  getParentRoute: () => settings,
  path: "/mdm",
  validateSearch: parameters({ push: ["renew"] }),
  component: page(() => import("./MdmServerPage"), "MdmServerPage"),
});

const people = createRoute({
  getParentRoute: () => settings,
  path: "/people",
  component: page(() => import("./PeoplePage"), "PeoplePage"),
});

const apiTokens = createRoute({
  getParentRoute: () => settings,
  path: "/api",
  component: page(() => import("./ApiTokensPage"), "ApiTokensPage"),
});

const schema = createRoute({
  getParentRoute: () => settings,
  path: "/api/schema",
  validateSearch: parameters({ type: text, q: text }),
  component: page(() => import("./SchemaPage"), "SchemaPage"),
});

const audit = createRoute({
  getParentRoute: () => settings,
  path: "/audit",
  validateSearch: parameters({ actor: text, action: text, object: text }),
  component: page(() => import("./AuditPage"), "AuditPage"),
});

const account = createRoute({
  getParentRoute: () => settings,
  path: "/account",
  component: page(() => import("./AccountPage"), "AccountPage"),
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/signin",
  validateSearch: parameters({ next: text }),
  component: page(() => import("./SignInPage"), "SignInPage"),
});

const setup = createRoute({
  getParentRoute: () => root,
  path: "/setup",
  component: page(() => import("./SetupPage"), "SetupPage"),
});

const setupStart = createRoute({
  getParentRoute: () => root,
  path: "/setup/start",
  beforeLoad: async ({ context }) => {
    const { viewer } = await fetchInstance(context.api.client);
    if (!viewer) throw redirect({ to: "/signin", search: { next: "/setup/start" } });
  },
  component: page(() => import("./SetupStartPage"), "SetupStartPage"),
});

const join = createRoute({
  getParentRoute: () => root,
  path: "/join",
  component: page(() => import("./JoinPage"), "JoinPage"),
});

/** What the components look like, for work on them: no build has it. */
const components = createRoute({
  getParentRoute: () => root,
  path: "/internal/components",
  component: import.meta.env.DEV ? page(() => import("./ComponentsPage"), "ComponentsPage") : RouteNotFound,
});

const routeTree = root.addChildren([
  app.addChildren([
    overview,
    devices,
    device,
    groups,
    newGroup,
    group,
    assignments,
    assignment,
    commandBatches,
    commandBatch,
    profiles,
    profile,
    defaults,
    sync,
    syncRun,
    troubleshooting,
    help,
    settings.addChildren([abm, connectNew, connect, renew, mdm, people, apiTokens, schema, audit, account]),
  ]),
  signIn,
  setup,
  setupStart,
  join,
  ...(import.meta.env.DEV ? [components] : []),
]);

export function makeRouter(api: Api) {
  return createRouter({
    routeTree,
    context: { api },
    defaultPreload: "intent",
    defaultErrorComponent: RouteError,
    scrollRestoration: true,
    parseSearch,
    stringifySearch,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
