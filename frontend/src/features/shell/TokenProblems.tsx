import { plural } from "../../lib/numbers";
import { CountBadge } from "../../ui/CountBadge";
import { isBlocked, useOrganizations } from "../organizations/OrganizationsProvider";

/** How many organizations need somebody, or will soon. */
export function TokenProblems() {
  const { all = [] } = useOrganizations();
  const blocked = all.filter(({ state }) => isBlocked(state)).length;
  const expiring = all.filter(({ state }) => state === "EXPIRING").length;
  const held = all.filter(({ heldRemovals }) => heldRemovals > 0).length;
  if (blocked + expiring + held === 0) return null;
  const words = blocked > 0 ? plural(blocked, "problem") : soon(expiring, held);
  return (
    <>
      <span aria-hidden>
        <CountBadge tone={blocked > 0 ? "bad" : "warn"} count={blocked || expiring + held} />
      </span>
      <span className="sr-only">, {words}</span>
    </>
  );
}

function soon(expiring: number, held: number): string {
  const parts = [
    ...(expiring > 0 ? [`${plural(expiring, "token")} to renew`] : []),
    ...(held > 0 ? [`${plural(held, "organization")} with held removals`] : []),
  ];
  return parts.join(", ");
}
