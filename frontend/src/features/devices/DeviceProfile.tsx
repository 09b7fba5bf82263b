import { Link } from "@tanstack/react-router";
import { type FragmentType, readFragment } from "../../gql";
import { Banner } from "../../ui/Banner";
import { Time } from "../../ui/Time";
import { textLink } from "../../ui/textLink";
import { AssignmentProblem } from "./AssignmentProblem";
import { type DeviceProfile as Device, DeviceProfileFragment } from "./deviceProfile";
import { ProfileLadder } from "./ProfileLadder";
import { useDeviceActions } from "./useDeviceActions";

/** What a device has by the rules and at Apple, why, and what can be done about it. */
export function DeviceProfile({ device: masked }: { device: FragmentType<typeof DeviceProfileFragment> }) {
  const device = readFragment(DeviceProfileFragment, masked);
  const { buttons, dialog, onSet, onRemove } = useDeviceActions(device);
  return (
    <>
      {buttons}
      <DeviceNotices device={device} />
      <section aria-label="Why this profile?" className="grid gap-3 border-border border-t pt-4">
        <h3 className="text-card">Why this profile?</h3>
        <WhyThisProfile device={device} onSet={onSet} onRemove={onRemove} />
      </section>
      {dialog}
    </>
  );
}

/** What stands between a device and the profile that the rules give it. */
export function DeviceNotices({ device }: { device: Device }) {
  return (
    <>
      {device.assignmentProblem && <AssignmentProblem problem={device.assignmentProblem} />}
      {device.mdmMigrationDeadline && !device.removedAt && (
        <Banner tone="warn" title="This device migrates from another MDM">
          By <Time value={device.mdmMigrationDeadline} mode="date" /> it enrolls here with the profile that it has at
          Apple then. That profile has to wait until the device is configured, or what is on it can be lost.
        </Banner>
      )}
      {device.appliesAfterErase && (
        <Banner tone="info" title="The profile acts only after an erase">
          The device was activated before it got this profile. It stays as it is until it is erased; then it enrolls.
        </Banner>
      )}
      {device.hasForeignProfile && (
        <Banner tone="info" title="Apple has a profile that GuardMDM did not define">
          It is never cleared, and replaced only where the organization's assignment mode is Enforce.
        </Banner>
      )}
    </>
  );
}

type WhyProps = {
  device: Device;
  /** Left out for those who may not. */
  onSet: (() => void) | undefined;
  onRemove: (() => void) | undefined;
};

/** The rules with their verdicts, and the groups. */
export function WhyThisProfile({ device, onSet, onRemove }: WhyProps) {
  return (
    <>
      <ProfileLadder steps={device.profileExplanation} onSet={onSet} onRemove={onRemove} />
      {device.deviceGroups.length > 0 && (
        <p className="text-fg-2">
          In{" "}
          {device.deviceGroups.map(({ id, name }, place) => (
            <span key={id}>
              {place > 0 && ", "}
              <Link to="/groups/$groupId" params={{ groupId: id }} className={textLink}>
                {name}
              </Link>
            </span>
          ))}
        </p>
      )}
    </>
  );
}
