import { Link } from "@tanstack/react-router";
import { FileText, Layers } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { type FragmentType, readFragment } from "../../gql";
import { loadPart } from "../../lib/loadPart";
import { useShortcuts } from "../../lib/shortcuts";
import { Banner } from "../../ui/Banner";
import { Button } from "../../ui/Button";
import { textLink } from "../../ui/textLink";
import { useMay } from "../session/session";
import { AssignmentProblem } from "./AssignmentProblem";
import { DeviceProfileFragment } from "./deviceProfile";
import { ProfileLadder } from "./ProfileLadder";

const SelectionDialog = lazy(() =>
  loadPart(() => import("./SelectionDialog")).then((module) => ({ default: module.SelectionDialog })),
);

const icon = { "aria-hidden": true, className: "size-4 shrink-0", strokeWidth: 1.75 } as const;

/** What a device has by the rules and at Apple, why, and what can be done about it. */
export function DeviceProfile({ device: masked }: { device: FragmentType<typeof DeviceProfileFragment> }) {
  const device = readFragment(DeviceProfileFragment, masked);
  const [action, setAction] = useState<"assign" | "group" | "unassign">();
  const mayAct = useMay("OPERATOR") && !device.removedAt;
  const act = (what: typeof action) => () => setAction(what);
  useShortcuts(mayAct ? { a: act("assign"), l: act("group") } : {});
  return (
    <>
      {mayAct && (
        <div className="flex flex-wrap gap-2">
          <Button icon={<FileText {...icon} />} aria-keyshortcuts="A" onClick={act("assign")}>
            Assign profile
          </Button>
          <Button icon={<Layers {...icon} />} aria-keyshortcuts="L" onClick={act("group")}>
            Add to group
          </Button>
        </div>
      )}
      {device.assignmentProblem && <AssignmentProblem problem={device.assignmentProblem} />}
      {device.hasForeignProfile && (
        <Banner tone="info" title="Apple has a profile that GuardMDM did not define">
          It is never cleared, and replaced only where the organization's assignment mode is Enforce.
        </Banner>
      )}
      <section aria-label="Why this profile?" className="grid gap-3 border-border border-t pt-4">
        <h3 className="text-card">Why this profile?</h3>
        <ProfileLadder
          steps={device.profileExplanation}
          onSet={mayAct ? act("assign") : undefined}
          onRemove={mayAct ? act("unassign") : undefined}
        />
        {device.deviceGroups.length > 0 && (
          <p className="text-fg-2">
            In{" "}
            {device.deviceGroups.map(({ id, name }, place) => (
              <span key={id}>
                {place > 0 && ", "}
                <Link to="/groups/$groupId" params={{ groupId: id }} className={textLink}>
                  {name}
                </Link>
              </span>
            ))}
          </p>
        )}
      </section>
      {action && (
        <Suspense>
          <SelectionDialog
            action={action}
            selection={{ ids: new Set([device.id]) }}
            onClose={() => setAction(undefined)}
          />
        </Suspense>
      )}
    </>
  );
}
