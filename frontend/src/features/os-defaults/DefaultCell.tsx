import { clsx } from "clsx";
import { ChevronsUpDown, CircleDashed, FileCog, Plus } from "lucide-react";
import { formatCount, plural } from "../../lib/numbers";
import { ProgressBar } from "../../ui/ProgressBar";
import { SkeletonBar } from "../../ui/Skeleton";
import { type System, systemNames } from "../ade-profiles/systems";
import type { CellCounts, OsDefault } from "./defaults";

type DefaultCellProps = {
  system: System;
  /** Whose devices it is for. */
  scope: string;
  /** The default that is set here. */
  own: OsDefault | undefined;
  /** The default of all organizations, for a cell of one. */
  inherited: OsDefault | undefined;
  /** Undefined until they are counted; null where nothing is counted. */
  counts: CellCounts | undefined | null;
  /** Left out for those who may not change it. */
  onPick: (() => void) | undefined;
};

const box =
  "flex h-full min-h-18 w-full min-w-0 flex-col justify-center gap-0.5 rounded-control border px-3 py-2 text-left";

/** The default of a system for an organization. Amber only while devices wait for it. */
export function DefaultCell({ system, scope, own, inherited, counts, onPick }: DefaultCellProps) {
  const profile = (own ?? inherited)?.adeProfile;
  const waits = !profile && counts ? counts.waiting > 0 : false;
  const Icon = profile ? FileCog : CircleDashed;
  const Sign = profile || waits ? ChevronsUpDown : Plus;
  const className = clsx(
    box,
    waits
      ? "border-warn-line bg-warn-soft text-warn-fg"
      : profile
        ? "border-border-2 bg-surface"
        : "border-border-2 border-dashed",
    onPick && "cursor-pointer hover:border-border-control",
  );
  const content = (
    <>
      <span className="flex w-full items-center gap-2">
        <Icon aria-hidden className={clsx("size-4 shrink-0", !waits && "text-fg-3")} strokeWidth={1.75} />
        <span className={clsx("min-w-0 flex-1 truncate", profile ? "font-medium" : !waits && "text-fg-2")}>
          {profile?.name ?? "No default"}
        </span>
        {onPick && <Sign aria-hidden className="size-4 shrink-0 text-fg-3" strokeWidth={1.75} />}
      </span>
      {" " /* parts them in the name */}
      <span className={clsx("block text-hint", waits ? "" : "text-fg-2")}>
        {counts === undefined ? (
          <span className="flex h-4 items-center">
            <SkeletonBar width="w-20" />
          </span>
        ) : (
          detailOf(own, inherited, counts)
        )}
      </span>
      {profile && counts && counts.devices > 0 && (
        <span aria-hidden className="block w-full">
          <ProgressBar label="Devices by the default" value={counts.byDefault} max={counts.devices} />
        </span>
      )}
    </>
  );
  if (!onPick) return <div className={className}>{content}</div>;
  return (
    <button type="button" aria-haspopup="dialog" onClick={onPick} className={className}>
      <span className="sr-only">
        {systemNames[system]}, {scope}:
      </span>{" "}
      {content}
    </button>
  );
}

function detailOf(own: OsDefault | undefined, inherited: OsDefault | undefined, counts: CellCounts | null): string {
  if (!counts) return own ? "Where none is set below" : "Nothing to fall back on";
  const { devices, waiting, byDefault } = counts;
  if (devices === 0) return own || !inherited ? "No devices" : "Inherited, no devices";
  if (own ?? inherited) {
    return `${own ? "" : "Inherited, "}${formatCount(byDefault)} of ${formatCount(devices)}`;
  }
  if (waiting > 0) return `${plural(waiting, "device waits", "devices wait")}`;
  return `${plural(devices, "device")}, other rules decide`;
}
