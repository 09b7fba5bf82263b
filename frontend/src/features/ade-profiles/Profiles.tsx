import { Link } from "@tanstack/react-router";
import { FileCog, Plus, SearchX } from "lucide-react";
import { useRef } from "react";
import { readFragment } from "../../gql";
import type { AdeProfilesQuery } from "../../gql/graphql";
import { PagedList } from "../../graphql/PagedList";
import { usePages } from "../../graphql/usePages";
import { formatCount, plural } from "../../lib/numbers";
import { useShortcuts } from "../../lib/shortcuts";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { Chip } from "../../ui/Chip";
import { EmptyState } from "../../ui/EmptyState";
import { PlatformIcon } from "../../ui/PlatformIcon";
import { SearchInput } from "../../ui/SearchInput";
import { Segmented } from "../../ui/Segmented";
import { type SimpleColumn, SimpleTable } from "../../ui/SimpleTable";
import { Time } from "../../ui/Time";
import { textLink } from "../../ui/textLink";
import { useMay } from "../session/session";
import { isFor } from "./content";
import { platformWords } from "./platforms";
import { type ProfileRow, ProfileRowFragment, ProfilesDocument } from "./profile";
import { isSystem, platformsOfSystem, type System, systemNames, systems } from "./systems";

const connectionOf = (data: AdeProfilesQuery) => data.adeProfiles;
const context = { additionalTypenames: ["ADEProfile", "DefaultADEProfile", "DeviceGroup"] };

/** How the URL narrows the list. */
export type ProfileFilter = { q?: string | undefined; os?: System | undefined };

type ProfilesProps = {
  filter: ProfileFilter;
  onFilterChange: (filter: ProfileFilter) => void;
  onNew: () => void;
};

/** The ADE profiles, with what uses them. */
export function Profiles({ filter, onFilterChange, onNew }: ProfilesProps) {
  const list = usePages(ProfilesDocument, connectionOf, context);
  const input = useRef<HTMLInputElement>(null);
  useShortcuts({ "/": () => input.current?.focus() });
  return (
    <PagedList list={list}>
      {(pages) => {
        const all = pages.flatMap(({ nodes }) => readFragment(ProfileRowFragment, nodes));
        if (all.length === 0) {
          return (
            <Card>
              <NoProfiles onNew={onNew} />
            </Card>
          );
        }
        const shown = all.filter((profile) => isShown(profile, filter));
        const count = (os: System | undefined) => all.filter((profile) => isShown(profile, { os })).length;
        return (
          <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
            <div className="flex flex-wrap gap-2">
              <SearchInput
                label="Profile name"
                placeholder="Profile name"
                shortcut="/"
                ref={input}
                value={filter.q ?? ""}
                onValueChange={(q) => onFilterChange({ ...filter, q: q || undefined })}
                className="w-full sm:w-60"
              />
              <Segmented
                label="Meant for"
                options={[
                  { value: "all", label: `All ${all.length}` },
                  ...systems.map((system) => ({ value: system, label: `${systemNames[system]} ${count(system)}` })),
                ]}
                value={filter.os ?? "all"}
                onValueChange={(os) => onFilterChange({ ...filter, os: isSystem(os) ? os : undefined })}
              />
            </div>
            {shown.length === 0 ? (
              <Card>
                <EmptyState
                  icon={<SearchX />}
                  title="No profile matches"
                  action={<Button onClick={() => onFilterChange({})}>Show all profiles</Button>}
                >
                  {list.more && "More profiles have not been loaded yet."}
                </EmptyState>
              </Card>
            ) : (
              <SimpleTable
                caption="ADE profiles"
                density="comfortable"
                columns={columns}
                rows={shown}
                rowKey={({ id }) => id}
                rowLink={({ id }) => <Link to="/profiles/$profileId" params={{ profileId: id }} />}
              />
            )}
            <p className="text-fg-3 text-hint">
              Versions that were published never change: publishing makes a new one, and moves the devices to it.
            </p>
          </div>
        );
      }}
    </PagedList>
  );
}

function isShown(profile: ProfileRow, { q = "", os }: ProfileFilter): boolean {
  return (
    profile.name.toLowerCase().includes(q.trim().toLowerCase()) &&
    (os === undefined || isFor(profile.platforms, platformsOfSystem[os]))
  );
}

const columns: readonly SimpleColumn<ProfileRow>[] = [
  {
    id: "name",
    header: "Profile",
    cell: (profile) => (
      <span className="inline-flex flex-wrap items-center gap-2 font-medium">
        {profile.name} <ProfileState profile={profile} />
      </span>
    ),
  },
  {
    id: "platforms",
    header: "Meant for",
    priority: 2,
    cell: ({ platforms }) => (
      <span className="inline-flex items-center gap-1.5 align-top text-fg-2">
        {platforms.map((platform) => (
          <PlatformIcon key={platform} platform={platform} className="size-4 shrink-0" />
        ))}
        {platformWords(platforms)}
      </span>
    ),
  },
  {
    id: "version",
    header: "Version",
    cell: ({ publishedVersion }) =>
      publishedVersion ? `v${publishedVersion.number}` : <span className="text-fg-3">None</span>,
  },
  { id: "use", header: "Used by", cell: (profile) => <UsedBy profile={profile} /> },
  {
    id: "devices",
    header: "Devices",
    align: "end",
    cell: (profile) => <DeviceNumbers profile={profile} />,
  },
  {
    id: "changed",
    header: "Changed",
    align: "end",
    priority: 3,
    cell: ({ updatedAt }) => <Time value={updatedAt} />,
  },
];

/** What is not as usual: a profile is published and nothing more. */
function ProfileState({ profile }: { profile: ProfileRow }) {
  if (profile.registrations.some(({ error }) => error)) return <Chip tone="bad">Refused by Apple</Chip>;
  if (!profile.publishedVersion) return <Chip tone="muted">Not published</Chip>;
  if (profile.draft) return <Chip tone="warn">Draft v{profile.publishedVersion.number + 1}</Chip>;
  return null;
}

/** How many devices have it by the rules, which leads to them, and how many have it at Apple where that differs. */
function DeviceNumbers({ profile: { id, deviceCount, deviceCountAtApple } }: { profile: ProfileRow }) {
  return (
    <span className="grid justify-items-end tabular-nums">
      {deviceCount > 0 ? (
        <Link to="/devices" search={{ profile: id }} className={`${textLink} font-semibold`}>
          {formatCount(deviceCount)}
          <span className="sr-only"> devices</span>
        </Link>
      ) : (
        <span className="text-fg-3">None</span>
      )}
      {deviceCountAtApple !== deviceCount && (
        <span className="text-fg-3 text-hint">{formatCount(deviceCountAtApple)} at Apple</span>
      )}
    </span>
  );
}

function UsedBy({ profile: { defaults, deviceGroups, ownDevices } }: { profile: ProfileRow }) {
  const places = defaults.filter(({ platform }) => platform !== "IPADOS").length; // IOS and IPADOS are one default
  const [group, ...others] = deviceGroups;
  const uses = [
    ...(places > 0 ? [plural(places, "default")] : []),
    ...(group ? [group.name] : []),
    ...(others.length > 0 ? [plural(others.length, "more group")] : []),
    ...(ownDevices > 0 ? [plural(ownDevices, "device")] : []),
  ];
  if (uses.length === 0) return <span className="text-fg-3">Nothing</span>;
  return (
    <span className="flex flex-wrap gap-1">
      {uses.map((use) => (
        <span key={use} className="max-w-48 truncate rounded-badge border border-border bg-sunken px-1.5 text-hint">
          {use}
        </span>
      ))}
    </span>
  );
}

function NoProfiles({ onNew }: { onNew: () => void }) {
  const mayCreate = useMay("OPERATOR");
  return (
    <EmptyState icon={<FileCog />} title="No profiles yet" action={mayCreate && <NewProfileButton onClick={onNew} />}>
      An ADE profile says what a device does when it is switched on for the first time. Each device needs one to enroll.
    </EmptyState>
  );
}

export function NewProfileButton({ onClick }: { onClick: () => void }) {
  return (
    <Button variant="primary" icon={<Plus aria-hidden className="size-4" strokeWidth={1.75} />} onClick={onClick}>
      <span>
        New <span className="max-sm:sr-only">profile</span>
      </span>
    </Button>
  );
}
