import { ChevronDown, ChevronUp, X } from "lucide-react";
import { useState } from "react";
import { clockTime } from "../../lib/time";
import { Button } from "../../ui/Button";
import { Chip } from "../../ui/Chip";
import { IconButton } from "../../ui/IconButton";
import { StatusIcon } from "../../ui/StatusIcon";
import { statusOf } from "../../ui/vocabulary";
import { useMay } from "../session/session";
import { SyncNumbers } from "./SyncNumbers";
import { SyncPhases } from "./SyncPhases";
import { DeviceProgress, SyncRunRow } from "./SyncRunRow";
import type { SyncSummary, WatchedRun } from "./syncGroup";
import { useStopSync } from "./useStopSync";

export type SyncViewProps = {
  group: readonly WatchedRun[];
  sync: SyncSummary;
  /** Puts the result away. */
  onClose: () => void;
};

/** The live sync above the devices. */
export function SyncCard({ group, sync, onClose }: SyncViewProps) {
  const [folded, setFolded] = useState(false);
  const isGoingOn = sync.status === "RUNNING";
  const icon = (Icon: typeof X) => <Icon aria-hidden className="size-4" strokeWidth={1.75} />;
  return (
    <section
      aria-label="Live sync"
      className="mx-4 mb-3 max-h-[50dvh] shrink-0 overflow-y-auto rounded-card border border-accent-line bg-surface sm:mx-6"
    >
      <header className="flex min-h-11 flex-wrap items-center gap-x-2 gap-y-1 px-4 py-1.5">
        <StatusIcon {...statusOf("syncRun", sync.status)} />
        <h2 className="text-card">
          {titleOf(sync)}
          {isGoingOn && " with Apple Business Manager"}
        </h2>
        {sync.full && <Chip tone="info">Full sync</Chip>}
        <span className="text-fg-3">{startedBy(sync)}</span>
        {folded && (
          <span className="text-fg-2 tabular-nums">
            <DeviceProgress devices={sync.devices} expected={sync.expectedDevices} />
          </span>
        )}
        <span className="ml-auto flex items-center gap-1">
          <StopButton group={group} variant="ghost" size="small" />
          <IconButton
            size="small"
            label={folded ? "Unfold" : "Fold"}
            aria-expanded={!folded}
            icon={icon(folded ? ChevronDown : ChevronUp)}
            onClick={() => setFolded(!folded)}
          />
          {!isGoingOn && <IconButton size="small" label="Close" icon={icon(X)} onClick={onClose} />}
        </span>
      </header>
      {!folded && (
        <div className="grid border-border border-t xl:grid-cols-[minmax(0,1fr)_auto]">
          <div className="grid content-start gap-3 p-4">
            <SyncPhases sync={sync} />
            <ul aria-label="Organizations" className="grid gap-2.5">
              {group.map((watched) => (
                <SyncRunRow key={watched.run.id} {...watched} />
              ))}
            </ul>
          </div>
          <div className="border-border border-t xl:w-116 xl:border-t-0 xl:border-l">
            <SyncNumbers sync={sync} />
          </div>
        </div>
      )}
    </section>
  );
}

export function titleOf(sync: SyncSummary): string {
  if (sync.status === "PARTIAL") return "Sync failed in part";
  if (sync.status !== "RUNNING") return `Sync ${statusOf("syncRun", sync.status).word.toLowerCase()}`;
  return sync.runs > 1 ? `Syncing ${sync.running} of ${sync.runs}` : "Syncing";
}

function startedBy(sync: SyncSummary): string {
  const time = clockTime(sync.startedAt);
  return sync.startedBy ? `started by ${sync.startedBy} at ${time}` : `started at ${time}`;
}

/** Stops what still runs. Only those see it who may. */
export function StopButton({
  group,
  ...look
}: Pick<SyncViewProps, "group"> & Pick<React.ComponentProps<typeof Button>, "variant" | "size" | "className">) {
  const { stop, stopping } = useStopSync(group.map(({ run }) => run));
  const mayStop = useMay("OPERATOR") && group.some(({ run }) => run.status === "RUNNING");
  if (!mayStop) return null;
  return (
    <Button
      {...look}
      busy={stopping}
      busyLabel="Stopping"
      aria-description="Finishes the page in flight. What was fetched stays."
      onClick={() => void stop()}
    >
      Stop
    </Button>
  );
}
