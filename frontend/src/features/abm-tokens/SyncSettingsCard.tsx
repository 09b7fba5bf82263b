import { formatCount } from "../../lib/numbers";
import { Card } from "../../ui/Card";
import { useSession } from "../session/session";

/** How this server syncs. Neither is a choice of this page. */
export function SyncSettingsCard() {
  const { syncIntervalSeconds, syncPageSize } = useSession().instance;
  return (
    <Card title="Sync settings">
      <dl className="grid gap-3">
        <Setting label="Interval" value={`Every ${syncIntervalSeconds / 60} minutes, fixed`} />
        <Setting label="Whole list compared" value="Daily" />
        <Setting label="Devices per page" value={formatCount(syncPageSize)} />
      </dl>
    </Card>
  );
}

function Setting({ label, value }: { label: string; value: string }) {
  return (
    <div className="flex justify-between gap-4">
      <dt className="text-fg-2">{label}</dt>
      <dd className="text-right font-medium">{value}</dd>
    </div>
  );
}
