import { formatCount } from "../../lib/numbers";
import { countdown } from "../../lib/time";
import { useNow } from "../../lib/useNow";
import { Breakable } from "../../ui/Breakable";
import { DefinitionList } from "../../ui/DefinitionList";
import { Time } from "../../ui/Time";
import { isBlocked } from "../organizations/OrganizationsProvider";
import { type Run, useRuns } from "../sync/SyncProvider";
import type { ListedToken } from "./tokenList";

/** What a connected token does: its devices, its syncs, and who made it. */
export function TokenFacts({ token }: { token: ListedToken }) {
  const run = useRuns().get(token.id);
  return (
    <DefinitionList
      items={[
        {
          label: "Devices",
          value: formatCount(token.deviceCount),
          detail: isBlocked(token.state) && "New ones not seen",
        },
        { label: "Last sync", value: <Time value={token.lastSyncedAt} />, detail: run && outcomeOf(run) },
        { label: "Next sync", ...nextSyncOf(token, run?.status === "RUNNING") },
        { label: "Downloaded by", value: <Breakable>{token.adminId || "Unknown"}</Breakable>, wide: true },
      ]}
    />
  );
}

/** What a run changed, or how it stands. */
export function outcomeOf(run: Run): string {
  switch (run.status) {
    case "RUNNING":
      return `Syncing, ${formatCount(run.devicesSeen)} so far`;
    case "FAILED":
      return run.error ? `The last try failed: ${run.error.code}` : "The last try failed";
    case "CANCELED":
      return "The last one was stopped";
    default: {
      const changes = run.added + run.modified + run.removed;
      return changes === 0 ? "No changes" : `${formatCount(changes)} changed`;
    }
  }
}

function nextSyncOf(token: ListedToken, running: boolean) {
  switch (token.state) {
    case "EXPIRED":
    case "REJECTED":
      return { value: "Paused", detail: "Until the token is renewed" };
    case "TERMS_NOT_ACCEPTED":
      return { value: "Paused", detail: "Until the terms are accepted" };
    default:
      return {
        value: running ? "Now" : token.nextSyncAt ? <Countdown until={token.nextSyncAt} /> : "Soon",
        detail: "Every 5 minutes",
      };
  }
}

function Countdown({ until }: { until: string }) {
  const now = useNow();
  return <span className="tabular-nums">{Date.parse(until) > now ? `in ${countdown(until, now)}` : "Due"}</span>;
}
