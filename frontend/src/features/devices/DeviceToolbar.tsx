import { ChevronDown } from "lucide-react";
import type { DeviceWhereInput } from "../../gql/graphql";
import { Button } from "../../ui/Button";
import { Menu, type MenuItem } from "../../ui/Menu";
import { PlatformIcon } from "../../ui/PlatformIcon";
import { wordFor } from "../../ui/vocabulary";
import { ExportButton } from "./ExportButton";
import { asSerial, type DeviceSearch, platforms, platformsOf } from "./filter";
import { SerialSearch } from "./SerialSearch";

export type ChangeSearch = (change: DeviceSearch) => void;

type DeviceToolbarProps = {
  search: DeviceSearch;
  /** What the search and the organization come to. */
  where: DeviceWhereInput;
  onChange: ChangeSearch;
  onSearch: (serial: string) => void;
};

/** The search and the filters above the list, and the list as a file; the URL holds the search. */
export function DeviceToolbar({ search, where, onChange, onSearch }: DeviceToolbarProps) {
  const chosen = platformsOf(search.platform);
  const isFiltered = search.q || chosen.length > 0 || search.status;
  const toggle = (platform: (typeof platforms)[number]) => {
    const next = platforms.filter((each) => chosen.includes(each) !== (each === platform));
    onChange({ platform: next.join(",") || undefined });
  };
  return (
    <search className="flex shrink-0 flex-wrap items-center gap-2 px-4 py-3 sm:px-6">
      <SerialSearch value={asSerial(search.q ?? "")} onSearch={onSearch} />
      <FilterMenu
        name="Platform"
        value={chosen.map((platform) => wordFor("platform", platform)).join(", ") || "All"}
        items={[
          { label: "All platforms", checked: chosen.length === 0, onSelect: () => onChange({ platform: undefined }) },
          "separator",
          ...platforms.map((platform) => ({
            label: wordFor("platform", platform),
            icon: <PlatformIcon platform={platform} />,
            checked: chosen.includes(platform),
            onSelect: () => toggle(platform),
          })),
        ]}
      />
      <FilterMenu
        name="Status"
        value={statuses.find(({ status }) => status === search.status)?.label ?? ""}
        items={statuses.map(({ status, label }) => ({
          label,
          checked: status === search.status,
          onSelect: () => onChange({ status }),
        }))}
      />
      {isFiltered && (
        <Button variant="ghost" onClick={() => onChange({ q: undefined, platform: undefined, status: undefined })}>
          Reset filters
        </Button>
      )}
      <ExportButton where={where} />
    </search>
  );
}

const statuses = [
  { status: undefined, label: "In ABM" },
  { status: "removed", label: "Removed" },
  { status: "all", label: "All" },
] as const;

function FilterMenu({ name, value, items }: { name: string; value: string; items: readonly MenuItem[] }) {
  return (
    <Menu
      items={items}
      trigger={
        <Button className="max-w-full">
          <span className="font-normal text-fg-3">{name}</span>
          <span className="truncate">{value}</span>
          <ChevronDown aria-hidden className="size-4 shrink-0 text-fg-3" strokeWidth={1.75} />
        </Button>
      }
    />
  );
}
