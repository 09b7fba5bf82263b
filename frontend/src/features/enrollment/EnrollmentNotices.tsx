import { Banner } from "../../ui/Banner";
import { useMay } from "../session/session";
import type { EnrolledDevice, Enrollment } from "./enrollment";
import { ReleaseButton } from "./ReleaseButton";

type EnrollmentNoticesProps = { device: EnrolledDevice; enrollment: Enrollment };

/** What somebody has to know, or can do, about a device on its way. */
export function EnrollmentNotices({ device, enrollment }: EnrollmentNoticesProps) {
  const { awaitingConfiguration, belowMinimumOs, osVersion, pushError, takesCommands } = enrollment;
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
