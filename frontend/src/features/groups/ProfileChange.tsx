import { PreviewSection } from "../assignments/PreviewSection";
import { usePreview } from "../assignments/usePreview";

type ProfileChangeProps = { groupId: string; profileId: string | null; devices: number };

/** What another profile of a group would do, before it is saved. */
export function ProfileChange({ groupId, profileId, devices }: ProfileChangeProps) {
  const found = usePreview({ deviceGroupId: groupId, adeProfileId: profileId });
  return <PreviewSection {...found} seen={found.preview?.devices ?? devices} />;
}
