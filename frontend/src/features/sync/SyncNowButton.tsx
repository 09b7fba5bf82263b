import { ChevronDown, RefreshCw } from "lucide-react";
import { useShortcuts } from "../../lib/shortcuts";
import { useIsPhone } from "../../lib/useBreakpoint";
import { Button } from "../../ui/Button";
import { IconButton } from "../../ui/IconButton";
import { Menu, type MenuItem } from "../../ui/Menu";
import { type Organization, syncs, useOrganizations } from "../organizations/OrganizationsProvider";
import { useMay } from "../session/session";
import { useOrganization } from "../shell/OrganizationSwitcher";
import { useRuns } from "./SyncProvider";
import { isRunning } from "./syncGroup";
import { useStartSync } from "./useStartSync";

/** What a full sync is for. */
export const fullSyncHint = "Fetches the whole list anew and finds what changes missed.";

/** Starts a sync of the organization that the page is narrowed to, or of all. Who may not sync sees nothing of it. */
export function SyncNowButton() {
  return useMay("OPERATOR") ? <SplitButton /> : null;
}

function SplitButton() {
  const { all } = useOrganizations();
  const chosen = useOrganization();
  const runs = useRuns();
  const { start, starting } = useStartSync();

  const ready = (chosen ? [chosen] : (all ?? [])).filter(({ state }) => syncs(state));
  const running = ready.some(({ id }) => {
    const run = runs.get(id);
    return run !== undefined && isRunning(run);
  });
  const disabledReason = all ? reasonNotTo(ready, running) : "The organizations are not loaded yet.";
  const sync = () => void start(ready);
  const isPhone = useIsPhone();
  const label = running ? "Syncing" : "Sync now";
  useShortcuts(disabledReason || starting ? {} : { s: sync });

  return (
    <div className="flex">
      <Button
        variant="primary"
        className="rounded-r-none"
        aria-label={label}
        icon={<RefreshCw aria-hidden className="size-4" strokeWidth={1.75} />}
        busy={starting}
        busyLabel={isPhone ? "" : "Starting"}
        disabledReason={disabledReason}
        aria-keyshortcuts="s"
        onClick={sync}
      >
        {!isPhone && label}
      </Button>
      <Menu
        align="end"
        items={variants(ready, start)}
        trigger={
          <IconButton
            variant="primary"
            label="More ways to sync"
            className="w-9 rounded-l-none border-l-on-ink/25 sm:w-7"
            icon={<ChevronDown aria-hidden className="size-4" strokeWidth={1.75} />}
            busy={starting}
            disabledReason={disabledReason}
          />
        }
      />
    </div>
  );
}

function reasonNotTo(ready: readonly Organization[], running: boolean): string | undefined {
  if (ready.length === 0) return "No organization can sync now. See Settings, ABM integration.";
  return running ? "A sync is going on." : undefined;
}

function variants(ready: readonly Organization[], start: ReturnType<typeof useStartSync>["start"]): MenuItem[] {
  const full: MenuItem = {
    label: "Full sync",
    hint: fullSyncHint,
    onSelect: () => void start(ready, true),
  };
  if (ready.length < 2) return [full];
  return [
    full,
    "separator",
    ...ready.map((organization) => ({
      label: `Sync ${organization.name}`,
      onSelect: () => void start([organization]),
    })),
  ];
}
