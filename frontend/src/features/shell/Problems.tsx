import { plural } from "../../lib/numbers";
import { CountBadge } from "../../ui/CountBadge";
import { useDiagnoses } from "../diagnoses/useDiagnoses";
import { useOrganization } from "./OrganizationSwitcher";

/** How much needs somebody, or will soon; notes are not counted. */
export function Problems() {
  const { found = [] } = useDiagnoses(useOrganization()?.id);
  const pressing = found.filter(({ severity }) => severity !== "INFO");
  if (pressing.length === 0) return null;
  return (
    <>
      <span aria-hidden>
        <CountBadge
          tone={pressing.some(({ severity }) => severity === "CRITICAL") ? "bad" : "warn"}
          count={pressing.length}
        />
      </span>
      <span className="sr-only">, {plural(pressing.length, "problem")}</span>
    </>
  );
}
