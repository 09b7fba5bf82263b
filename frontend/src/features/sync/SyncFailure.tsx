import type { Run } from "./SyncProvider";

/** What ended a run: in words, what to do, and Apple's code to search for. */
export function SyncFailure({ error }: { error: NonNullable<Run["error"]> }) {
  return (
    <p className="text-pretty text-bad-fg">
      {error.message} {error.hint && <span className="text-fg-2">{error.hint} </span>}
      <code className="whitespace-nowrap rounded-badge bg-bad-soft px-1 font-mono text-badge">{error.code}</code>
    </p>
  );
}
