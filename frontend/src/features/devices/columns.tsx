import { PlatformIcon } from "../../ui/PlatformIcon";
import { Status } from "../../ui/Status";
import { Time } from "../../ui/Time";
import type { GridColumn } from "../../ui/VirtualGrid";
import { type ColumnId, chosenColumns, columnNames } from "./columnChoice";
import { DeviceFlags } from "./DeviceFlags";
import { DevicePageLink } from "./DevicePageLink";
import type { Device } from "./device";
import type { DeviceSearch } from "./filter";
import { ProfileCell } from "./ProfileCell";
import { platformWord } from "./platformWord";
import { SelectBox, SelectLoadedBox } from "./SelectBox";
import { SerialNumber } from "./SerialNumber";

const serial: GridColumn<Device> = {
  id: "serial",
  header: "Serial",
  width: 176,
  sortable: true,
  cell: (device) => (
    <span className="flex items-center">
      <SerialNumber serial={device.serialNumber} />
      <DevicePageLink serial={device.serialNumber} />
    </span>
  ),
};

const selectableSerial: GridColumn<Device> = {
  ...serial,
  width: 184,
  headerStart: <SelectLoadedBox />,
  cell: (device) => (
    <span className="flex items-center">
      <SelectBox device={device} />
      <SerialNumber serial={device.serialNumber} />
      <DevicePageLink serial={device.serialNumber} />
    </span>
  ),
};

const columns: Record<ColumnId, Omit<GridColumn<Device>, "id" | "header">> = {
  model: {
    min: 132,
    flex: 2,
    priority: 2,
    cell: (device) => (
      <span className="inline-flex max-w-full items-center gap-2 align-top">
        <span className="truncate" title={device.model}>
          {device.model}
        </span>
        <DeviceFlags device={device} />
      </span>
    ),
  },
  platform: {
    width: 116,
    priority: 4, // the model tells it as well
    cell: (device) => (
      <span className="inline-flex items-center gap-2 align-top text-fg-2">
        <PlatformIcon platform={device.platform} />
        {platformWord(device)}
      </span>
    ),
  },
  profile: { min: 190, flex: 3, cell: (device) => <ProfileCell {...device} /> },
  assignment: { width: 120, cell: (device) => <Status kind="assignment" value={device.assignmentStatus} /> },
  enrollment: { width: 126, cell: (device) => <Status kind="enrollment" value={device.enrollmentStatus} /> },
  organization: { min: 140, priority: 5, cell: (device) => <Text>{device.abmToken.name}</Text> },
  assetTag: { min: 110, cell: (device) => <Text>{device.assetTag}</Text> },
  color: { width: 120, cell: (device) => <Text>{device.color}</Text> },
  deviceFamily: { width: 110, cell: (device) => <Text>{device.deviceFamily}</Text> },
  assigned: { width: 140, align: "end", cell: (device) => <Time value={device.deviceAssignedAt} empty="Unknown" /> },
  assignedBy: { min: 160, cell: (device) => <Text>{device.deviceAssignedBy}</Text> },
  removed: { width: 140, align: "end", cell: (device) => <Time value={device.removedAt} empty="In ABM" /> },
  deadline: {
    width: 130,
    align: "end",
    sortable: true,
    cell: (device) => <Time value={device.mdmMigrationDeadline} mode="date" empty="None" />,
  },
  added: {
    width: 120,
    align: "end",
    sortable: true,
    priority: 3,
    cell: (device) => <Time value={device.addedAt} mode="relative" />,
  },
  changed: {
    width: 120,
    align: "end",
    priority: 6,
    cell: (device) => <Time value={device.changedAt} mode="relative" />,
  },
};

type ColumnChoice = {
  status: DeviceSearch["status"];
  deadlines: boolean;
  /** How many organizations the devices can be of. */
  organizations: number;
  selectable: boolean;
  /** The columns that somebody chose, as the URL has them. */
  cols: string | undefined;
};

/** The columns in their order. Those that somebody chose stay in a narrow window: the table scrolls sideways instead. */
export function deviceColumns({ selectable, ...choice }: ColumnChoice): readonly GridColumn<Device>[] {
  const { ids, chosen } = chosenColumns(choice);
  return [
    selectable ? selectableSerial : serial,
    ...ids.map((id) => ({ ...columns[id], id, header: columnNames[id], ...(chosen && { priority: 0 }) })),
  ];
}

function Text({ children }: { children: string }) {
  return children === "" ? <span className="text-fg-3">None</span> : <span title={children}>{children}</span>;
}
