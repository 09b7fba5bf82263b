import { Chip } from "../../ui/Chip";
import { PlatformIcon } from "../../ui/PlatformIcon";
import { Time } from "../../ui/Time";
import type { GridColumn } from "../../ui/VirtualGrid";
import type { Device } from "./device";
import type { DeviceSearch } from "./filter";
import { platformWord } from "./platformWord";
import { SerialNumber } from "./SerialNumber";

const serial: GridColumn<Device> = {
  id: "serial",
  header: "Serial",
  width: 160,
  sortable: true,
  cell: (device) => <SerialNumber serial={device.serialNumber} />,
};

const model: GridColumn<Device> = {
  id: "model",
  header: "Model",
  min: 180,
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

const color: GridColumn<Device> = {
  id: "color",
  header: "Colour",
  min: 110,
  priority: 3,
  cell: (device) => <Text>{device.color}</Text>,
};

const assetTag: GridColumn<Device> = {
  id: "assetTag",
  header: "Asset tag",
  min: 110,
  priority: 3,
  cell: (device) => <Text>{device.assetTag}</Text>,
};

const organization: GridColumn<Device> = {
  id: "organization",
  header: "ABM organization",
  min: 140,
  cell: (device) => <Text>{device.abmToken.name}</Text>,
};

const assigned: GridColumn<Device> = {
  id: "assigned",
  header: "Assigned in ABM",
  width: 140,
  align: "end",
  priority: 2,
  cell: (device) => <Time value={device.deviceAssignedAt} />,
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
  priority: 2,
  cell: (device) => <Time value={device.changedAt} mode="relative" />,
};

/** The columns that tell something: one organization needs no name, and what is in ABM was not removed. */
export function deviceColumns(status: DeviceSearch["status"], organizations: number): readonly GridColumn<Device>[] {
  return [
    serial,
    model,
    platform,
    color,
    assetTag,
    ...(organizations > 1 ? [organization] : []),
    status === undefined ? assigned : removed,
    added,
    changed,
  ];
}

function Text({ children }: { children: string }) {
  return children === "" ? <span className="text-fg-3">None</span> : <span title={children}>{children}</span>;
}
