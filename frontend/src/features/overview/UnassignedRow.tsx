import { Link } from "@tanstack/react-router";
import { plural } from "../../lib/numbers";
import { Button } from "../../ui/Button";
import { useMay } from "../session/session";
import { AttentionRow } from "./AttentionRow";

const unassigned = { kind: "assignment", value: "UNASSIGNED" } as const;

/** Devices that no rule gives a profile, and what gives them one. */
export function UnassignedRow({ count }: { count: number }) {
  const maySet = useMay("OPERATOR");
  return (
    <AttentionRow
      status={unassigned}
      title={`${plural(count, "device")} Unassigned`}
      text="No rule gives them an ADE profile, so they do not enroll when they are switched on."
    >
      <Button render={<Link to="/devices" search={{ source: "NONE" }} />}>Show devices</Button>
      {maySet && <Button render={<Link to="/defaults" />}>Set OS defaults</Button>}
    </AttentionRow>
  );
}
