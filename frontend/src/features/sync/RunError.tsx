import { Banner } from "../../ui/Banner";
import type { Run } from "./SyncProvider";

/** What ended a run: in words, what to do, and Apple's code to search for. */
export function RunError({ error }: { error: NonNullable<Run["error"]> }) {
  return (
    <Banner tone="bad" title={error.message}>
      {error.hint} <code className="whitespace-nowrap font-mono text-badge">{error.code}</code>
    </Banner>
  );
}
