import { Account } from "../features/session/Account";
import { Page } from "../features/shell/Page";

export function AccountPage() {
  return (
    <Page title="Account" crumbs={[{ label: "Settings", to: "/settings/abm" }]}>
      <Account />
    </Page>
  );
}
