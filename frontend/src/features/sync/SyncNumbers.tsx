import { clsx } from "clsx";
import { formatCount, formatRate, signed } from "../../lib/numbers";
import { elapsed } from "../../lib/time";
import type { SyncSummary } from "./syncGroup";

/** The numbers of a sync. They step, they do not roll. */
export function SyncNumbers({ sync }: { sync: SyncSummary }) {
  const isGoingOn = sync.status === "RUNNING";
  return (
    <dl className="grid grid-cols-2 gap-px overflow-clip bg-border shadow-[0_1px_var(--border)] sm:auto-rows-fr sm:grid-cols-4">
      <Cell label="Devices" detail={totalOf(sync)}>
        {formatCount(sync.devices)}
      </Cell>
      <Cell
        label="Pages"
        detail={sync.full && sync.pages > 0 ? `${formatCount(sync.devices / sync.pages)} a page` : ""}
      >
        {formatCount(sync.pages)}
      </Cell>
      <Cell label="Rate" detail={isGoingOn ? "last 10 s" : "on average"}>
        {formatRate(sync.devicesPerSecond)}
      </Cell>
      <Cell label="Elapsed" detail={sync.usual === undefined ? "" : `last time ${elapsed(sync.usual)}`}>
        {elapsed(sync.elapsed)}
      </Cell>
      <Cell label="Added" tone={sync.added > 0 ? "text-ok-fg" : undefined}>
        {signed(sync.added)}
      </Cell>
      <Cell label="Modified" tone={sync.modified > 0 ? "text-info-fg" : undefined}>
        {formatCount(sync.modified)}
      </Cell>
      <Cell label="Removed">{formatCount(sync.removed)}</Cell>
      <Cell label="Retries" tone={sync.retries > 0 ? "text-warn-fg" : "text-fg-3"}>
        {formatCount(sync.retries)}
      </Cell>
    </dl>
  );
}

function totalOf({ status, expectedDevices }: SyncSummary): string {
  if (expectedDevices === undefined) return "total unknown";
  return status === "SUCCEEDED" ? "" : `of ${formatCount(expectedDevices)}`;
}

type CellProps = { label: string; detail?: string; tone?: string | undefined; children: React.ReactNode };

/** One number with its name, inside of a list of them. */
export function Cell({ label, detail, tone, children }: CellProps) {
  return (
    <div className="min-w-0 bg-surface px-4 py-2.5">
      <dt className="text-fg-3 text-hint">{label}</dt>
      <dd className={clsx("font-semibold text-[1rem]/6 tabular-nums", tone)}>{children}</dd>
      {detail !== undefined && <dd className="min-h-4 truncate text-fg-3 text-hint tabular-nums">{detail}</dd>}
    </div>
  );
}
