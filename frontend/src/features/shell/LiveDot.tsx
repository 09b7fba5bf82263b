import { clsx } from "clsx";
import { useApi } from "../../graphql/ApiContext";
import { type LiveState, useLiveState } from "../../graphql/live";

const words: Record<LiveState["status"], string> = {
  live: "Live",
  connecting: "Connecting",
  reconnecting: "Reconnecting",
  lost: "Not live",
};

/** Whether what is on screen is moving by itself. */
export function LiveDot() {
  const { status } = useLiveState(useApi().live);
  return (
    <span role="status" className="flex items-center gap-1.5 text-fg-2 text-hint">
      <span
        aria-hidden
        className={clsx("size-2 rounded-full", status === "live" ? "bg-ok" : status === "lost" ? "bg-bad" : "bg-warn")}
      />
      <span className="max-sm:sr-only">{words[status]}</span>
    </span>
  );
}
