import { useNavigate, useSearch } from "@tanstack/react-router";
import { HelpLink } from "../features/help/HelpLink";
import { useOrganizations } from "../features/organizations/OrganizationsProvider";
import { useOrganization } from "../features/shell/OrganizationSwitcher";
import { Page } from "../features/shell/Page";
import { RunHistory, type RunResult } from "../features/sync/RunHistory";
import { SyncNowButton } from "../features/sync/SyncNowButton";
import { timeZoneName } from "../lib/time";
import { Segmented } from "../ui/Segmented";

const results = [
  { value: "all", label: "All" },
  { value: "notable", label: "With changes or problems" },
  { value: "failed", label: "Problems" },
] as const;

export function SyncHistoryPage() {
  const { result, org } = useSearch({ from: "/app/sync" });
  const navigate = useNavigate({ from: "/sync" });
  const { all } = useOrganizations();
  const organization = useOrganization();
  // Until the organizations are known, the one in the URL is taken to be one of them.
  const organizationId = all ? organization?.id : org;
  const show = (next: RunResult) => void navigate({ search: (now) => ({ ...now, result: next }) });
  return (
    <Page title="Sync history" crumbs={[{ label: "Activity" }]} actions={<SyncNowButton />}>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <Segmented
            label="Runs"
            options={results}
            value={result ?? "all"}
            onValueChange={(value) => show(value === "all" ? undefined : value)}
          />
          <p className="text-fg-3 text-hint">
            Changes every 5 minutes, the whole list compared daily. Times in {timeZoneName()}.{" "}
            <HelpLink topic="abm-integration" section="syncing-abm-devices">
              How syncing works
            </HelpLink>
          </p>
        </div>
        <div className="overflow-clip border-border sm:rounded-card sm:border sm:bg-surface">
          <RunHistory
            key={`${result} ${organizationId}`}
            result={result}
            organizationId={organizationId}
            onShowAll={() => show(undefined)}
          />
        </div>
      </div>
    </Page>
  );
}
