import { StatusChip } from "../../ui/Chip";
import { findingsOf } from "./findings";
import type { Run } from "./SyncProvider";

/** What a full reconciliation found, as badges with their numbers. */
export function RunFindings({ run }: { run: Run }) {
  return findingsOf(run).map(({ finding, text }) => (
    <p key={finding} className="flex flex-wrap items-center gap-x-2 gap-y-1 text-fg-2 max-sm:text-hint">
      <StatusChip kind="finding" value={finding} />
      {text}
    </p>
  ));
}
