import { CommandBatches } from "../features/commands/CommandBatches";
import { Page } from "../features/shell/Page";
import { timeZoneName } from "../lib/time";

export function CommandsPage() {
  return (
    <Page title="Commands" crumbs={[{ label: "Activity" }]} state={`times in ${timeZoneName()}`}>
      <CommandBatches />
    </Page>
  );
}
