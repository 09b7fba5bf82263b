import { ChevronDown, ChevronUp, SearchX, X } from "lucide-react";
import { Fragment, useEffect, useRef } from "react";
import { useQuery } from "urql";
import { graphql } from "../../gql";
import type { DeviceDetailsQuery } from "../../gql/graphql";
import { problemOf } from "../../graphql/errors";
import { formatCount } from "../../lib/numbers";
import { useShortcuts } from "../../lib/shortcuts";
import { Breakable } from "../../ui/Breakable";
import { Chip, StatusChip } from "../../ui/Chip";
import { CopyButton } from "../../ui/CopyText";
import { EmptyState } from "../../ui/EmptyState";
import { ErrorState } from "../../ui/ErrorState";
import { IconButton } from "../../ui/IconButton";
import { IconTile } from "../../ui/IconTile";
import { PlatformIcon } from "../../ui/PlatformIcon";
import { Skeleton } from "../../ui/Skeleton";
import { Time } from "../../ui/Time";
import { DeviceHistory } from "./DeviceHistory";
import { DeviceProfile } from "./DeviceProfile";
import { platformWord } from "./platformWord";
import { profileStatusWord } from "./profileStatus";

const DeviceDetailsDocument = graphql(`
  query DeviceDetails($serialNumber: String!) {
    device(serialNumber: $serialNumber) {
      id
      serialNumber
      model
      description
      color
      assetTag
      deviceFamily
      os
      platform
      appleProfileUuid
      appleProfileStatus
      appleProfileAssignedAt
      appleProfilePushedAt
      deviceAssignedAt
      deviceAssignedBy
      mdmMigrationDeadline
      addedAt
      changedAt
      removedAt
      abmToken {
        id
        name
        orgName
      }
      assignmentStatus
      ...DeviceProfile
    }
  }
`);

type Details = NonNullable<DeviceDetailsQuery["device"]>;

export type DeviceDrawerProps = {
  serial: string;
  /** Where the device stands in the list; undefined if it is not in the part that is here. */
  place: { index: number; total: number } | undefined;
  /** Moves to the next device (1) or the one before (-1); undefined where there is none. */
  onMove: (step: 1 | -1) => (() => void) | undefined;
  onClose: () => void;
};

/** One device beside the list, which stays usable; on narrow windows in its place. */
export function DeviceDrawer({ serial, place, onMove, onClose }: DeviceDrawerProps) {
  const frame = useRef<HTMLElement>(null);
  useEffect(() => frame.current?.focus(), []);
  const [next, previous] = [onMove(1), onMove(-1)];
  useShortcuts({ Escape: onClose, ...(next && { j: next }), ...(previous && { k: previous }) });
  return (
    <section
      ref={frame}
      tabIndex={-1}
      aria-label={`Device ${serial}`}
      className="absolute inset-0 z-40 flex flex-col bg-surface outline-none transition-[translate] duration-(--motion-drawer) ease-standard min-[1100px]:fixed min-[1100px]:left-auto min-[1100px]:w-120 min-[1100px]:border-border-2 min-[1100px]:border-l min-[1100px]:shadow-dialog motion-safe:min-[1100px]:starting:translate-x-full xl:w-140"
    >
      <header className="flex min-h-12 shrink-0 items-center gap-1 border-border border-b px-2 sm:px-4">
        <Move
          label="Previous device"
          shortcut="K"
          icon={<ChevronUp aria-hidden className="size-4" />}
          onMove={previous}
        />
        <Move label="Next device" shortcut="J" icon={<ChevronDown aria-hidden className="size-4" />} onMove={next} />
        {place && (
          <span className="ml-2 text-fg-2 tabular-nums">
            {formatCount(place.index + 1)} of {formatCount(place.total)}
          </span>
        )}
        <span className="ml-auto flex items-center gap-1">
          <CopyButton label="link" text={location.href} />
          <IconButton
            label="Close"
            shortcut="Esc"
            icon={<X aria-hidden className="size-4" strokeWidth={1.75} />}
            onClick={onClose}
          />
        </span>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-4 sm:p-6">
        <Content serial={serial} />
      </div>
    </section>
  );
}

function Move(props: { label: string; shortcut: string; icon: React.ReactNode; onMove: (() => void) | undefined }) {
  return (
    <IconButton
      label={props.label}
      shortcut={props.shortcut}
      icon={props.icon}
      disabledReason={props.onMove ? undefined : "There is no further device in this list"}
      onClick={props.onMove}
    />
  );
}

function Content({ serial }: { serial: string }) {
  const [{ data, error }, again] = useQuery({ query: DeviceDetailsDocument, variables: { serialNumber: serial } });
  if (data?.device?.serialNumber === serial) return <Facts device={data.device} />;
  if (error) return <ErrorState {...problemOf(error)} onRetry={() => again({ requestPolicy: "network-only" })} />;
  if (data?.device === null) {
    return (
      <EmptyState icon={<SearchX />} title="There is no device with this serial number">
        {serial} was never assigned to GuardMDM in Apple Business Manager.
      </EmptyState>
    );
  }
  return <Skeleton rows={8} />;
}

function Facts({ device }: { device: Details }) {
  return (
    <div className="grid gap-6">
      <div className="flex items-start gap-3">
        <IconTile>
          <PlatformIcon platform={device.platform} />
        </IconTile>
        <div className="min-w-0">
          <h2 className="flex items-center gap-1 font-mono font-semibold text-[1rem]/6">
            {device.serialNumber}
            <CopyButton label="serial number" text={device.serialNumber} />
          </h2>
          <p className="text-fg-2">{device.model}</p>
        </div>
        <span className="ml-auto">
          {device.removedAt ? (
            <Chip tone="muted">Removed</Chip>
          ) : (
            <StatusChip kind="assignment" value={device.assignmentStatus} />
          )}
        </span>
      </div>
      <DeviceProfile key={device.id} device={device} />
      <Section title="Device" facts={deviceFacts(device)} />
      <Section title="Apple Business Manager" facts={abmFacts(device)} />
      <Section title="ADE profile at Apple" facts={profileFacts(device)} />
      <Section title="GuardMDM" facts={ownFacts(device)} />
      <section aria-label="History" className="grid gap-3 border-border border-t pt-4">
        <h3 className="text-card">History</h3>
        <DeviceHistory key={device.id} device={device} />
      </section>
    </div>
  );
}

type Fact = { label: string; value: React.ReactNode; detail?: React.ReactNode };

function Section({ title, facts }: { title: string; facts: readonly Fact[] }) {
  return (
    <section className="grid gap-3 border-border border-t pt-4">
      <h3 className="text-card">{title}</h3>
      <dl className="grid grid-cols-[8.5rem_minmax(0,1fr)] gap-x-4 gap-y-2">
        {facts.map(({ label, value, detail }) => (
          <Fragment key={label}>
            <dt className="text-fg-3">{label}</dt>
            <dd className="wrap-anywhere">
              {value || <span className="text-fg-3">None</span>}
              {detail && <span className="block text-fg-3 text-hint">{detail}</span>}
            </dd>
          </Fragment>
        ))}
      </dl>
    </section>
  );
}

function deviceFacts(device: Details): Fact[] {
  return [
    { label: "Platform", value: platformWord(device), detail: device.os && `${device.deviceFamily}, ${device.os}` },
    { label: "Model", value: device.model },
    { label: "Colour", value: device.color },
    { label: "Asset tag", value: device.assetTag },
    { label: "Apple's description", value: device.description },
  ];
}

function abmFacts(device: Details): Fact[] {
  const { name, orgName } = device.abmToken;
  return [
    { label: "ABM organization", value: name, ...(orgName !== name && { detail: orgName }) },
    {
      label: "Assigned to GuardMDM",
      value: <Time value={device.deviceAssignedAt} empty="Unknown" />,
      detail: device.deviceAssignedBy && <Breakable>{device.deviceAssignedBy}</Breakable>,
    },
    ...(device.mdmMigrationDeadline
      ? [{ label: "Migrates from another MDM by", value: <Time value={device.mdmMigrationDeadline} mode="date" /> }]
      : []),
    ...(device.removedAt ? [{ label: "Removed", value: <Time value={device.removedAt} /> }] : []),
  ];
}

function profileFacts(device: Details): Fact[] {
  return [
    { label: "Status", ...profileStatusOf(device.appleProfileStatus) },
    {
      label: "Profile UUID",
      value: device.appleProfileUuid ? (
        <code className="font-mono text-serial">{device.appleProfileUuid}</code>
      ) : undefined,
    },
    { label: "Assigned", value: <Time value={device.appleProfileAssignedAt} /> },
    { label: "Fetched by the device", value: <Time value={device.appleProfilePushedAt} /> },
  ];
}

/** In plain words, with Apple's own one below; one that is not known stands for itself. */
function profileStatusOf(status: string): Omit<Fact, "label"> {
  const word = profileStatusWord(status);
  return word ? { value: word, detail: `profile_status ${status}` } : { value: status };
}

function ownFacts(device: Details): Fact[] {
  return [
    { label: "Added", value: <Time value={device.addedAt} /> },
    { label: "Last change seen", value: <Time value={device.changedAt} mode="relative" /> },
  ];
}
