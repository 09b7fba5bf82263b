import { Chip } from "../../ui/Chip";
import { Time } from "../../ui/Time";
import type { Device } from "./device";

type Flagged = Pick<Device, "removedAt" | "appliesAfterErase" | "mdmMigrationDeadline">;

/** What has to be known of a device beside its model: that it left, migrates, or has a profile that acts only after an erase. */
export function DeviceFlags({ device: { removedAt, appliesAfterErase, mdmMigrationDeadline } }: { device: Flagged }) {
  if (removedAt) return <Chip tone="muted">Removed</Chip>;
  if (mdmMigrationDeadline) {
    return (
      <Chip tone="warn">
        <span>
          Migrates
          <span className="sr-only">
            {" "}
            by <Time value={mdmMigrationDeadline} mode="date" />
          </span>
        </span>
      </Chip>
    );
  }
  return appliesAfterErase ? <Chip tone="muted">After erase</Chip> : null;
}
