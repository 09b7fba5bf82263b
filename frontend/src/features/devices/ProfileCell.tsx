import { SourceBadge } from "../../ui/SourceBadge";
import type { Device } from "./device";

/** The profile that a device has by the rules, and what decides it. */
export function ProfileCell({ adeProfile, profileSource }: Pick<Device, "adeProfile" | "profileSource">) {
  return (
    <span className="inline-flex max-w-full items-center gap-2 align-top">
      {adeProfile ? (
        <span className="truncate" title={adeProfile.name}>
          {adeProfile.name}
        </span>
      ) : (
        <span className="text-fg-3">No profile</span>
      )}
      <SourceBadge source={profileSource} />
    </span>
  );
}
