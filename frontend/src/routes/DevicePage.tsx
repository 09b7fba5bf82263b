import { getRouteApi, Link } from "@tanstack/react-router";
import { AppleRecord } from "../features/devices/AppleRecord";
import { DeviceFacts } from "../features/devices/DeviceFacts";
import { DeviceHeading } from "../features/devices/DeviceHeading";
import { DeviceNotices, WhyThisProfile } from "../features/devices/DeviceProfile";
import { DeviceTimeline } from "../features/devices/DeviceTimeline";
import type { DeviceDetails } from "../features/devices/deviceDetails";
import { DeviceProfileFragment } from "../features/devices/deviceProfile";
import { asSerial } from "../features/devices/filter";
import { NoSuchDevice } from "../features/devices/NoSuchDevice";
import { useDevice } from "../features/devices/useDevice";
import { useDeviceActions } from "../features/devices/useDeviceActions";
import { DeviceEnrollment } from "../features/enrollment/DeviceEnrollment";
import { EnrollmentNotices } from "../features/enrollment/EnrollmentNotices";
import { Page } from "../features/shell/Page";
import { readFragment } from "../gql";
import { problemOf } from "../graphql/errors";
import { timeZoneName } from "../lib/time";
import { Banner } from "../ui/Banner";
import { Button } from "../ui/Button";
import { Card } from "../ui/Card";
import { ErrorState } from "../ui/ErrorState";
import { Segmented } from "../ui/Segmented";
import { Skeleton } from "../ui/Skeleton";
import { Time } from "../ui/Time";

const route = getRouteApi("/app/devices/$serialNumber");
const crumbs = [{ label: "Devices" }, { label: "ABM devices", to: "/devices" }] as const;

/** One device, whole: what a link to it opens. Devices that left ABM have theirs as well. */
export function DevicePage() {
  const { serialNumber } = route.useParams();
  const { device, error, missing, retry } = useDevice(serialNumber);
  if (device) return <Loaded key={device.id} device={device} />;
  return (
    <Page title={serialNumber} windowTitle={`Device ${serialNumber}`} crumbs={crumbs}>
      <Card>
        {error ? (
          <ErrorState {...problemOf(error)} title="The device did not load" onRetry={retry} />
        ) : missing ? (
          <NoSuchDevice serial={serialNumber} action={<WaysOn serial={asSerial(serialNumber)} />} />
        ) : (
          <Skeleton rows={8} />
        )}
      </Card>
    </Page>
  );
}

/** Where a serial number that nobody has may have been meant to lead: to those that begin like it. */
function WaysOn({ serial }: { serial: string }) {
  const beginning = serial.slice(0, 4);
  return (
    <>
      <Button render={<Link to="/devices" />}>Show all devices</Button>
      {beginning !== "" && (
        <Button variant="ghost" render={<Link to="/devices" search={{ q: beginning, status: "all" }} />}>
          Those that begin with {beginning}
        </Button>
      )}
    </>
  );
}

function Loaded({ device }: { device: DeviceDetails }) {
  const profile = readFragment(DeviceProfileFragment, device);
  const { buttons, dialog, onSet, onRemove } = useDeviceActions(profile);
  return (
    <Page title={device.serialNumber} windowTitle={`${device.serialNumber}, ${device.model}`} crumbs={crumbs}>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <div className="flex flex-wrap items-start gap-4">
          <div className="min-w-0 flex-1 basis-80">
            <DeviceHeading device={device}>{summary(device)}</DeviceHeading>
          </div>
          {buttons}
        </div>
        {device.removedAt && (
          <Banner tone="info" title="This device is no longer in Apple Business Manager">
            Last seen in the list of {device.abmToken.name}: <Time value={device.removedAt} />. Its history stays. It
            comes back by itself when it is assigned to GuardMDM again.
          </Banner>
        )}
        <DeviceNotices device={profile} />
        <EnrollmentNotices device={device} />
        <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-[20rem_minmax(0,1fr)]">
          <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
            <Card title="Why this profile?" meta="The first rule with a profile decides">
              <WhyThisProfile device={profile} onSet={onSet} onRemove={onRemove} />
            </Card>
            <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
              <Timeline device={device} />
              <AppleRecord device={device} />
            </div>
          </div>
          <div className="grid grid-cols-[minmax(0,1fr)] gap-4 lg:order-first">
            <Card title="Enrollment">
              <DeviceEnrollment device={device} />
            </Card>
            <Card title="Facts">
              <div className="grid gap-4 *:first:border-t-0 *:first:pt-0">
                <DeviceFacts device={device} />
              </div>
            </Card>
          </div>
        </div>
      </div>
      {dialog}
    </Page>
  );
}

function Timeline({ device }: { device: DeviceDetails }) {
  const { events } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Card
      title="Timeline"
      meta={`Times in ${timeZoneName()}`}
      action={
        <Segmented
          label="Events"
          options={[
            { value: "all", label: "All" },
            { value: "failed", label: "Failures" },
          ]}
          value={events ?? "all"}
          onValueChange={(value) =>
            void navigate({
              search: (now) => ({ ...now, events: value === "all" ? undefined : "failed" }),
              replace: true,
              resetScroll: false,
            })
          }
        />
      }
    >
      <DeviceTimeline device={device} failures={events === "failed"} />
    </Card>
  );
}

function summary({ model, color, abmToken }: DeviceDetails): string {
  return [model, color, abmToken.name].filter(Boolean).join(", ");
}
