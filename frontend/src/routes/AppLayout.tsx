import { Outlet, useRouteContext } from "@tanstack/react-router";
import { FleetEvents } from "../features/enrollment/FleetEvents";
import { OrganizationsProvider } from "../features/organizations/OrganizationsProvider";
import { SessionContext } from "../features/session/session";
import { Shell } from "../features/shell/Shell";
import { SyncProvider } from "../features/sync/SyncProvider";
import { ToastProvider } from "../ui/Toast";

/** What stands around every page of somebody who is signed in. */
export function AppLayout() {
  const { session } = useRouteContext({ from: "/app" });
  return (
    <SessionContext value={session}>
      <OrganizationsProvider>
        <FleetEvents />
        <SyncProvider>
          <ToastProvider>
            <Shell>
              <Outlet />
            </Shell>
          </ToastProvider>
        </SyncProvider>
      </OrganizationsProvider>
    </SessionContext>
  );
}
