import { useState } from "react";
import { Button } from "../../ui/Button";
import { Status } from "../../ui/Status";
import { useMay } from "../session/session";
import { AssignmentModeDialog } from "./AssignmentModeDialog";
import type { ListedToken } from "./tokenList";

/** Whether GuardMDM writes profiles to Apple for an organization; an administrator changes it. */
export function AssignmentModeRow({ token }: { token: ListedToken }) {
  const may = useMay("ADMIN");
  const [open, setOpen] = useState(false);
  const { assignmentMode } = token;
  if (token.state === "AWAITING_SERVER_TOKEN") return null;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-border border-t pt-3">
      <div className="min-w-0 flex-1 basis-60">
        <p className="flex flex-wrap gap-x-2">
          <span className="text-fg-3">Profiles at Apple</span>
          <Mode mode={assignmentMode} />
        </p>
        <p className="text-fg-3 text-hint">{meaningOf(assignmentMode)}</p>
      </div>
      {may && assignmentMode && (
        <>
          <Button size="small" onClick={() => setOpen(true)}>
            {assignmentMode === "OBSERVE" ? "Begin to enforce" : "Only observe"}
          </Button>
          <AssignmentModeDialog
            token={token}
            next={assignmentMode === "OBSERVE" ? "ENFORCE" : "OBSERVE"}
            open={open}
            onOpenChange={setOpen}
          />
        </>
      )}
    </div>
  );
}

function Mode({ mode }: { mode: ListedToken["assignmentMode"] }) {
  if (mode === "ENFORCE") return <Status tone="ok" label="Enforce" />;
  if (mode === "OBSERVE") return <Status tone="warn" label="Observe" />;
  return <Status tone="muted" label="Not decided yet" />;
}

function meaningOf(mode: ListedToken["assignmentMode"]): string {
  if (mode === "ENFORCE") return "GuardMDM makes Apple agree with the rules.";
  if (mode === "OBSERVE") return "GuardMDM shows what the rules say, and tells Apple nothing.";
  return "Decided when the first sync has seen which profiles the devices have.";
}
