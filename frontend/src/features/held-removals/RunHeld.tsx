import { plural } from "../../lib/numbers";
import { Banner } from "../../ui/Banner";
import { useOrganizations } from "../organizations/OrganizationsProvider";
import type { Run } from "../sync/SyncProvider";
import { HeldBanner } from "./HeldBanner";

/** The removals that a run held: what waits still, or that nothing does any more. */
export function RunHeld({ run }: { run: Run }) {
  const { all } = useOrganizations();
  if (run.heldRemovals === 0 || !all) return null;
  const token = all.find(({ id }) => id === run.abmTokenId);
  if (token && token.heldRemovals > 0) return <HeldBanner token={token} />;
  return (
    <Banner tone="info" title={`This run held ${plural(run.heldRemovals, "removal")} back`}>
      Nothing waits any more: a later full sync found the devices again, or an administrator confirmed.
    </Banner>
  );
}
