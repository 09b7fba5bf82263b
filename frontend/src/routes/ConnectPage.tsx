import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useClient } from "urql";
import { AdminsOnly } from "../features/abm-tokens/AdminsOnly";
import { ConnectWizard } from "../features/abm-tokens/ConnectWizard";
import { NameStep } from "../features/abm-tokens/NameStep";
import { RenewWizard } from "../features/abm-tokens/RenewWizard";
import { TokenGate } from "../features/abm-tokens/TokenGate";
import { TokenToExchangeDocument } from "../features/abm-tokens/token";
import type { Step } from "../features/abm-tokens/Wizard";
import { useOrganizations } from "../features/organizations/OrganizationsProvider";
import { Page } from "../features/shell/Page";

const connectRoute = getRouteApi("/app/settings/abm/$tokenId/connect");
const renewRoute = getRouteApi("/app/settings/abm/$tokenId/renew");

/** The steps in the address: the first has no parameter. */
const inAddress = (step: Step) => (step === "1" ? {} : { step });

/** A step is the present page only with its own parameter. */
const exactly = { exact: true };

export function ConnectNewPage() {
  const navigate = useNavigate();
  return (
    <ExchangePage title="Add an organization">
      <NameStep
        onGenerated={(tokenId) =>
          void navigate({
            to: "/settings/abm/$tokenId/connect",
            params: { tokenId },
            search: inAddress("2"),
            replace: true,
          })
        }
      />
    </ExchangePage>
  );
}

export function ConnectPage() {
  const { tokenId } = connectRoute.useParams();
  const { step = "1" } = connectRoute.useSearch();
  return (
    <ExchangePage title="Add an organization">
      <TokenGate key={tokenId} id={tokenId}>
        {(token) => (
          <ConnectWizard
            token={token}
            step={step}
            stepLink={(to) => (
              <Link
                to="/settings/abm/$tokenId/connect"
                params={{ tokenId }}
                search={inAddress(to)}
                activeOptions={exactly}
              />
            )}
          />
        )}
      </TokenGate>
    </ExchangePage>
  );
}

export function RenewPage() {
  const { tokenId } = renewRoute.useParams();
  const { step = "1" } = renewRoute.useSearch();
  const navigate = renewRoute.useNavigate();
  const client = useClient();
  const name = useOrganizations().all?.find(({ id }) => id === tokenId)?.name;
  const showNewKey = async () => {
    // The key before must not be offered for download on the next step, not even for a moment.
    await client.query(TokenToExchangeDocument, { id: tokenId }, { requestPolicy: "network-only" }).toPromise();
    await navigate({ search: inAddress("2") });
  };
  return (
    <ExchangePage title={name ? `Renew the ${name} token` : "Renew a token"}>
      <TokenGate key={tokenId} id={tokenId}>
        {(token) => (
          <RenewWizard
            token={token}
            step={step}
            stepLink={(to) => (
              <Link
                to="/settings/abm/$tokenId/renew"
                params={{ tokenId }}
                search={inAddress(to)}
                activeOptions={exactly}
              />
            )}
            onGenerated={showNewKey}
          />
        )}
      </TokenGate>
    </ExchangePage>
  );
}

function ExchangePage({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <Page
      title={title}
      crumbs={[
        { label: "Settings", to: "/settings" },
        { label: "ABM integration", to: "/settings/abm" },
      ]}
    >
      <AdminsOnly>{children}</AdminsOnly>
    </Page>
  );
}
