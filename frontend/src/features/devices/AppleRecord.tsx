import { Card } from "../../ui/Card";
import { CopyButton } from "../../ui/CopyText";
import { JsonLine } from "../../ui/JsonLine";
import type { DeviceDetails } from "./deviceDetails";

/** The device as Apple has it, by Apple's own names, so that it can be compared and quoted. */
export function AppleRecord({ device }: { device: DeviceDetails }) {
  const json = JSON.stringify(recordOf(device), null, 2);
  return (
    <Card title="Apple's record" padding={false} action={<CopyButton label="Apple's record" text={json} />}>
      <div className="px-4 py-3 text-hint">
        {json.split("\n").map((line) => (
          <JsonLine key={line} text={line} />
        ))}
      </div>
      <p className="border-border border-t px-4 py-2 text-fg-3 text-hint">
        {device.removedAt ? "As it was when the device left Apple's list." : "As the last sync or assignment left it."}
      </p>
    </Card>
  );
}

/** The fields that Apple has a value for. */
function recordOf(device: DeviceDetails): Record<string, string> {
  const fields: Record<string, string | null | undefined> = {
    serial_number: device.serialNumber,
    model: device.model,
    description: device.description,
    color: device.color,
    asset_tag: device.assetTag,
    device_family: device.deviceFamily,
    os: device.os,
    profile_status: device.appleProfileStatus,
    profile_uuid: device.appleProfileUuid,
    profile_assign_time: device.appleProfileAssignedAt,
    profile_push_time: device.appleProfilePushedAt,
    device_assigned_date: device.deviceAssignedAt,
    device_assigned_by: device.deviceAssignedBy,
    mdm_migration_deadline: device.mdmMigrationDeadline,
  };
  return Object.fromEntries(Object.entries(fields).flatMap(([key, value]) => (value ? [[key, value]] : [])));
}
