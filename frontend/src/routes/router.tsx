import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  retainSearchParams,
} from "@tanstack/react-router";
import * as z from "zod/mini";
import { fetchInstance } from "../features/session/session";
import type { Api } from "../graphql/client";
import { loadPart } from "../lib/loadPart";
import { AppLayout } from "./AppLayout";
import { RouteError } from "./RouteError";
import { RouteNotFound } from "./RouteNotFound";
import { parseSearch, stringifySearch } from "./search";

/** A page of its own script. */
function page<Module extends Record<string, unknown>, Name extends keyof Module & string>(
  load: () => Promise<Module>,
  name: Name,
) {
  return lazyRouteComponent(() => loadPart(load), name);
}

type RouterContext = { api: Api };

const text = z.optional(z.string());

const root = createRootRouteWithContext<RouterContext>()({
  component: Outlet,
  errorComponent: RouteError,
  notFoundComponent: RouteNotFound,
});

/** Every page of somebody who is signed in. */
const app = createRoute({
  getParentRoute: () => root,
  id: "app",
  // The organization that all pages are narrowed to.
  validateSearch: z.object({ org: text }),
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
  component: page(() => import("./OverviewPage"), "OverviewPage"),
});

const devices = createRoute({
  getParentRoute: () => app,
  path: "/devices",
  validateSearch: z.object({
    q: text,
    platform: text,
    status: z.catch(z.optional(z.enum(["removed", "all"])), undefined),
    sort: z.catch(z.optional(z.enum(["serial", "-serial", "added"])), undefined), // "-added" when absent
    device: text,
  }),
  component: page(() => import("./DevicesPage"), "DevicesPage"),
});

const sync = createRoute({
  getParentRoute: () => app,
  path: "/sync",
  validateSearch: z.object({ result: z.catch(z.optional(z.enum(["notable", "failed"])), undefined) }),
  component: page(() => import("./SyncHistoryPage"), "SyncHistoryPage"),
});

const syncRun = createRoute({
  getParentRoute: () => app,
  path: "/sync/$runId",
  component: page(() => import("./SyncRunPage"), "SyncRunPage"),
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

const step = z.object({ step: z.catch(z.optional(z.enum(["2", "3", "4"])), undefined) });

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

const audit = createRoute({
  getParentRoute: () => settings,
  path: "/audit",
  validateSearch: z.object({ actor: text, action: text, object: text }),
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
  validateSearch: z.object({ next: text }),
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

const routeTree = root.addChildren([
  app.addChildren([
    overview,
    devices,
    sync,
    syncRun,
    settings.addChildren([abm, connectNew, connect, renew, people, apiTokens, audit, account]),
  ]),
  signIn,
  setup,
  setupStart,
  join,
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
