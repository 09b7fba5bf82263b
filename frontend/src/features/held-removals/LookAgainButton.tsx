import { Button } from "../../ui/Button";
import { useOrganizations } from "../organizations/OrganizationsProvider";
import { useMay } from "../session/session";
import { useStartSync } from "../sync/useStartSync";
import type { Held } from "./held";
import { useBlocked } from "./useBlocked";

/** Fetches the whole list once more: what is there again is no longer held. Who may not sync sees nothing of it. */
export function LookAgainButton({ token }: { token: Held }) {
  const may = useMay("OPERATOR");
  const organization = useOrganizations().all?.find(({ id }) => id === token.id);
  const { start, starting } = useStartSync();
  const blocked = useBlocked(token);
  if (!may || !organization) return null;
  return (
    <Button
      busy={starting}
      busyLabel="Starting"
      disabledReason={blocked}
      onClick={() => void start([organization], true)}
    >
      Full sync
    </Button>
  );
}
