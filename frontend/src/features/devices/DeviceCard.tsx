import { Chip } from "../../ui/Chip";
import { PlatformIcon } from "../../ui/PlatformIcon";
import { Status } from "../../ui/Status";
import { DeviceFlags } from "./DeviceFlags";
import type { Device } from "./device";
import { ProfileCell } from "./ProfileCell";
import { platformWord } from "./platformWord";
import { SelectBox } from "./SelectBox";

/** A device in the list of a phone. Its organization is said where there are several. */
export function DeviceCard({ several, ...device }: Device & { several: boolean }) {
  return (
    <div className="flex min-w-0 items-start gap-3">
      <SelectBox device={device} />
      <span className="grid size-9 shrink-0 place-items-center rounded-card bg-sunken text-fg-2">
        <PlatformIcon platform={device.platform} className="size-5" />
      </span>
      <div className="min-w-0 flex-1">
        <div className="flex items-center justify-between gap-2">
          <span className="font-mono font-semibold text-phone">{device.serialNumber}</span>
          {device.removedAt ? <Chip tone="muted">Removed</Chip> : <HowFar {...device} />}
        </div>
        <div className="truncate text-fg-2">
          {device.model}, {platformWord(device)} {!device.removedAt && <DeviceFlags device={device} />}
        </div>
        <div className="flex justify-between gap-2 text-fg-3 text-hint">
          <span className="min-w-0 flex-1">
            <ProfileCell {...device} />
          </span>
          {several && <span className="max-w-2/5 shrink-0 truncate">{device.abmToken.name}</span>}
        </div>
      </div>
    </div>
  );
}

/** How far the device is: what it did itself, once it began; until then what became of its profile. */
function HowFar({ assignmentStatus, enrollmentStatus }: Device) {
  if (enrollmentStatus === "NOT_ENROLLED") return <Status kind="assignment" value={assignmentStatus} />;
  return <Status kind="enrollment" value={enrollmentStatus} />;
}
