import { Link } from "@tanstack/react-router";
import { clsx } from "clsx";
import { ArrowLeft, CircleHelp, Search, Settings } from "lucide-react";
import { formatCount } from "../../lib/numbers";
import { useIsBelowWide } from "../../lib/useBreakpoint";
import { Kbd } from "../../ui/Kbd";
import { Tooltip } from "../../ui/Tooltip";
import { useOrganizations } from "../organizations/OrganizationsProvider";
import { mainNavigation, type NavItem, settingsNavigation } from "./navigation";
import { OrganizationSwitcher } from "./OrganizationSwitcher";
import { PersonMenu } from "./PersonMenu";
import { Problems } from "./Problems";
import { TokenProblems } from "./TokenProblems";

type SidebarProps = { collapsed: boolean; inSettings: boolean; onSearch: () => void; onHelp: () => void };

const row =
  "relative flex h-8 w-full items-center gap-2.5 rounded-control px-2 text-body text-fg-2 hover:bg-hover hover:text-fg aria-[current=page]:bg-active aria-[current=page]:font-medium aria-[current=page]:text-fg";
const icon = { "aria-hidden": true, className: "size-4 shrink-0", strokeWidth: 1.75 } as const;

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** The navigation of windows from 640 px on; it keeps to icons when collapsed or below 1280 px. */
export function Sidebar({ collapsed, inSettings, onSearch, onHelp }: SidebarProps) {
  const isBelowWide = useIsBelowWide();
  const narrow = collapsed || isBelowWide;
  return (
    <section
      aria-label="Sidebar"
      className={clsx(
        "sticky top-0 hidden h-dvh shrink-0 flex-col border-border border-r bg-bg sm:flex",
        narrow ? "w-14" : "w-56",
      )}
    >
      <OrganizationSwitcher narrow={narrow} />
      <div className="px-2.5 pt-3">
        <Tooltip content={narrow && "Search or jump to"} side="right">
          <button
            type="button"
            aria-haspopup="dialog"
            aria-keyshortcuts="Control+K Meta+K"
            onClick={onSearch}
            className="flex h-8 w-full cursor-pointer items-center gap-2 rounded-control border border-border-control bg-surface px-1.5 text-fg-3 hover:text-fg"
          >
            <Search {...icon} />
            <Name narrow={narrow}>Search or jump to</Name>
            {!narrow && (
              <span aria-hidden className="ml-auto shrink-0">
                <Kbd>{isMac ? "⌘K" : "Ctrl K"}</Kbd>
              </span>
            )}
          </button>
        </Tooltip>
      </div>
      <nav aria-label={inSettings ? "Settings" : "Main"} className="min-h-0 flex-1 overflow-y-auto px-2.5 py-3">
        {inSettings && (
          <Tooltip content={narrow && "Back to the overview"} side="right">
            <Link to="/" className={row}>
              <ArrowLeft {...icon} />
              {!narrow && "Settings"}
              <span className="sr-only">Back to the overview</span>
            </Link>
          </Tooltip>
        )}
        {(inSettings ? settingsNavigation : mainNavigation).map((group) => (
          <div key={group.label ?? ""} className="mt-3 first:mt-0">
            {group.label && !narrow && <p className="px-2 pb-1 text-fg-3 text-hint">{group.label}</p>}
            <ul>
              {group.items.map((item) => (
                <li key={item.to}>
                  <SidebarLink item={item} narrow={narrow} />
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      <div className="px-2.5 pb-2">
        {!inSettings && (
          <Tooltip content={narrow && "Settings"} side="right">
            <Link to="/settings/abm" className={row}>
              <Settings {...icon} />
              <Name narrow={narrow}>Settings</Name>
              <Badge narrow={narrow}>
                <TokenProblems />
              </Badge>
            </Link>
          </Tooltip>
        )}
        <Tooltip content={narrow && "Help and shortcuts"} shortcut="?" side="right">
          <button type="button" className={row} onClick={onHelp} aria-haspopup="dialog" aria-keyshortcuts="?">
            <CircleHelp {...icon} />
            <Name narrow={narrow}>Help and shortcuts</Name>
            {!narrow && (
              <span aria-hidden className="ml-auto shrink-0">
                <Kbd>?</Kbd>
              </span>
            )}
          </button>
        </Tooltip>
      </div>
      <PersonMenu narrow={narrow} />
    </section>
  );
}

function SidebarLink({ item, narrow }: { item: NavItem; narrow: boolean }) {
  const Icon = item.icon;
  return (
    <Tooltip content={narrow && item.label} side="right">
      <Link to={item.to} activeOptions={{ exact: item.to === "/", includeSearch: false }} className={row}>
        <Icon {...icon} />
        <Name narrow={narrow}>{item.label}</Name>
        {item.to === "/devices" && !narrow && <DeviceCount />}
        {item.to === "/troubleshooting" && (
          <Badge narrow={narrow}>
            <Problems />
          </Badge>
        )}
        {item.to === "/settings/abm" && (
          <Badge narrow={narrow}>
            <TokenProblems />
          </Badge>
        )}
      </Link>
    </Tooltip>
  );
}

type PartProps = { narrow: boolean; children: React.ReactNode };

function Name({ narrow, children }: PartProps) {
  return <span className={narrow ? "sr-only" : "truncate"}>{children}</span>;
}

/** Problems at the end of a row, or at the corner of its icon. */
function Badge({ narrow, children }: PartProps) {
  return <span className={narrow ? "absolute -top-1.5 left-4.5" : "ml-auto"}>{children}</span>;
}

function DeviceCount() {
  const { all } = useOrganizations();
  if (!all) return null;
  const devices = all.reduce((sum, organization) => sum + organization.deviceCount, 0);
  return <span className="ml-auto text-fg-3 text-hint tabular-nums">{formatCount(devices)}</span>;
}
