import { lazy, Suspense, useState } from "react";
import { loadPart } from "../../lib/loadPart";
import { useIsPhone } from "../../lib/useBreakpoint";
import { useNow } from "../../lib/useNow";
import { useOrganizations } from "../organizations/OrganizationsProvider";
import { useSession } from "../session/session";
import { useOrganization } from "../shell/OrganizationSwitcher";
import { announcement } from "./announcement";
import { SyncCard } from "./SyncCard";
import { useAskedRuns, useRuns } from "./SyncProvider";
import { summarize, watchedRuns } from "./syncGroup";

// Phones alone need it, and the dialog behind it.
const SyncSheet = lazy(() => loadPart(() => import("./SyncSheet")).then((module) => ({ default: module.SyncSheet })));

/**
 * The live sync. It opens by itself for what somebody asked for and for full syncs, also after a reload, and folds 10 s after
 * the end.
 */
export function SyncPanel() {
  const { all = [] } = useOrganizations();
  const { syncPageSize } = useSession().instance;
  const chosen = useOrganization();
  const runs = useRuns();
  const asked = useAskedRuns();
  const now = useNow();
  const isPhone = useIsPhone();
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());

  const group = watchedRuns(chosen ? [chosen] : all, runs, { asked, closed }, now);
  const sync = group.length > 0 ? summarize(group, syncPageSize, now) : undefined;
  const onClose = () => setClosed(new Set([...closed, ...group.map(({ run }) => run.id)]));
  const View = isPhone ? SyncSheet : SyncCard;
  return (
    <>
      <p role="status" className="sr-only">
        {sync && announcement(sync)}
      </p>
      {sync && (
        <Suspense>
          <View group={group} sync={sync} onClose={onClose} />
        </Suspense>
      )}
    </>
  );
}
