import { useQuery } from "urql";
import { NeedsAttention } from "../features/diagnoses/NeedsAttention";
import { useDiagnoses } from "../features/diagnoses/useDiagnoses";
import { type Organization, useOrganizations } from "../features/organizations/OrganizationsProvider";
import { EnrollmentCard } from "../features/overview/EnrollmentCard";
import { FirstSteps } from "../features/overview/FirstSteps";
import { FleetTiles, FleetTilesSkeleton } from "../features/overview/FleetTiles";
import { LiveFeed } from "../features/overview/LiveFeed";
import { NewestDevices } from "../features/overview/NewestDevices";
import { PlatformCard, PlatformCardSkeleton } from "../features/overview/PlatformCard";
import { SyncCard } from "../features/overview/SyncCard";
import { TokensCard } from "../features/overview/TokensCard";
import { useOrganization } from "../features/shell/OrganizationSwitcher";
import { Page } from "../features/shell/Page";
import { SyncNowButton } from "../features/sync/SyncNowButton";
import { graphql } from "../gql";
import { useApi } from "../graphql/ApiContext";
import { problemOf } from "../graphql/errors";
import { plural } from "../lib/numbers";
import { timeZoneName } from "../lib/time";
import { ErrorState } from "../ui/ErrorState";

const FleetSummaryDocument = graphql(`
  query FleetSummary($abmTokenId: ID) {
    fleetSummary(abmTokenId: $abmTokenId) {
      ...EnrollmentCard
      ...PlatformCard
    }
  }
`);

/** By itself, because what it counts takes longer than the rest. */
const FleetStandingDocument = graphql(`
  query FleetStanding($abmTokenId: ID) {
    fleetSummary(abmTokenId: $abmTokenId) {
      ...FleetTiles
    }
  }
`);

export function OverviewPage() {
  const { refresher } = useApi();
  const { all, error } = useOrganizations();
  const chosen = useOrganization();
  if (!all) {
    return (
      <Page title="Overview">
        {error ? <ErrorState {...problemOf(error)} onRetry={refresher.refresh} /> : <FleetTilesSkeleton />}
      </Page>
    );
  }
  if (all.length === 0) {
    return (
      <Page title="Overview">
        <FirstSteps />
      </Page>
    );
  }
  const organizations = chosen ? [chosen] : all;
  return (
    <Page
      title="Overview"
      state={`${chosen?.name ?? plural(all.length, "ABM organization")}, times in ${timeZoneName()}`}
      actions={<SyncNowButton />}
    >
      <Overview organizations={organizations} abmTokenId={chosen?.id} />
    </Page>
  );
}

function Overview(props: { organizations: readonly Organization[]; abmTokenId: string | undefined }) {
  const variables = { abmTokenId: props.abmTokenId ?? null };
  const [{ data, error }, refetch] = useQuery({ query: FleetSummaryDocument, variables });
  const [standing, refetchStanding] = useQuery({ query: FleetStandingDocument, variables });
  const failure = standing.error ?? error;
  const attention = useDiagnoses(props.abmTokenId);
  return (
    <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_23rem] xl:grid-rows-[auto_auto_auto_auto_1fr]">
      <div className="xl:col-span-2">
        {standing.data ? (
          <FleetTiles summary={standing.data.fleetSummary} />
        ) : failure ? (
          <ErrorState
            {...problemOf(failure)}
            onRetry={() => {
              refetch();
              refetchStanding();
            }}
          />
        ) : (
          <FleetTilesSkeleton />
        )}
      </div>
      <NeedsAttention key={props.abmTokenId} abmTokenId={props.abmTokenId} />
      <div className="grid gap-4 xl:col-start-2 xl:row-span-4 xl:row-start-2">
        <SyncCard {...props} />
        <TokensCard organizations={props.organizations} />
        {data && <EnrollmentCard summary={data.fleetSummary} abmTokenId={props.abmTokenId} />}
      </div>
      {/* What is above can be of any height: nothing is shown that it would push away. */}
      <div className={attention.found || attention.error ? "contents" : "hidden"}>
        {data ? (
          <PlatformCard summary={data.fleetSummary} abmTokenId={props.abmTokenId} />
        ) : (
          !error && <PlatformCardSkeleton />
        )}
        <LiveFeed key={`feed ${props.abmTokenId}`} abmTokenId={props.abmTokenId} />
        <NewestDevices abmTokenId={props.abmTokenId} />
      </div>
    </div>
  );
}
