import { clsx } from "clsx";
import { ChevronRight } from "lucide-react";
import { useId, useState } from "react";
import { useColumnPriority, useIsPhone } from "../../lib/useBreakpoint";
import { useNow } from "../../lib/useNow";
import { Time } from "../../ui/Time";
import { Actor, actorOf } from "./Actor";
import { describeAction, isAlarming } from "./actions";
import { fieldsOf } from "./changes";
import { groupByDay } from "./days";
import { EntryDetail } from "./EntryDetail";
import type { Entry } from "./entry";

/** The columns that there is room for, beside those that are always there. */
type Room = { who: boolean; object: boolean; from: boolean };

function useRoom(): Room {
  const priority = useColumnPriority();
  return { who: !useIsPhone(), object: priority >= 2, from: priority >= 3 };
}

/** The entries by day. A row opens to what changed. */
export function AuditTable({ entries }: { entries: readonly Entry[] }) {
  const days = groupByDay(entries, (entry) => entry.at, useNow(60_000));
  const room = useRoom();
  const columns = 3 + Object.values(room).filter(Boolean).length;
  return (
    <table className="w-full table-fixed border-collapse text-left">
      <caption className="sr-only">Audit log, newest first</caption>
      <thead>
        <tr className="h-8 text-fg-2 text-hint">
          <th scope="col" className="w-10 sm:w-12">
            <span className="sr-only">Details</span>
          </th>
          <Header className="w-20">Time</Header>
          {room.who && <Header className="w-[20%]">Who</Header>}
          <Header>What</Header>
          {room.object && <Header className="w-[20%]">Object</Header>}
          {room.from && <Header className="w-40">From</Header>}
        </tr>
      </thead>
      {days.map(({ label, rows }) => (
        <tbody key={label}>
          <tr className="h-8 border-border border-y bg-sunken">
            <th scope="rowgroup" colSpan={columns} className="px-4 font-medium text-fg-2 text-hint sm:px-6">
              {label}
            </th>
          </tr>
          {rows.map((entry) => (
            <EntryRow key={entry.id} entry={entry} room={room} columns={columns} />
          ))}
        </tbody>
      ))}
    </table>
  );
}

function Header({ className, children }: { className?: string; children: React.ReactNode }) {
  return (
    <th scope="col" className={clsx("pr-3 font-medium", className)}>
      {children}
    </th>
  );
}

function EntryRow({ entry, room, columns }: { entry: Entry; room: Room; columns: number }) {
  const [isOpen, setOpen] = useState(false);
  const detailId = useId();
  const words = describeAction({ action: entry.action, after: fieldsOf(entry.after) });
  return (
    <>
      <tr className="relative h-11 border-border border-b hover:bg-hover sm:h-9">
        <td className="pl-3 sm:pl-5">
          {/* It covers the row: a press anywhere opens it. */}
          <button
            type="button"
            aria-expanded={isOpen}
            aria-controls={detailId}
            className="grid size-6 cursor-pointer place-items-center rounded-badge text-fg-3 after:absolute after:inset-0"
            onClick={() => setOpen(!isOpen)}
          >
            <ChevronRight
              aria-hidden
              className={clsx("size-4 transition-transform duration-(--motion-press)", isOpen && "rotate-90")}
              strokeWidth={1.75}
            />
            <span className="sr-only">{`Details: ${words}`}</span>
          </button>
        </td>
        <td className="pr-3 text-fg-2">
          <Time value={entry.at} mode="clock" />
        </td>
        {room.who && (
          <td className="pr-3">
            <Actor entry={entry} />
          </td>
        )}
        <td className="py-1 pr-3 wrap-anywhere">
          <span className={clsx(isAlarming(entry.action) && "font-medium text-bad-fg")}>{words}</span>
          <Elsewhere entry={entry} room={room} />
        </td>
        {room.object && (
          <td className="truncate pr-3">
            <ObjectName entry={entry} />
          </td>
        )}
        {room.from && <td className="truncate pr-6 text-fg-2 tabular-nums">{entry.remoteAddress || <None />}</td>}
      </tr>
      <tr id={detailId} hidden={!isOpen} className="border-border border-b bg-hover">
        <td colSpan={columns} className="px-4 py-3 sm:pr-6 sm:pl-12">
          {isOpen && <EntryDetail entry={entry} />}
        </td>
      </tr>
    </>
  );
}

/** What has no column, below the words. */
function Elsewhere({ entry, room }: { entry: Entry; room: Room }) {
  const parts = [
    ...(room.who ? [] : [actorOf(entry).name]),
    ...(room.object || isOwn(entry) || !entry.objectName ? [] : [entry.objectName]),
  ];
  return parts.length > 0 && <span className="block text-fg-3 text-hint">{parts.join(", ")}</span>;
}

function isOwn({ actorId, objectId }: Entry): boolean {
  return objectId !== null && objectId === actorId;
}

function ObjectName({ entry }: { entry: Entry }) {
  if (isOwn(entry)) return <span className="text-fg-3">Own account</span>;
  return entry.objectName || <None />;
}

function None() {
  return <span className="text-fg-3">None</span>;
}
