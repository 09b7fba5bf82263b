import {
  History,
  KeyRound,
  LayoutDashboard,
  Link2,
  type LucideIcon,
  MonitorSmartphone,
  ScrollText,
  UserRound,
  Users,
} from "lucide-react";

export type NavItem = {
  to:
    | "/"
    | "/devices"
    | "/sync"
    | "/settings/abm"
    | "/settings/people"
    | "/settings/api"
    | "/settings/audit"
    | "/settings/account";
  label: string;
  icon: LucideIcon;
};

export type NavGroup = { label?: string; items: readonly NavItem[] };

/** The main navigation. */
export const mainNavigation: readonly NavGroup[] = [
  { items: [{ to: "/", label: "Overview", icon: LayoutDashboard }] },
  { label: "Devices", items: [{ to: "/devices", label: "ABM devices", icon: MonitorSmartphone }] },
  { label: "Activity", items: [{ to: "/sync", label: "Sync history", icon: History }] },
];

/** What takes its place in the settings. */
export const settingsNavigation: readonly NavGroup[] = [
  { label: "Connections", items: [{ to: "/settings/abm", label: "ABM integration", icon: Link2 }] },
  { label: "Access", items: [{ to: "/settings/people", label: "People and roles", icon: Users }] },
  { label: "Developer", items: [{ to: "/settings/api", label: "API tokens", icon: KeyRound }] },
  { label: "Organization", items: [{ to: "/settings/audit", label: "Audit log", icon: ScrollText }] },
  { label: "You", items: [{ to: "/settings/account", label: "Account", icon: UserRound }] },
];
