import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { SearchX } from "lucide-react";
import { useState } from "react";
import { useQuery } from "urql";
import { DeleteGroupDialog } from "../features/groups/DeleteGroupDialog";
import { GroupEditor } from "../features/groups/GroupEditor";
import { GroupFacts } from "../features/groups/GroupFacts";
import { type GroupDetails, GroupDetailsFragment, GroupDocument } from "../features/groups/groupDetails";
import { MembersCard } from "../features/groups/MembersCard";
import { useMay } from "../features/session/session";
import { Page } from "../features/shell/Page";
import { readFragment } from "../gql";
import { useApi } from "../graphql/ApiContext";
import { codeOf, problemOf } from "../graphql/errors";
import { Button } from "../ui/Button";
import { Card } from "../ui/Card";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { NoPermission } from "../ui/NoPermission";
import { Skeleton } from "../ui/Skeleton";

const crumbs = [{ label: "Devices" }, { label: "Groups", to: "/groups" }] as const;

export function NewGroupPage() {
  const { kind } = useSearch({ from: "/app/groups/new" });
  const navigate = useNavigate();
  const may = useMay("OPERATOR");
  const smart = kind !== "static";
  return (
    <Page title={smart ? "New smart group" : "New static group"} crumbs={crumbs}>
      {may ? (
        <GroupEditor
          key={kind}
          smart={smart}
          onSaved={(groupId) => void navigate({ to: "/groups/$groupId", params: { groupId } })}
        />
      ) : (
        <Card>
          <NoPermission action={<Button render={<Link to="/groups" />}>Show the groups</Button>}>
            Enrollment managers and administrators make groups. You can see those that there are.
          </NoPermission>
        </Card>
      )}
    </Page>
  );
}

export function GroupPage() {
  const { groupId } = useParams({ from: "/app/groups/$groupId" });
  const [{ data, error }, again] = useQuery({ query: GroupDocument, variables: { id: groupId } });
  const group = data?.node?.__typename === "DeviceGroup" ? readFragment(GroupDetailsFragment, data.node) : undefined;
  if (group?.id === groupId) return <OneGroup key={groupId} group={group} />;
  // An identifier that is none of ours is the caller's mistake to the server.
  const missing = data?.node === null || (error !== undefined && codeOf(error) === "BAD_USER_INPUT");
  return (
    <Page title="Group" crumbs={crumbs}>
      <Card>
        {missing ? (
          <EmptyState
            icon={<SearchX />}
            title="There is no such group"
            action={<Button render={<Link to="/groups" />}>Show the groups</Button>}
          >
            It was deleted, or the address is not complete.
          </EmptyState>
        ) : error ? (
          <ErrorState
            {...problemOf(error)}
            title="The group did not load"
            onRetry={() => again({ requestPolicy: "network-only" })}
          />
        ) : (
          <Skeleton rows={8} />
        )}
      </Card>
    </Page>
  );
}

function OneGroup({ group }: { group: GroupDetails }) {
  const may = useMay("OPERATOR");
  const { refresher } = useApi();
  const [deleting, setDeleting] = useState(false);
  return (
    <Page title={group.name} crumbs={crumbs} actions={may && <Button onClick={() => setDeleting(true)}>Delete</Button>}>
      <GroupEditor group={group} onSaved={refresher.refresh} aside={<GroupFacts group={group} />}>
        {!group.rule && <MembersCard groupId={group.id} />}
      </GroupEditor>
      <DeleteGroupDialog group={group} open={deleting} onOpenChange={setDeleting} />
    </Page>
  );
}
