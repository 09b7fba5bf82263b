import { useNavigate, useSearch } from "@tanstack/react-router";
import { AuditFilters } from "../features/audit/AuditFilters";
import { AuditLog } from "../features/audit/AuditLog";
import type { AuditFilter } from "../features/audit/filter";
import { Page } from "../features/shell/Page";
import { timeZoneName } from "../lib/time";
import { Card } from "../ui/Card";

export function AuditPage() {
  const { actor, action, object } = useSearch({ from: "/app/settings/audit" });
  const navigate = useNavigate({ from: "/settings/audit" });
  const filter = { actor, action, object };
  const setFilter = (next: AuditFilter) => void navigate({ search: next });
  return (
    <Page title="Audit log" crumbs={[{ label: "Settings", to: "/settings/abm" }]} state={`times in ${timeZoneName()}`}>
      <div className="grid gap-4">
        <AuditFilters filter={filter} onFilterChange={setFilter} />
        <Card padding={false}>
          <AuditLog key={JSON.stringify(filter)} filter={filter} onReset={() => setFilter({})} />
        </Card>
      </div>
    </Page>
  );
}
