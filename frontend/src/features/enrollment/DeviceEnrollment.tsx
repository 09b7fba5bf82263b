import { type FragmentType, readFragment } from "../../gql";
import { CommandList } from "../commands/CommandList";
import { DeviceRefusals } from "./DeviceRefusals";
import { EnrollmentFacts } from "./EnrollmentFacts";
import { DeviceEnrollmentFragment } from "./enrollment";

/** What a device did since it was switched on, what it was refused and asked. For another device it needs another component (a key). */
export function DeviceEnrollment({ device: masked }: { device: FragmentType<typeof DeviceEnrollmentFragment> }) {
  const device = readFragment(DeviceEnrollmentFragment, masked);
  const { enrollment } = device;
  return (
    <div className="grid gap-4">
      <EnrollmentFacts status={device.enrollmentStatus} enrollment={enrollment ?? undefined} />
      <DeviceRefusals serialNumber={device.serialNumber} />
      {enrollment?.authenticatedAt && !enrollment.otherMdm && (
        <CommandList deviceId={device.id} serialNumber={device.serialNumber} takesCommands={enrollment.takesCommands} />
      )}
    </div>
  );
}
