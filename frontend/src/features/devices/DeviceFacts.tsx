import { Breakable } from "../../ui/Breakable";
import { type Fact, FactList } from "../../ui/FactList";
import { Time } from "../../ui/Time";
import type { DeviceDetails } from "./deviceDetails";
import { platformWord } from "./platformWord";
import { profileStatusWord } from "./profileStatus";

/** What is known of a device, by subject. */
export function DeviceFacts({ device }: { device: DeviceDetails }) {
  return (
    <>
      <Section title="Device" facts={deviceFacts(device)} />
      <Section title="Apple Business Manager" facts={abmFacts(device)} />
      <Section title="ADE profile at Apple" facts={profileFacts(device)} />
      <Section title="GuardMDM" facts={ownFacts(device)} />
    </>
  );
}

function Section({ title, facts }: { title: string; facts: readonly Fact[] }) {
  return (
    <section className="grid gap-3 border-border border-t pt-4">
      <h3 className="text-card">{title}</h3>
      <FactList facts={facts} />
    </section>
  );
}

function deviceFacts(device: DeviceDetails): Fact[] {
  return [
    { label: "Platform", value: platformWord(device), detail: device.os && `${device.deviceFamily}, ${device.os}` },
    { label: "Model", value: device.model },
    { label: "Colour", value: device.color },
    { label: "Asset tag", value: device.assetTag },
    { label: "Apple's description", value: device.description },
  ];
}

function abmFacts(device: DeviceDetails): Fact[] {
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

function profileFacts(device: DeviceDetails): Fact[] {
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

function ownFacts(device: DeviceDetails): Fact[] {
  return [
    { label: "Added", value: <Time value={device.addedAt} /> },
    { label: "Last change seen", value: <Time value={device.changedAt} mode="relative" /> },
  ];
}
