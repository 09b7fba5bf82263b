import { ListFilter } from "lucide-react";
import { useState } from "react";
import { useIsPhone } from "../../lib/useBreakpoint";
import { Button } from "../../ui/Button";
import type { MenuItem } from "../../ui/Menu";
import { PlatformIcon } from "../../ui/PlatformIcon";
import { StatusIcon } from "../../ui/StatusIcon";
import { statusOf, wordFor } from "../../ui/vocabulary";
import { EnrollmentFilter } from "./EnrollmentFilter";
import { choices, FilterMenu } from "./FilterMenu";
import {
  asSerial,
  assignments,
  type DeviceSearch,
  given,
  isFiltered,
  noFilters,
  platforms,
  platformsOf,
  sources,
} from "./filter";
import { ImportButton } from "./ImportButton";
import { NamedFilters } from "./NamedFilters";
import { SerialSearch } from "./SerialSearch";
import type { ViewSearch } from "./views";

export type ChangeSearch = (change: ViewSearch & { view?: string | undefined; device?: string | undefined }) => void;

type DeviceToolbarProps = {
  search: DeviceSearch;
  onChange: ChangeSearch;
  onSearch: (serial: string) => void;
};

/** The search and the filters above the list, as the URL holds the search. */
export function DeviceToolbar({ search, onChange, onSearch }: DeviceToolbarProps) {
  const chosen = platformsOf(search.platform);
  const isPhone = useIsPhone();
  const [more, setMore] = useState(false);
  // A phone has no room for filters that nobody uses.
  const shown = !isPhone || more || isFiltered({ ...search, q: undefined });
  const toggle = (platform: (typeof platforms)[number]) => {
    const next = platforms.filter((each) => chosen.includes(each) !== (each === platform));
    onChange({ platform: next.join(",") || undefined });
  };
  return (
    <search className="flex shrink-0 flex-wrap items-center gap-2 px-4 py-3 sm:px-6">
      <SerialSearch value={asSerial(search.q ?? "")} onSearch={onSearch} />
      {shown ? (
        <>
          <FilterMenu
            name="Platform"
            value={chosen.map((platform) => wordFor("platform", platform)).join(", ") || undefined}
            items={[
              {
                label: "All platforms",
                checked: chosen.length === 0,
                onSelect: () => onChange({ platform: undefined }),
              },
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
            value={statuses.find(({ status }) => status === search.status)?.label}
            items={statuses.map(({ status, label }) => ({
              label,
              checked: status === search.status,
              onSelect: () => onChange({ status }),
            }))}
          />
          <FilterMenu
            name="Source"
            value={sourceOptions.find(({ value }) => value === search.source)?.label}
            items={choices("All sources", sourceOptions, search.source, (source) => onChange({ source }))}
          />
          <FilterMenu name="Assignment" value={assignmentWord(search)} items={assignmentItems(search, onChange)} />
          <EnrollmentFilter search={search} onChange={onChange} />
          <NamedFilters search={search} onChange={onChange} />
          <ImportButton search={search} onChange={onChange} />
        </>
      ) : (
        <Button icon={<ListFilter aria-hidden className="size-4" strokeWidth={1.75} />} onClick={() => setMore(true)}>
          Filters
        </Button>
      )}
      {isFiltered(search) && (
        <Button variant="ghost" aria-label="Reset filters" onClick={() => onChange(noFilters)}>
          Reset
        </Button>
      )}
    </search>
  );
}

const statuses = [
  { status: undefined, label: "In ABM" },
  { status: "removed", label: "Removed" },
  { status: "all", label: "All" },
] as const;

const sourceOptions = sources.map((value) => ({ value, label: wordFor("profileSource", value) }));

const noteOptions = [
  { value: "erase", label: "Acts after an erase" },
  { value: "migration", label: "Migrates from another MDM" },
  { value: "unawaited", label: "Migrates, profile does not wait" },
] as const;

/** States that the server filters by, and below them what has to be known of devices besides; both can hold. */
function assignmentItems(search: DeviceSearch, onChange: ChangeSearch): MenuItem[] {
  return [
    ...choices("All states", assignmentOptions, search.assignment, (assignment) =>
      // Back to all is all of both.
      onChange(assignment ? { assignment } : { assignment, note: undefined }),
    ),
    "separator",
    ...noteOptions.map(({ value, label }) => ({
      label,
      checked: value === search.note,
      onSelect: () => onChange({ note: value === search.note ? undefined : value }),
    })),
  ];
}

function assignmentWord({ assignment, note }: DeviceSearch): string | undefined {
  const words = [
    assignmentOptions.find(({ value }) => value === assignment)?.label,
    noteOptions.find(({ value }) => value === note)?.label,
  ];
  return words.filter(Boolean).join(", ") || undefined;
}

type Option = { value: string; label: string; icon: React.ReactNode };

// The two that a table calls "Retrying" are told apart here.
const assignmentOptions: Option[] = assignments.map((value) => {
  const { word, tone, shape } = statusOf("assignment", value);
  const label = value === "FAILED" ? `${word}, Apple failed` : value === "THROTTLED" ? `${word}, throttled` : word;
  return { value, label, icon: <StatusIcon shape={shape} tone={tone} /> };
});
assignmentOptions.push({ value: given, label: "Has a profile", icon: <StatusIcon shape="half" tone="muted" /> });
