import { useQuery } from "urql";
import { type DeviceDetails, DeviceDetailsDocument } from "./deviceDetails";

/** One device by its serial number, in any case. While another is asked for, the one before is not shown. */
export function useDevice(serial: string) {
  const [{ data, error }, again] = useQuery({ query: DeviceDetailsDocument, variables: { serialNumber: serial } });
  const found = data?.device;
  const device: DeviceDetails | undefined =
    found && found.serialNumber.toUpperCase() === serial.toUpperCase() ? found : undefined;
  return {
    device,
    error: device ? undefined : error,
    missing: found === null,
    retry: () => again({ requestPolicy: "network-only" }),
  };
}
