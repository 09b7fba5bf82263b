import { ArrowUp } from "lucide-react";
import { CombinedError } from "urql";
import { problemOf } from "../../graphql/errors";
import { formatCount, plural } from "../../lib/numbers";
import { Button } from "../../ui/Button";
import { Kbd } from "../../ui/Kbd";
import { pageSize } from "./cursors";
import type { Device } from "./device";
import type { RowSnapshot } from "./rowPages";

type DeviceFooterProps = {
  snapshot: RowSnapshot<Device>;
  /** The newest devices stand first: those that wait would stand above them. */
  newestFirst: boolean;
  /** Rows can be picked. */
  selectable: boolean;
  onShowWaiting: () => void;
  onRetry: () => void;
};

/** Below the list: how many match, what waits, what did not load. */
export function DeviceFooter({ snapshot, newestFirst, selectable, onShowWaiting, onRetry }: DeviceFooterProps) {
  const { total, waiting, failure } = snapshot;
  return (
    <div className="flex min-h-9 shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-border border-t bg-bg px-4 py-1 text-fg-2 text-hint sm:px-6">
      {total !== undefined && (
        <span>
          <b className="font-semibold text-fg tabular-nums">{formatCount(total)}</b>{" "}
          {total === 1 ? "device matches" : "devices match"}
        </span>
      )}
      <span role="status" className="inline-flex items-center gap-2">
        {failure && snapshot.pages.size > 0 && (
          <>
            <span className="text-bad-fg">{failureText(failure)}</span>
            <Button size="tiny" onClick={onRetry}>
              Try again
            </Button>
          </>
        )}
        {waiting > 0 && (
          <>
            <ArrowUp aria-hidden className="size-3.5 text-accent-fg" />
            <span>{plural(waiting, newestFirst ? "newer device" : "more device")}.</span>
            <button
              type="button"
              className="relative min-h-6 cursor-pointer rounded-badge font-medium text-accent-fg hover:underline max-sm:after:absolute max-sm:after:-inset-2.5"
              onClick={onShowWaiting}
            >
              Show them
            </button>
          </>
        )}
      </span>
      <span aria-hidden className="ml-auto hidden items-center gap-1 lg:flex">
        <Kbd>J</Kbd>
        <Kbd>K</Kbd> move{" "}
        {selectable && (
          <>
            <Kbd>X</Kbd> select{" "}
          </>
        )}
        <Kbd>↵</Kbd> open
      </span>
    </div>
  );
}

function failureText({ page, error }: { page: number; error: unknown }): string {
  const why = error instanceof CombinedError ? problemOf(error).message : "";
  return `Rows ${formatCount(page * pageSize + 1)} to ${formatCount((page + 1) * pageSize)} did not load. ${why}`;
}
