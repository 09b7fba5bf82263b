import { Link } from "@tanstack/react-router";
import { Link2 } from "lucide-react";
import { HelpLink } from "../features/help/HelpLink";
import { useOrganizations } from "../features/organizations/OrganizationsProvider";
import { DefaultsMatrix } from "../features/os-defaults/DefaultsMatrix";
import { RuleOrder } from "../features/os-defaults/RuleOrder";
import { useMay } from "../features/session/session";
import { useOrganization } from "../features/shell/OrganizationSwitcher";
import { Page } from "../features/shell/Page";
import { useApi } from "../graphql/ApiContext";
import { problemOf } from "../graphql/errors";
import { Button } from "../ui/Button";
import { Card } from "../ui/Card";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { Skeleton } from "../ui/Skeleton";

const crumbs = [{ label: "Enrollment" }] as const;

export function DefaultsPage() {
  const { all, error } = useOrganizations();
  const chosen = useOrganization();
  const { refresher } = useApi();
  return (
    <Page title="OS defaults" crumbs={crumbs}>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        {!all ? (
          <Card>
            {error ? <ErrorState {...problemOf(error)} onRetry={refresher.refresh} /> : <Skeleton rows={6} />}
          </Card>
        ) : all.length === 0 ? (
          <Card>
            <NoOrganization />
          </Card>
        ) : (
          <>
            <RuleOrder abmTokenId={chosen?.id} />
            <DefaultsMatrix organizations={chosen ? [chosen] : all} />
            <p className="text-fg-3 text-hint">
              A device gets the default of its organization, else the one of all organizations. GuardMDM makes Apple
              agree by itself: new devices get it within 5 minutes.{" "}
              <HelpLink topic="abm-integration" section="default-profile-per-os">
                How a profile is found
              </HelpLink>
            </p>
          </>
        )}
      </div>
    </Page>
  );
}

function NoOrganization() {
  const mayConnect = useMay("ADMIN");
  return (
    <EmptyState
      icon={<Link2 />}
      title="No organization is connected"
      action={mayConnect && <Button render={<Link to="/settings/abm/new" />}>Add ABM organization</Button>}
    >
      Defaults say which profile an organization's devices get, by operating system.
    </EmptyState>
  );
}
