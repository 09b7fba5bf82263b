import { getRouteApi, Link } from "@tanstack/react-router";
import { SearchX } from "lucide-react";
import { useQuery } from "urql";
import { sections } from "../features/ade-profiles/content";
import { ProfileEditor } from "../features/ade-profiles/ProfileEditor";
import { ProfileMenu } from "../features/ade-profiles/ProfileMenu";
import { type Profile, ProfileDocument, ProfileEditorFragment } from "../features/ade-profiles/profile";
import { firstSystem, isSystem } from "../features/ade-profiles/systems";
import { useMay } from "../features/session/session";
import { Page } from "../features/shell/Page";
import { readFragment } from "../gql";
import { codeOf, problemOf } from "../graphql/errors";
import { Button } from "../ui/Button";
import { Card } from "../ui/Card";
import { Chip } from "../ui/Chip";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { Skeleton } from "../ui/Skeleton";
import { Time } from "../ui/Time";

const route = getRouteApi("/app/profiles/$profileId");
const crumbs = [{ label: "Enrollment" }, { label: "ADE profiles", to: "/profiles" }] as const;
const context = { additionalTypenames: ["ADEProfile", "DefaultADEProfile", "DeviceGroup"] };

export function ProfilePage() {
  const { profileId } = route.useParams();
  const [{ data, error }, retry] = useQuery({ query: ProfileDocument, variables: { id: profileId }, context });
  if (data?.node?.__typename === "ADEProfile") {
    const profile = readFragment(ProfileEditorFragment, data.node);
    return <EditorPage key={profile.id} profile={profile} />;
  }
  // An identifier that is none of ours is the caller's mistake to the server.
  const missing = data ? true : error && codeOf(error) === "BAD_USER_INPUT";
  return (
    <Page title="ADE profile" crumbs={crumbs}>
      <Card>
        {missing ? (
          <NoSuchProfile />
        ) : error ? (
          <ErrorState
            {...problemOf(error)}
            title="The profile did not load"
            onRetry={() => retry({ requestPolicy: "network-only" })}
          />
        ) : (
          <Skeleton rows={8} />
        )}
      </Card>
    </Page>
  );
}

function EditorPage({ profile }: { profile: Profile }) {
  const { section, os, panel, version } = route.useSearch();
  const navigate = route.useNavigate();
  const mayEdit = useMay("OPERATOR");
  return (
    <Page
      title={profile.name}
      windowTitle={`${profile.name}, ADE profile`}
      crumbs={crumbs}
      state={<State profile={profile} />}
      actions={mayEdit && <ProfileMenu profile={profile} />}
      fills
    >
      <ProfileEditor
        profile={profile}
        section={sections.find((each) => each === section) ?? "basics"}
        onSectionChange={(next) => void navigate({ search: (now) => ({ ...now, section: next }) })}
        system={isSystem(os) ? os : firstSystem(profile.platforms)}
        onSystemChange={(next) => void navigate({ search: (now) => ({ ...now, os: next }), replace: true })}
        panel={panel ?? "screens"}
        onPanelChange={(next) =>
          void navigate({
            search: (now) => ({ ...now, panel: next === "json" ? next : undefined }),
            replace: true,
            resetScroll: false,
          })
        }
        version={version}
      />
    </Page>
  );
}

function State({ profile: { publishedVersion, draft } }: { profile: Profile }) {
  return (
    <span className="flex gap-2">
      {publishedVersion ? (
        <Chip tone="muted">
          v{publishedVersion.number} published <Time value={publishedVersion.publishedAt} />
        </Chip>
      ) : (
        <Chip tone="muted">Not published</Chip>
      )}
      {draft && <Chip tone="warn">Draft{publishedVersion && ` v${publishedVersion.number + 1}`}</Chip>}
    </span>
  );
}

function NoSuchProfile() {
  return (
    <EmptyState
      icon={<SearchX />}
      title="There is no such profile"
      action={<Button render={<Link to="/profiles" />}>Show all profiles</Button>}
    >
      It may have been deleted, or the address is not complete.
    </EmptyState>
  );
}
