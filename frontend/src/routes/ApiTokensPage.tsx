import { ApiTokens } from "../features/api-tokens/ApiTokens";
import { Page } from "../features/shell/Page";

export function ApiTokensPage() {
  return (
    <Page title="API tokens" crumbs={[{ label: "Settings", to: "/settings/abm" }]}>
      <ApiTokens />
    </Page>
  );
}
