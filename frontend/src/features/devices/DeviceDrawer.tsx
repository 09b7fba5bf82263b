import { Link } from "@tanstack/react-router";
import { ChevronDown, ChevronUp, Maximize2, X } from "lucide-react";
import { Fragment, useEffect, useRef } from "react";
import { problemOf } from "../../graphql/errors";
import { formatCount } from "../../lib/numbers";
import { useShortcuts } from "../../lib/shortcuts";
import { timeZoneName } from "../../lib/time";
import { CopyButton } from "../../ui/CopyText";
import { ErrorState } from "../../ui/ErrorState";
import { IconButton } from "../../ui/IconButton";
import { Skeleton } from "../../ui/Skeleton";
import { DeviceEnrollment } from "../enrollment/DeviceEnrollment";
import { EnrollmentNotices } from "../enrollment/EnrollmentNotices";
import { DeviceFacts } from "./DeviceFacts";
import { DeviceHeading } from "./DeviceHeading";
import { DeviceProfile } from "./DeviceProfile";
import { DeviceTimeline } from "./DeviceTimeline";
import type { DeviceDetails } from "./deviceDetails";
import { NoSuchDevice } from "./NoSuchDevice";
import { useDevice } from "./useDevice";

export type DeviceDrawerProps = {
  serial: string;
  /** Where the device stands in the list; undefined if it is not in the part that is here. */
  place: { index: number; total: number } | undefined;
  /** Moves to the next device (1) or the one before (-1); undefined where there is none. */
  onMove: (step: 1 | -1) => (() => void) | undefined;
  onOpenPage: () => void;
  onClose: () => void;
};

/** One device beside the list, which stays usable; on narrow windows in its place. */
export function DeviceDrawer({ serial, place, onMove, onOpenPage, onClose }: DeviceDrawerProps) {
  const frame = useRef<HTMLElement>(null);
  useEffect(() => frame.current?.focus(), []);
  const [next, previous] = [onMove(1), onMove(-1)];
  useShortcuts({ Escape: onClose, o: onOpenPage, ...(next && { j: next }), ...(previous && { k: previous }) });
  return (
    <section
      ref={frame}
      tabIndex={-1}
      aria-label={`Device ${serial}`}
      className="absolute inset-0 z-40 flex flex-col bg-surface outline-none transition-[translate] duration-(--motion-drawer) ease-standard min-[1100px]:fixed min-[1100px]:left-auto min-[1100px]:w-120 min-[1100px]:border-border-2 min-[1100px]:border-l min-[1100px]:shadow-dialog motion-safe:min-[1100px]:starting:translate-x-full xl:w-140"
    >
      <header className="flex min-h-12 shrink-0 items-center gap-1 border-border border-b px-2 sm:px-4">
        <Move
          label="Previous device"
          shortcut="K"
          icon={<ChevronUp aria-hidden className="size-4" />}
          onMove={previous}
        />
        <Move label="Next device" shortcut="J" icon={<ChevronDown aria-hidden className="size-4" />} onMove={next} />
        {place && (
          <span className="ml-2 text-fg-2 tabular-nums">
            {formatCount(place.index + 1)} of {formatCount(place.total)}
          </span>
        )}
        <span className="ml-auto flex items-center gap-1">
          <CopyButton label="link" text={location.href} />
          <IconButton
            label="Open the device's page"
            shortcut="O"
            icon={<Maximize2 aria-hidden className="size-4" strokeWidth={1.75} />}
            render={<Link to="/devices/$serialNumber" params={{ serialNumber: serial }} />}
          />
          <IconButton
            label="Close"
            shortcut="Esc"
            icon={<X aria-hidden className="size-4" strokeWidth={1.75} />}
            onClick={onClose}
          />
        </span>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-4 sm:p-6">
        <Content serial={serial} />
      </div>
    </section>
  );
}

function Move(props: { label: string; shortcut: string; icon: React.ReactNode; onMove: (() => void) | undefined }) {
  return (
    <IconButton
      label={props.label}
      shortcut={props.shortcut}
      icon={props.icon}
      disabledReason={props.onMove ? undefined : "There is no further device in this list"}
      onClick={props.onMove}
    />
  );
}

function Content({ serial }: { serial: string }) {
  const { device, error, missing, retry } = useDevice(serial);
  if (device) return <Facts device={device} />;
  if (error) return <ErrorState {...problemOf(error)} onRetry={retry} />;
  return missing ? <NoSuchDevice serial={serial} /> : <Skeleton rows={8} />;
}

function Facts({ device }: { device: DeviceDetails }) {
  return (
    <div className="grid gap-6">
      <DeviceHeading device={device} />
      <DeviceProfile key={device.id} device={device} />
      <section aria-label="Enrollment" className="grid gap-3 border-border border-t pt-4">
        <h3 className="text-card">Enrollment</h3>
        <Fragment key={device.id}>
          <EnrollmentNotices device={device} />
          <DeviceEnrollment device={device} />
        </Fragment>
      </section>
      <DeviceFacts device={device} />
      <section aria-label="Timeline" className="grid gap-3 border-border border-t pt-4">
        <h3 className="text-card">
          Timeline <span className="ml-1 font-normal text-fg-3 text-hint">Times in {timeZoneName()}</span>
        </h3>
        <DeviceTimeline key={device.id} device={device} />
      </section>
    </div>
  );
}
