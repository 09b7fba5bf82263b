import { useNavigate, useSearch } from "@tanstack/react-router";
import { GroupList, NewGroupButton } from "../features/groups/GroupList";
import { useMay } from "../features/session/session";
import { Page } from "../features/shell/Page";

const crumbs = [{ label: "Devices" }] as const;

export function GroupsPage() {
  const { q = "" } = useSearch({ from: "/app/groups" });
  const navigate = useNavigate({ from: "/groups" });
  const may = useMay("OPERATOR");
  return (
    <Page title="Groups" crumbs={crumbs} actions={may && <NewGroupButton />}>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <p className="text-fg-2">
          Of several groups with a profile that a device is in, the first in this order decides.
          {may && <span className="max-sm:hidden"> Alt and ↑ or ↓ move a group, with Shift to the front.</span>}
        </p>
        <GroupList name={q} onSearch={(name) => void navigate({ search: { q: name || undefined }, replace: true })} />
      </div>
    </Page>
  );
}
