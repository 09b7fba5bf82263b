import { Chip } from "../../ui/Chip";
import { PlatformIcon } from "../../ui/PlatformIcon";
import { Status } from "../../ui/Status";
import { Time } from "../../ui/Time";
import type { GridColumn } from "../../ui/VirtualGrid";
import type { Device } from "./device";
import type { DeviceSearch } from "./filter";
import { ProfileCell } from "./ProfileCell";
import { platformWord } from "./platformWord";
import { SelectBox, SelectLoadedBox } from "./SelectBox";
import { SerialNumber } from "./SerialNumber";

const serial: GridColumn<Device> = {
  id: "serial",
  header: "Serial",
  width: 160,
  sortable: true,
  cell: (device) => <SerialNumber serial={device.serialNumber} />,
};

const selectableSerial: GridColumn<Device> = {
  ...serial,
  width: 192,
  headerStart: <SelectLoadedBox />,
  cell: (device) => (
    <span className="flex items-center">
      <SelectBox device={device} />
      <SerialNumber serial={device.serialNumber} />
    </span>
  ),
};

const model: GridColumn<Device> = {
  id: "model",
  header: "Model",
  min: 160,
  flex: 2,
  cell: (device) => (
    <span className="inline-flex max-w-full items-center gap-2 align-top">
      <span className="truncate" title={device.model}>
        {device.model}
      </span>
      {device.removedAt && <Chip tone="muted">Removed</Chip>}
    </span>
  ),
};

const platform: GridColumn<Device> = {
  id: "platform",
  header: "Platform",
  width: 120,
  cell: (device) => (
    <span className="inline-flex items-center gap-2 align-top text-fg-2">
      <PlatformIcon platform={device.platform} />
      {platformWord(device)}
    </span>
  ),
};

const profile: GridColumn<Device> = {
  id: "profile",
  header: "ADE profile",
  min: 190,
  flex: 2,
  cell: (device) => <ProfileCell {...device} />,
};

const assignment: GridColumn<Device> = {
  id: "assignment",
  header: "Assignment",
  width: 120,
  cell: (device) => <Status kind="assignment" value={device.assignmentStatus} />,
};

const organization: GridColumn<Device> = {
  id: "organization",
  header: "ABM organization",
  min: 140,
  priority: 3,
  cell: (device) => <Text>{device.abmToken.name}</Text>,
};

const removed: GridColumn<Device> = {
  id: "removed",
  header: "Removed",
  width: 140,
  align: "end",
  cell: (device) => <Time value={device.removedAt} empty="In ABM" />,
};

const added: GridColumn<Device> = {
  id: "added",
  header: "Added",
  width: 120,
  align: "end",
  sortable: true,
  cell: (device) => <Time value={device.addedAt} mode="relative" />,
};

const changed: GridColumn<Device> = {
  id: "changed",
  header: "Changed",
  width: 128,
  align: "end",
  priority: 3,
  cell: (device) => <Time value={device.changedAt} mode="relative" />,
};

type ColumnChoice = {
  status: DeviceSearch["status"];
  /** How many organizations the devices can be of. */
  organizations: number;
  selectable: boolean;
};

/** The columns that tell something: one organization needs no name, and what is in ABM was not removed. */
export function deviceColumns({ status, organizations, selectable }: ColumnChoice): readonly GridColumn<Device>[] {
  return [
    selectable ? selectableSerial : serial,
    model,
    // The model tells it as well, where there is no room for both.
    status === undefined ? platform : { ...platform, priority: 3 },
    profile,
    assignment,
    ...(organizations > 1 ? [organization] : []),
    ...(status === undefined ? [] : [removed]),
    added,
    changed,
  ];
}

function Text({ children }: { children: string }) {
  return children === "" ? <span className="text-fg-3">None</span> : <span title={children}>{children}</span>;
}
