import { useMutation } from "urql";
import { readFragment } from "../../gql";
import { refusalOf } from "../../graphql/forms";
import { useToast } from "../../ui/Toast";
import type { Organization } from "../organizations/OrganizationsProvider";
import { StartSyncDocument, SyncRunFragment } from "./run";
import { useTellRun } from "./SyncProvider";

/** Starts a sync of each of the organizations at once; what cannot be started is told in a toast. */
export function useStartSync() {
  const [{ fetching }, startSync] = useMutation(StartSyncDocument);
  const { show } = useToast();
  const tell = useTellRun();
  const start = async (organizations: readonly Organization[], full = false) => {
    await Promise.all(
      organizations.map(async (organization) => {
        const { data, error } = await startSync({ input: { abmTokenId: organization.id, full } });
        const run = readFragment(SyncRunFragment, data?.startSync.syncRun);
        if (run) tell(run);
        if (full && run && !run.full) {
          show({
            title: `A sync of ${organization.name} was going on already`,
            description: "It reads what changed, and goes on with the whole list.",
          });
        }
        const description = refusalOf({ error, userErrors: data?.startSync.userErrors });
        if (description) show({ tone: "bad", title: `The sync of ${organization.name} did not start`, description });
      }),
    );
  };
  return { start, starting: fetching };
}
