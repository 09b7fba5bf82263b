import { CommandBatches } from "../features/commands/CommandBatches";
import { Page } from "../features/shell/Page";
import { timeZoneName } from "../lib/time";

export function CommandsPage() {
  return (
    <Page title="Commands" state={`times in ${timeZoneName()}`}>
      <CommandBatches />
    </Page>
  );
}
