import { Chip, StatusChip } from "../../ui/Chip";
import { CopyButton } from "../../ui/CopyText";
import { IconTile } from "../../ui/IconTile";
import { PlatformIcon } from "../../ui/PlatformIcon";
import type { DeviceDetails } from "./deviceDetails";

/** Which device it is, and how it stands. */
export function DeviceHeading({ device, children }: { device: DeviceDetails; children?: React.ReactNode }) {
  return (
    <div className="flex min-w-0 items-start gap-3">
      <IconTile>
        <PlatformIcon platform={device.platform} />
      </IconTile>
      <div className="min-w-0">
        <h2 className="flex flex-wrap items-center gap-1 font-mono font-semibold text-[1rem]/6">
          {device.serialNumber}
          <CopyButton label="serial number" text={device.serialNumber} />
          <span className="inline-flex flex-wrap gap-1 font-sans font-normal">
            <StatusChip kind="enrollment" value={device.enrollmentStatus} />
            {device.removedAt ? (
              <Chip tone="muted">Removed</Chip>
            ) : (
              <StatusChip kind="assignment" value={device.assignmentStatus} />
            )}
          </span>
        </h2>
        <p className="text-fg-2">{children ?? device.model}</p>
      </div>
    </div>
  );
}
