import { EarlyEndCard } from "../features/abm-tokens/EarlyEndCard";
import { SyncSettingsCard } from "../features/abm-tokens/SyncSettingsCard";
import { AddOrganizationButton, TokenList } from "../features/abm-tokens/TokenList";
import { HelpLink } from "../features/help/HelpLink";
import { useOrganizations } from "../features/organizations/OrganizationsProvider";
import { useMay } from "../features/session/session";
import { useOrganization } from "../features/shell/OrganizationSwitcher";
import { Page } from "../features/shell/Page";
import { PageHeading } from "../ui/PageHeading";

export function AbmIntegrationPage() {
  const { all } = useOrganizations();
  const organization = useOrganization();
  // Without any token the empty list has the button.
  const mayAdd = useMay("ADMIN") && all !== undefined && all.length > 0;
  return (
    <Page
      title="ABM integration"
      crumbs={[{ label: "Settings", to: "/settings" }]}
      actions={mayAdd && <AddOrganizationButton />}
    >
      <div className="grid gap-5">
        <PageHeading title="ABM integration">
          Each token links one Apple Business Manager (ABM) organization to this server. Tokens last one year.{" "}
          <HelpLink topic="abm-integration">How it works</HelpLink>
        </PageHeading>
        <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_20rem]">
          <TokenList only={organization?.id} />
          <aside aria-label="About tokens" className="grid gap-4 sm:max-xl:grid-cols-2">
            <SyncSettingsCard />
            <EarlyEndCard />
          </aside>
        </div>
      </div>
    </Page>
  );
}
