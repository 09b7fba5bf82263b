import { Link } from "@tanstack/react-router";
import { plural } from "../../lib/numbers";
import { Button } from "../../ui/Button";
import { StatusIcon } from "../../ui/StatusIcon";
import { statusOf } from "../../ui/vocabulary";
import { useMay } from "../session/session";

/** Devices that no rule gives a profile, and what gives them one. */
export function UnassignedRow({ count }: { count: number }) {
  const maySet = useMay("OPERATOR");
  const { tone, shape } = statusOf("assignment", "UNASSIGNED");
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-border border-b px-4 py-3 last:border-b-0">
      <div className="flex min-w-0 flex-1 basis-72 gap-3">
        <StatusIcon shape={shape} tone={tone} className="mt-0.5 size-4" />
        <div className="min-w-0">
          <h3 className="font-semibold">{plural(count, "device")} Unassigned</h3>
          <p className="text-fg-2">
            No rule gives them an ADE profile, so they do not enroll when they are switched on.
          </p>
        </div>
      </div>
      <div className="flex items-center gap-2 max-sm:w-full max-sm:flex-col max-sm:items-stretch">
        <Button render={<Link to="/devices" search={{ source: "NONE" }} />}>Show devices</Button>
        {maySet && <Button render={<Link to="/defaults" />}>Set OS defaults</Button>}
      </div>
    </li>
  );
}
