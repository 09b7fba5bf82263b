import { type FragmentType, readFragment } from "../../gql";
import { Banner } from "../../ui/Banner";
import { useMay } from "../session/session";
import { CureText } from "./CureText";
import { DeviceEnrollmentFragment, type EnrolledDevice } from "./enrollment";
import { ReleaseButton } from "./ReleaseButton";
import { useRefusals } from "./useRefusals";

/** What somebody has to know, or can do, about a device on its way. */
export function EnrollmentNotices({ device: masked }: { device: FragmentType<typeof DeviceEnrollmentFragment> }) {
  const device = readFragment(DeviceEnrollmentFragment, masked);
  if (!device.enrollment) return <RefusedNotice serialNumber={device.serialNumber} />;
  const { awaitingConfiguration, belowMinimumOs, osVersion, pushError, takesCommands } = device.enrollment;
  return (
    <>
      {awaitingConfiguration && <Held device={device} />}
      {belowMinimumOs && (
        <Banner tone="warn" title="Its system is older than the profile demands">
          It enrolled with {osVersion || "an unknown version"}, since it could not be told to update first. Update it
          now that it is managed.
        </Banner>
      )}
      {takesCommands && pushError && (
        <Banner tone="warn" title="Apple's push service refused to wake it">
          It answered: {pushError}. The device still calls by itself when it is switched on.
        </Banner>
      )}
    </>
  );
}

/** Why a device that was switched on got no enrollment profile, lately. */
function RefusedNotice({ serialNumber }: { serialNumber: string }) {
  const latest = useRefusals(serialNumber).refusals?.[0];
  if (!latest) return null;
  const updates = latest.code === "SOFTWARE_UPDATE_REQUIRED";
  return (
    <Banner
      tone={updates ? "info" : "bad"}
      title={updates ? "It was sent to update its system first" : "Its enrollment was refused"}
    >
      {latest.message} <CureText code={latest.code} />
    </Banner>
  );
}

function Held({ device }: { device: EnrolledDevice }) {
  const mayRelease = useMay("OPERATOR");
  return (
    <Banner
      tone="info"
      title="It waits in Setup Assistant"
      action={mayRelease && <ReleaseButton deviceId={device.id} serialNumber={device.serialNumber} />}
    >
      It goes on by itself when its first commands are answered, or when its time is over.
    </Banner>
  );
}
