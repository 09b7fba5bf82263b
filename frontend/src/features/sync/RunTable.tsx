import { Link } from "@tanstack/react-router";
import { clsx } from "clsx";
import { Clock, RotateCw, UserRound } from "lucide-react";
import type { Group } from "../../lib/grouped";
import { formatCount, signed } from "../../lib/numbers";
import { useColumnPriority, useIsPhone } from "../../lib/useBreakpoint";
import { useNow } from "../../lib/useNow";
import { Chip } from "../../ui/Chip";
import { Status } from "../../ui/Status";
import { Time } from "../../ui/Time";
import { wordFor } from "../../ui/vocabulary";
import { findingsOf } from "./findings";
import { byDay } from "./history";
import { RunLength } from "./RunFacts";
import { RunFindings } from "./RunFindings";
import { SyncFailure } from "./SyncFailure";
import type { Run } from "./SyncProvider";

type RunTableProps = {
  runs: readonly Run[];
  /** The names of the organizations by their identifiers; undefined where there is only one. */
  names: ReadonlyMap<string, string> | undefined;
};

type Column = {
  header: string;
  isNumber?: true;
  /** 3 leaves first, as in the other tables. */
  priority?: 2 | 3;
  cell: (run: Run) => React.ReactNode;
};

/** The runs of each day, newest first; on a phone as cards. */
export function RunTable({ runs, names }: RunTableProps) {
  const days = byDay(runs, useNow(60_000));
  return useIsPhone() ? <Cards days={days} names={names} /> : <Table days={days} names={names} />;
}

type DaysProps = { days: readonly Group<Run>[]; names: RunTableProps["names"] };

function columnsOf(names: RunTableProps["names"]): Column[] {
  return [
    { header: "Started", cell: (run) => <Started run={run} /> },
    ...(names ? [{ header: "Organization", cell: (run: Run) => <Name run={run} names={names} /> }] : []),
    { header: "Trigger", cell: (run) => <Trigger run={run} /> },
    { header: "Kind", priority: 3, cell: (run) => <Kind run={run} /> },
    { header: "Result", cell: (run) => <Status kind="syncRun" value={run.status} /> },
    { header: "Duration", isNumber: true, cell: (run) => <RunLength run={run} /> },
    { header: "Pages", isNumber: true, priority: 3, cell: (run) => <Count count={run.pages} /> },
    { header: "Devices", isNumber: true, priority: 2, cell: (run) => <Count count={run.devicesSeen} /> },
    { header: "Added", isNumber: true, cell: (run) => <Count count={run.added} tone="text-ok-fg" sign /> },
    { header: "Modified", isNumber: true, cell: (run) => <Count count={run.modified} tone="text-info-fg" /> },
    { header: "Removed", isNumber: true, cell: (run) => <Count count={run.removed} tone="text-fg" /> },
  ];
}

function Table({ days, names }: DaysProps) {
  const room = useColumnPriority();
  const columns = columnsOf(names).filter(({ priority = 1 }) => priority <= room);
  return (
    <div className="overflow-x-auto">
      <table className="w-full border-collapse text-left">
        <caption className="sr-only">Sync runs, newest first</caption>
        <thead>
          <tr className="h-8 border-border border-b">
            {columns.map((column) => (
              <th key={column.header} scope="col" className={cellClass(column, "font-medium text-fg-2 text-hint")}>
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        {days.map(({ label, rows }) => (
          <tbody key={label}>
            <tr className="h-8 border-border border-b bg-sunken">
              <th scope="rowgroup" colSpan={columns.length} className="px-4 font-medium text-fg-2 text-hint">
                {label}
              </th>
            </tr>
            {rows.map((run) => (
              <Row key={run.id} run={run} columns={columns} />
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

function Row({ run, columns }: { run: Run; columns: readonly Column[] }) {
  const hasMore = run.error !== null || findingsOf(run).length > 0;
  return (
    <>
      <tr className={clsx("relative h-9 border-border hover:bg-hover", !hasMore && "border-b")}>
        {columns.map((column) => (
          <td key={column.header} className={cellClass(column)}>
            {column.cell(run)}
          </td>
        ))}
      </tr>
      {hasMore && (
        <tr className="border-border border-b">
          <td colSpan={columns.length} className="px-4 pb-2">
            <div className="grid gap-1">
              {run.error && <SyncFailure error={run.error} />}
              <RunFindings run={run} />
            </div>
          </td>
        </tr>
      )}
    </>
  );
}

function cellClass({ isNumber }: Column, more?: string) {
  return clsx("whitespace-nowrap px-2 first:pl-4 last:pr-4", isNumber && "text-right tabular-nums", more);
}

function Cards({ days, names }: DaysProps) {
  return days.map(({ label, rows }) => (
    <section key={label} aria-label={label} className="grid grid-cols-[minmax(0,1fr)] gap-2 pb-3">
      <h2 className="text-fg-3 text-hint">{label}</h2>
      <ul className="grid grid-cols-[minmax(0,1fr)] gap-2">
        {rows.map((run) => (
          <li
            key={run.id}
            className="relative grid grid-cols-[minmax(0,1fr)] gap-1 rounded-dialog border border-border bg-surface p-3 active:bg-hover"
          >
            <div className="flex items-start justify-between gap-3">
              <span className="min-w-0 font-medium wrap-anywhere">
                <Started run={run} /> {names && <Name run={run} names={names} />}
              </span>
              <Status kind="syncRun" value={run.status} />
            </div>
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-fg-2 text-hint">
              <Trigger run={run} />
              <Kind run={run} />
              <RunLength run={run} />
              <Changes run={run} />
            </div>
            {run.error && <SyncFailure error={run.error} />}
            <RunFindings run={run} />
          </li>
        ))}
      </ul>
    </section>
  ));
}

function Changes({ run }: { run: Run }) {
  const { added, modified, removed } = run;
  if (added + modified + removed === 0) return null;
  return (
    <span className="ml-auto tabular-nums">
      {added > 0 && <span className="text-ok-fg">{formatCount(added)} added </span>}
      {modified > 0 && <span className="text-info-fg">{formatCount(modified)} modified </span>}
      {removed > 0 && <span className="text-fg">{formatCount(removed)} removed</span>}
    </span>
  );
}

function Name({ run, names }: { run: Run; names: ReadonlyMap<string, string> }) {
  const name = names.get(run.abmTokenId);
  return (
    <span className={clsx("sm:block sm:max-w-64 sm:truncate", !name && "text-fg-3")} title={name}>
      {name ?? "No longer connected"}
    </span>
  );
}

function Trigger({ run }: { run: Run }) {
  const [Icon, word] =
    run.trigger === "MANUAL"
      ? [UserRound, run.requestedBy || wordFor("syncTrigger", run.trigger)]
      : run.trigger === "RESUME"
        ? [RotateCw, run.requestedBy ? `Resumed, by ${run.requestedBy}` : wordFor("syncTrigger", run.trigger)]
        : [Clock, wordFor("syncTrigger", run.trigger)];
  return (
    <span className="inline-flex items-center gap-1.5 align-top text-fg-2">
      <Icon aria-hidden className="size-4 shrink-0 text-fg-3" strokeWidth={1.75} />
      <span className="max-w-48 truncate" title={word}>
        {word}
      </span>
    </span>
  );
}

function Kind({ run }: { run: Run }) {
  return run.full ? <Chip tone="violet">Full</Chip> : <span className="text-fg-2">Changes</span>;
}

/** When a run began: the link to its page, which covers the row. */
function Started({ run }: { run: Run }) {
  return (
    <Link
      to="/sync/$runId"
      params={{ runId: run.id }}
      className="rounded-badge after:absolute after:inset-0 hover:underline"
    >
      <Time value={run.startedAt} mode="clock" />
    </Link>
  );
}

function Count({ count, tone = "text-fg-2", sign = false }: { count: number; tone?: string; sign?: boolean }) {
  return (
    <span className={count === 0 ? "text-fg-3" : clsx(tone, tone !== "text-fg-2" && "font-semibold")}>
      {sign ? signed(count) : formatCount(count)}
    </span>
  );
}
