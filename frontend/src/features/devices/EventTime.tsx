import { Time } from "../../ui/Time";
import type { DeviceEvent } from "./deviceEvent";

/** When it happened by Apple's word, with the time of ours below it; ours alone where Apple names none. */
export function EventTime({ event: { at, appleAt } }: { event: Pick<DeviceEvent, "at" | "appleAt"> }) {
  return (
    <span className="text-right text-fg-2">
      <Time value={appleAt ?? at} />
      {appleAt && (
        <span className="block text-fg-3 text-hint">
          seen <Time value={at} />
        </span>
      )}
    </span>
  );
}
