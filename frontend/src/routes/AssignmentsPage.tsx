import { BatchList } from "../features/assignments/BatchList";
import { Page } from "../features/shell/Page";
import { timeZoneName } from "../lib/time";

export function AssignmentsPage() {
  return (
    <Page title="Assignments" crumbs={[{ label: "Activity" }]} state={`times in ${timeZoneName()}`}>
      <BatchList />
    </Page>
  );
}
