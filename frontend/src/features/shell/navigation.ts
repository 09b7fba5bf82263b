import {
  FileCog,
  Grid2x2Check,
  History,
  KeyRound,
  Layers,
  LayoutDashboard,
  Link2,
  ListChecks,
  type LucideIcon,
  MonitorSmartphone,
  ScrollText,
  Send,
  ServerCog,
  Stethoscope,
  UserRound,
  Users,
} from "lucide-react";

export type NavItem = {
  to:
    | "/"
    | "/devices"
    | "/groups"
    | "/profiles"
    | "/defaults"
    | "/assignments"
    | "/commands"
    | "/sync"
    | "/troubleshooting"
    | "/settings/abm"
    | "/settings/mdm"
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
  {
    label: "Devices",
    items: [
      { to: "/devices", label: "ABM devices", icon: MonitorSmartphone },
      { to: "/groups", label: "Groups", icon: Layers },
    ],
  },
  {
    label: "Enrollment",
    items: [
      { to: "/profiles", label: "ADE profiles", icon: FileCog },
      { to: "/defaults", label: "OS defaults", icon: Grid2x2Check },
    ],
  },
  {
    label: "Activity",
    items: [
      { to: "/sync", label: "Sync history", icon: History },
      { to: "/assignments", label: "Assignments", icon: ListChecks },
      { to: "/commands", label: "Commands", icon: Send },
      { to: "/troubleshooting", label: "Troubleshooting", icon: Stethoscope },
    ],
  },
];

/** What takes its place in the settings. */
export const settingsNavigation: readonly NavGroup[] = [
  {
    label: "Connections",
    items: [
      { to: "/settings/abm", label: "ABM integration", icon: Link2 },
      { to: "/settings/mdm", label: "MDM server", icon: ServerCog },
    ],
  },
  { label: "Access", items: [{ to: "/settings/people", label: "People and roles", icon: Users }] },
  { label: "Developer", items: [{ to: "/settings/api", label: "API tokens", icon: KeyRound }] },
  { label: "Organization", items: [{ to: "/settings/audit", label: "Audit log", icon: ScrollText }] },
  { label: "You", items: [{ to: "/settings/account", label: "Account", icon: UserRound }] },
];
