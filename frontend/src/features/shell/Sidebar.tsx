import { Link } from "@tanstack/react-router";
import { clsx } from "clsx";
import { ArrowLeft, CircleHelp, Settings } from "lucide-react";
import { formatCount } from "../../lib/numbers";
import { CountBadge } from "../../ui/CountBadge";
import { Kbd } from "../../ui/Kbd";
import { isBlocked, useOrganizations } from "../organizations/OrganizationsProvider";
import { mainNavigation, type NavItem, settingsNavigation } from "./navigation";
import { OrganizationSwitcher } from "./OrganizationSwitcher";
import { PersonMenu } from "./PersonMenu";

type SidebarProps = { collapsed: boolean; inSettings: boolean; onHelp: () => void };

const row =
  "flex h-8 w-full items-center gap-2.5 rounded-control px-2 text-body text-fg-2 hover:bg-hover hover:text-fg aria-[current=page]:bg-active aria-[current=page]:font-medium aria-[current=page]:text-fg";

/** The navigation of windows from 640 px on; it keeps to icons when collapsed or below 1280 px. */
export function Sidebar({ collapsed, inSettings, onHelp }: SidebarProps) {
  const wide = collapsed ? "hidden" : "max-xl:hidden";
  return (
    <section
      aria-label="Sidebar"
      className={clsx(
        "sticky top-0 hidden h-dvh w-14 shrink-0 flex-col border-border border-r bg-bg sm:flex",
        !collapsed && "xl:w-56",
      )}
    >
      <OrganizationSwitcher wide={wide} />
      <nav aria-label={inSettings ? "Settings" : "Main"} className="min-h-0 flex-1 overflow-y-auto px-2.5 py-3">
        {inSettings && (
          <Link to="/" className={row}>
            <ArrowLeft aria-hidden className="size-4 shrink-0" />
            <span className={wide}>Settings</span>
            <span className="sr-only">Back to the overview</span>
          </Link>
        )}
        {(inSettings ? settingsNavigation : mainNavigation).map((group) => (
          <div key={group.label ?? ""} className="mt-3 first:mt-0">
            {group.label && <p className={clsx("px-2 pb-1 text-fg-3 text-hint", wide)}>{group.label}</p>}
            <ul>
              {group.items.map((item) => (
                <li key={item.to}>
                  <SidebarLink item={item} wide={wide} />
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      <div className="px-2.5 pb-2">
        {!inSettings && (
          <Link to="/settings/abm" className={row}>
            <Settings aria-hidden className="size-4 shrink-0" />
            <span className={wide}>Settings</span>
            <span className={clsx("ml-auto", wide)}>
              <Blocked />
            </span>
          </Link>
        )}
        <button type="button" className={row} onClick={onHelp} aria-haspopup="dialog">
          <CircleHelp aria-hidden className="size-4 shrink-0" />
          <span className={wide}>Help and shortcuts</span>
          <span className={clsx("ml-auto", wide)}>
            <Kbd>?</Kbd>
          </span>
        </button>
      </div>
      <PersonMenu wide={wide} />
    </section>
  );
}

function SidebarLink({ item, wide }: { item: NavItem; wide: string }) {
  const Icon = item.icon;
  return (
    <Link to={item.to} activeOptions={{ exact: item.to === "/", includeSearch: false }} className={row}>
      <Icon aria-hidden className="size-4 shrink-0" strokeWidth={1.75} />
      <span className={clsx("truncate", wide)}>{item.label}</span>
      <span className="sr-only xl:hidden">{item.label}</span>
      <span className={clsx("ml-auto", wide)}>
        {item.to === "/devices" && <Devices />}
        {item.to === "/settings/abm" && <Blocked />}
      </span>
    </Link>
  );
}

function Devices() {
  const { all } = useOrganizations();
  if (!all) return null;
  const devices = all.reduce((sum, organization) => sum + organization.deviceCount, 0);
  return <span className="text-fg-3 text-hint tabular-nums">{formatCount(devices)}</span>;
}

function Blocked() {
  const blocked = useOrganizations().all?.filter((organization) => isBlocked(organization.state)).length ?? 0;
  const expiring = useOrganizations().all?.filter((organization) => organization.state === "EXPIRING").length ?? 0;
  if (blocked > 0) return <CountBadge tone="bad" count={blocked} />;
  return expiring > 0 ? <CountBadge tone="warn" count={expiring} /> : null;
}
