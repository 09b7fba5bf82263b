import { ChevronUp } from "lucide-react";
import { useState } from "react";
import { formatCount, signed } from "../../lib/numbers";
import { clockTime, elapsed } from "../../lib/time";
import { Button } from "../../ui/Button";
import { PageTicks } from "../../ui/PageTicks";
import { Sheet } from "../../ui/Sheet";
import { StatusIcon } from "../../ui/StatusIcon";
import { statusOf } from "../../ui/vocabulary";
import { StopButton, type SyncViewProps, titleOf } from "./SyncCard";
import { SyncNumbers } from "./SyncNumbers";
import { SyncPhases } from "./SyncPhases";
import { DeviceProgress, SyncRunRow } from "./SyncRunRow";

/** The live sync on a phone: a bar above the devices, which opens all of it from the bottom. */
export function SyncSheet({ group, sync, onClose }: SyncViewProps) {
  const [open, setOpen] = useState(false);
  const isGoingOn = sync.status === "RUNNING";
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-label={`${titleOf(sync)}: show the details`}
        onClick={() => setOpen(true)}
        className="mx-4 mb-3 grid shrink-0 grid-cols-[minmax(0,1fr)] gap-2 rounded-dialog border border-accent-line bg-surface px-3 py-2.5 text-left active:bg-hover"
      >
        <span className="flex items-center gap-2">
          <StatusIcon {...statusOf("syncRun", sync.status)} />
          <b className="min-w-0 flex-1 truncate font-semibold">{titleOf(sync)}</b>
          <span className="text-fg-3 tabular-nums">{elapsed(sync.elapsed)}</span>
          <ChevronUp aria-hidden className="size-4 text-fg-3" strokeWidth={1.75} />
        </span>
        <PageTicks label="Pages" done={sync.pages} inFlight={sync.inFlight} total={sync.expectedPages} />
        <span className="flex flex-wrap gap-x-3 text-fg-2 text-hint tabular-nums">
          <span className="mr-auto">
            <DeviceProgress devices={sync.devices} expected={sync.expectedDevices} />
          </span>
          <span className="font-semibold text-ok-fg">{signed(sync.added)}</span>
          <span className="font-semibold text-info-fg">{formatCount(sync.modified)}</span>
          <span>{signed(-sync.removed)}</span>
        </span>
      </button>
      <Sheet open={open} onOpenChange={setOpen} title={sync.full ? "Full sync" : "Sync of changes"}>
        <div className="grid gap-4">
          <p className="text-fg-3 text-hint">started {clockTime(sync.startedAt)}</p>
          <SyncPhases sync={sync} />
          <ul aria-label="Organizations" className="grid gap-3">
            {group.map((watched) => (
              <SyncRunRow key={watched.run.id} {...watched} />
            ))}
          </ul>
          <div className="overflow-clip rounded-dialog border border-border">
            <SyncNumbers sync={sync} />
          </div>
          <div className="grid auto-cols-fr grid-flow-col gap-2">
            <StopButton group={group} />
            {isGoingOn ? (
              <Button variant="primary" onClick={() => setOpen(false)}>
                Run in background
              </Button>
            ) : (
              <Button variant="primary" onClick={onClose}>
                Close
              </Button>
            )}
          </div>
        </div>
      </Sheet>
    </>
  );
}
