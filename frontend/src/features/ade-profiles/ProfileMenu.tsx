import { useNavigate } from "@tanstack/react-router";
import { Copy, Ellipsis, Trash2 } from "lucide-react";
import { useState } from "react";
import { readFragment } from "../../gql";
import { IconButton } from "../../ui/IconButton";
import { Menu } from "../../ui/Menu";
import { useToast } from "../../ui/Toast";
import { savedValues } from "./content";
import { DeleteProfileDialog } from "./DeleteProfileDialog";
import { NewProfileDialog } from "./NewProfileDialog";
import { ContentFragment, type Profile } from "./profile";

const icon = { "aria-hidden": true, className: "size-4 shrink-0", strokeWidth: 1.75 } as const;

/** What can be done with a profile besides editing it. */
export function ProfileMenu({ profile }: { profile: Profile }) {
  const navigate = useNavigate();
  const { show } = useToast();
  const [overlay, setOverlay] = useState<"duplicate" | "delete">();
  const close = () => setOverlay(undefined);
  return (
    <>
      <Menu
        align="end"
        trigger={<IconButton label={`More for ${profile.name}`} variant="secondary" icon={<Ellipsis {...icon} />} />}
        items={[
          { label: "Duplicate", icon: <Copy {...icon} />, onSelect: () => setOverlay("duplicate") },
          "separator",
          { label: "Delete", icon: <Trash2 {...icon} />, danger: true, onSelect: () => setOverlay("delete") },
        ]}
      />
      {overlay === "duplicate" && (
        <NewProfileDialog
          copyOf={savedValues(
            profile,
            readFragment(ContentFragment, profile.draft),
            readFragment(ContentFragment, profile.publishedVersion?.content),
          )}
          onCreated={(profileId) => {
            close();
            void navigate({ to: "/profiles/$profileId", params: { profileId } });
          }}
          onClose={close}
        />
      )}
      {overlay === "delete" && (
        <DeleteProfileDialog
          profile={profile}
          onDeleted={() => {
            show({ title: `${profile.name} is deleted` });
            void navigate({ to: "/profiles", ignoreBlocker: true });
          }}
          onClose={close}
        />
      )}
    </>
  );
}
