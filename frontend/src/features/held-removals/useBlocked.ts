import { syncs } from "../organizations/OrganizationsProvider";
import { useRuns } from "../sync/SyncProvider";
import type { Held } from "./held";

/** Why no full sync of the token can begin now; undefined when one can. */
export function useBlocked(token: Held): string | undefined {
  const running = useRuns().get(token.id)?.status === "RUNNING";
  if (running) return "A sync is going on. Its end may change the number.";
  return syncs(token.state) ? undefined : "The token cannot sync now";
}
