import { plural } from "../../lib/numbers";
import { CountBadge } from "../../ui/CountBadge";
import { isBlocked, useOrganizations } from "../organizations/OrganizationsProvider";

/** How many organizations need somebody, or will soon. */
export function TokenProblems() {
  const { all = [] } = useOrganizations();
  const blocked = all.filter(({ state }) => isBlocked(state)).length;
  const expiring = all.filter(({ state }) => state === "EXPIRING").length;
  if (blocked + expiring === 0) return null;
  const words = blocked > 0 ? plural(blocked, "problem") : `${plural(expiring, "token")} to renew`;
  return (
    <>
      <span aria-hidden>
        <CountBadge tone={blocked > 0 ? "bad" : "warn"} count={blocked || expiring} />
      </span>
      <span className="sr-only">, {words}</span>
    </>
  );
}
