import { People } from "../features/people/People";
import { Page } from "../features/shell/Page";

export function PeoplePage() {
  return (
    <Page title="People and roles" crumbs={[{ label: "Settings", to: "/settings/abm" }]}>
      <People />
    </Page>
  );
}
