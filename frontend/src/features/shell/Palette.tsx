import { useNavigate } from "@tanstack/react-router";
import {
  BookOpen,
  Braces,
  CircleHelp,
  Copy,
  FileCog,
  Layers,
  type LucideIcon,
  Moon,
  RefreshCw,
  Stethoscope,
  Sun,
} from "lucide-react";
import { useState } from "react";
import { useQuery } from "urql";
import { graphql } from "../../gql";
import { setTheme } from "../../lib/theme";
import { CommandPalette, type PaletteGroup, type PaletteItem } from "../../ui/CommandPalette";
import { Kbd } from "../../ui/Kbd";
import { PlatformIcon } from "../../ui/PlatformIcon";
import { Status } from "../../ui/Status";
import { syncs, useOrganizations } from "../organizations/OrganizationsProvider";
import { useMay } from "../session/session";
import { useStartSync } from "../sync/useStartSync";
import { mainNavigation, settingsNavigation } from "./navigation";
import { useOrganization } from "./OrganizationSwitcher";

const PaletteDevicesDocument = graphql(`
  query PaletteDevices($prefix: String!) {
    devices(first: 7, where: { serialNumberHasPrefix: $prefix }, orderBy: { field: SERIAL_NUMBER, direction: ASC }) {
      nodes {
        id
        serialNumber
        model
        platform
        enrollmentStatus
      }
    }
  }
`);

const PaletteNamesDocument = graphql(`
  query PaletteNames($name: String!) {
    deviceGroups(first: 5, nameContains: $name) {
      nodes {
        id
        name
      }
    }
    adeProfiles(first: 5, nameContains: $name) {
      nodes {
        id
        name
      }
    }
  }
`);

const icon = { "aria-hidden": true, className: "size-4", strokeWidth: 1.75 } as const;

// The keys that lead to a page too.
const keys: Readonly<Record<string, string>> = {
  "/": "O",
  "/devices": "D",
  "/groups": "R",
  "/profiles": "P",
  "/defaults": "E",
  "/sync": "S",
  "/troubleshooting": "T",
};

type PaletteProps = { onClose: () => void; onHelp: () => void };

/** Every page, every device by the beginning of its serial number, every group and ADE profile by its name, and what can be done anywhere. */
export function Palette({ onClose, onHelp }: PaletteProps) {
  const [query, setQuery] = useState("");
  const commandsOnly = query.startsWith(">");
  const text = query.replace(/^>/, "").trim().toLowerCase();
  const devices = useDevices(commandsOnly ? "" : text.toUpperCase());
  const commands = useCommands(onHelp).filter(({ words }) => words.toLowerCase().includes(text));
  const named = useNamed(commandsOnly ? "" : text);
  // What is named comes later than it was asked for: below what can be chosen already.
  const groups: PaletteGroup[] = [...devices, { label: "Anywhere", items: commands }, ...named];
  return (
    <CommandPalette
      onClose={onClose}
      label="Serial number, name, page or command"
      query={query}
      onQueryChange={setQuery}
      groups={groups}
      empty={`Nothing begins with or is called “${text}”.`}
    />
  );
}

function useDevices(prefix: string): PaletteGroup[] {
  const navigate = useNavigate();
  const asked = /^[A-Z0-9]{2,64}$/.test(prefix);
  const [{ data, stale, fetching }] = useQuery({
    query: PaletteDevicesDocument,
    variables: { prefix },
    pause: !asked,
  });
  if (!asked || !data || stale || (fetching && data.devices.nodes.length === 0)) return [];
  const found = data.devices.nodes.filter(({ serialNumber }) => serialNumber.startsWith(prefix));
  const [first] = found;
  const devices: PaletteItem[] = found.map(({ id, serialNumber, model, platform, enrollmentStatus }) => ({
    id,
    icon: <PlatformIcon platform={platform} className="size-4" />,
    label: (
      <span className="font-mono text-serial">
        <b className="font-semibold">{prefix}</b>
        {serialNumber.slice(prefix.length)}
      </span>
    ),
    detail: model,
    end: <Status kind="enrollment" value={enrollmentStatus} />,
    onSelect: () => void navigate({ to: "/devices/$serialNumber", params: { serialNumber } }),
  }));
  const groups: PaletteGroup[] = [
    { label: "Devices", note: found.length === 7 ? "the first 7" : undefined, items: devices },
  ];
  if (first) {
    const { serialNumber } = first;
    groups.push({
      label: `With ${serialNumber}`,
      items: [
        {
          id: "diagnose",
          icon: <Stethoscope {...icon} />,
          label: "Diagnose",
          onSelect: () => void navigate({ to: "/troubleshooting", search: { serial: serialNumber } }),
        },
        {
          id: "copy",
          icon: <Copy {...icon} />,
          label: "Copy serial number",
          onSelect: () => void navigator.clipboard?.writeText(serialNumber),
        },
      ],
    });
  }
  return groups;
}

// As many as PaletteNames asks for.
const mostNamed = 5;

function useNamed(name: string): PaletteGroup[] {
  const navigate = useNavigate();
  const asked = name.length >= 2;
  const [{ data, stale, fetching }] = useQuery({ query: PaletteNamesDocument, variables: { name }, pause: !asked });
  if (!asked || !data || stale || fetching) return [];
  const named = (
    label: string,
    nodes: readonly { id: string; name: string }[],
    Icon: LucideIcon,
    open: (id: string) => void,
  ): PaletteGroup => ({
    label,
    note: nodes.length === mostNamed ? `the first ${mostNamed}` : undefined,
    items: nodes.map(({ id, name }) => ({ id, icon: <Icon {...icon} />, label: name, onSelect: () => open(id) })),
  });
  const openGroup = (groupId: string) => void navigate({ to: "/groups/$groupId", params: { groupId } });
  const openProfile = (profileId: string) => void navigate({ to: "/profiles/$profileId", params: { profileId } });
  return [
    named("Groups", data.deviceGroups.nodes, Layers, openGroup),
    named("ADE profiles", data.adeProfiles.nodes, FileCog, openProfile),
  ];
}

type Command = PaletteItem & { words: string };

function useCommands(onHelp: () => void): Command[] {
  const navigate = useNavigate();
  const { all = [] } = useOrganizations();
  const chosen = useOrganization();
  const { start } = useStartSync();
  const maySync = useMay("OPERATOR");
  const ready = (chosen ? [chosen] : all).filter(({ state }) => syncs(state));
  const sync: Command = {
    id: "sync",
    words: "Sync now",
    label: "Sync now",
    detail: chosen?.name ?? (ready.length > 1 ? `all ${ready.length} organizations` : ready[0]?.name),
    icon: <RefreshCw {...icon} />,
    end: <Kbd>S</Kbd>,
    onSelect: () => void start(ready),
  };
  const pages = [...mainNavigation, ...settingsNavigation].flatMap(({ items, label: group }) =>
    items.map(({ to, label, icon: Icon }): Command => {
      const key = keys[to];
      return {
        id: to,
        words: `${label} ${group ?? ""}`,
        label: `Go to ${label}`,
        icon: <Icon {...icon} />,
        end: key && (
          <>
            <Kbd>G</Kbd>
            <Kbd>{key}</Kbd>
          </>
        ),
        onSelect: () => void navigate({ to }),
      };
    }),
  );
  return [
    ...(maySync && ready.length > 0 ? [sync] : []),
    ...pages,
    {
      id: "explorer",
      words: "API explorer GraphiQL",
      label: "Open the API explorer",
      icon: <Braces {...icon} />,
      onSelect: () => location.assign("/explorer"),
    },
    {
      id: "schema",
      words: "API schema reference GraphQL types fields",
      label: "Open the schema reference",
      icon: <Braces {...icon} />,
      onSelect: () => void navigate({ to: "/settings/api/schema" }),
    },
    {
      id: "help",
      words: "Help",
      label: "Open the help",
      icon: <BookOpen {...icon} />,
      onSelect: () => void navigate({ to: "/help/$topic", params: { topic: "abm-integration" } }),
    },
    {
      id: "shortcuts",
      words: "Keyboard shortcuts",
      label: "Show the shortcuts",
      icon: <CircleHelp {...icon} />,
      end: <Kbd>?</Kbd>,
      onSelect: onHelp,
    },
    {
      id: "dark",
      words: "Switch to dark theme",
      label: "Switch to dark theme",
      icon: <Moon {...icon} />,
      onSelect: () => setTheme("dark"),
    },
    {
      id: "light",
      words: "Switch to light theme",
      label: "Switch to light theme",
      icon: <Sun {...icon} />,
      onSelect: () => setTheme("light"),
    },
  ];
}
