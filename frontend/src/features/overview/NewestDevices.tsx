import { Link } from "@tanstack/react-router";
import { clsx } from "clsx";
import { useState } from "react";
import { useQuery } from "urql";
import { type FragmentType, graphql, readFragment } from "../../gql";
import { problemOf } from "../../graphql/errors";
import { serverNow } from "../../lib/useNow";
import { Card } from "../../ui/Card";
import { ErrorState } from "../../ui/ErrorState";
import { PlatformIcon } from "../../ui/PlatformIcon";
import { Skeleton } from "../../ui/Skeleton";
import { Time } from "../../ui/Time";
import { textLink } from "../../ui/textLink";
import { wordFor } from "../../ui/vocabulary";

const NewestDevicesDocument = graphql(`
  query NewestDevices($where: DeviceWhereInput!) {
    devices(first: 8, orderBy: { field: ADDED_AT, direction: DESC }, where: $where) {
      nodes {
        id
        ...NewestDevice
      }
    }
  }
`);

const NewestDeviceFragment = graphql(`
  fragment NewestDevice on Device {
    serialNumber
    model
    platform
    addedAt
  }
`);

/** The devices that came last, so that arriving ones are seen. */
export function NewestDevices({ abmTokenId }: { abmTokenId: string | undefined }) {
  const [{ data, error }, refetch] = useQuery({
    query: NewestDevicesDocument,
    variables: { where: { removedAtIsNil: true, ...(abmTokenId && { abmTokenId }) } },
  });
  const devices = data?.devices.nodes;
  return (
    <Card
      title="Newest devices"
      action={
        <Link to="/devices" className={textLink}>
          All devices
        </Link>
      }
      padding={false}
    >
      {devices ? (
        devices.length > 0 ? (
          <ul>
            {devices.map((device) => (
              <NewestDevice key={device.id} device={device} />
            ))}
          </ul>
        ) : (
          <p className="px-4 py-3 text-fg-2">No devices yet. They appear here as a sync brings them.</p>
        )
      ) : error ? (
        <ErrorState {...problemOf(error)} onRetry={refetch} />
      ) : (
        <div className="p-4">
          <Skeleton rows={8} />
        </div>
      )}
    </Card>
  );
}

const fresh = 10_000;

function NewestDevice(props: { device: FragmentType<typeof NewestDeviceFragment> }) {
  const { serialNumber, model, platform, addedAt } = readFragment(NewestDeviceFragment, props.device);
  const [hasJustCome] = useState(() => serverNow() - Date.parse(addedAt) < fresh);
  return (
    <li className="border-border border-b last:border-b-0">
      <Link
        to="/devices"
        search={{ device: serialNumber }}
        className={clsx(
          "grid min-h-9 grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 px-4 py-1.5 -outline-offset-2 transition-colors hover:bg-hover sm:grid-cols-[9rem_minmax(0,1fr)_7rem_6rem] sm:py-1",
          hasJustCome ? "duration-900 starting:bg-accent-soft" : "duration-(--motion-press)",
        )}
      >
        <span className="font-mono text-serial slashed-zero">{serialNumber}</span>
        <span className="truncate text-fg-2 max-sm:order-1">{model}</span>
        <span className="flex items-center gap-1.5 text-fg-2 max-sm:order-2 max-sm:justify-self-end">
          <PlatformIcon platform={platform} />
          {wordFor("platform", platform)}
        </span>
        <span className="text-right text-fg-3 text-hint">
          <Time value={addedAt} mode="relative" />
        </span>
      </Link>
    </li>
  );
}
