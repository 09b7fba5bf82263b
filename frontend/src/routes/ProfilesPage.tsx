import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { NewProfileDialog } from "../features/ade-profiles/NewProfileDialog";
import { NewProfileButton, type ProfileFilter, Profiles } from "../features/ade-profiles/Profiles";
import { isSystem } from "../features/ade-profiles/systems";
import { HelpLink } from "../features/help/HelpLink";
import { useMay } from "../features/session/session";
import { Page } from "../features/shell/Page";

const crumbs = [{ label: "Enrollment" }] as const;

export function ProfilesPage() {
  const { q, os } = useSearch({ from: "/app/profiles" });
  const navigate = useNavigate({ from: "/profiles" });
  const [creating, setCreating] = useState(false);
  const mayCreate = useMay("OPERATOR");
  const narrow = (filter: ProfileFilter) => void navigate({ search: filter, replace: true });
  return (
    <Page
      title="ADE profiles"
      crumbs={crumbs}
      actions={mayCreate && <NewProfileButton onClick={() => setCreating(true)} />}
    >
      <Profiles
        filter={{ q, os: isSystem(os) ? os : undefined }}
        onFilterChange={narrow}
        onNew={() => setCreating(true)}
      />
      <p className="mt-4 text-fg-3 text-hint">
        <HelpLink topic="abm-integration" section="ade-profile-assignment">
          What a profile contains, and who gets it
        </HelpLink>
      </p>
      {creating && (
        <NewProfileDialog
          onCreated={(profileId) => void navigate({ to: "/profiles/$profileId", params: { profileId } })}
          onClose={() => setCreating(false)}
        />
      )}
    </Page>
  );
}
