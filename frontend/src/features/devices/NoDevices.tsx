import { Link } from "@tanstack/react-router";
import { SearchX, Smartphone } from "lucide-react";
import { useQuery } from "urql";
import { plural } from "../../lib/numbers";
import { Button } from "../../ui/Button";
import { EmptyState } from "../../ui/EmptyState";
import { type Organization, useOrganizations } from "../organizations/OrganizationsProvider";
import { useMay } from "../session/session";
import { DeviceCountDocument } from "./device";
import { type DeviceSearch, noFilters, sortedBy, whereOf } from "./filter";

type NoDevicesProps = {
  search: DeviceSearch;
  organization: Organization | undefined;
  onChange: (change: DeviceSearch & { org?: undefined }) => void;
};

/** In place of rows: what is missing, or which filter to drop and what that would give. */
export function NoDevices({ search, organization, onChange }: NoDevicesProps) {
  const filters = filtersOf(search, organization);
  if (filters.length === 0) return <NothingYet />;
  const clearAll = { ...noFilters, sort: undefined, org: undefined };
  return (
    <EmptyState
      icon={<SearchX />}
      title={
        filters.length === 1 ? "No device matches this filter" : `No device matches these ${filters.length} filters`
      }
      action={
        <>
          {filters.map((filter) => (
            <DropFilter key={filter.name} {...filter} onDrop={() => onChange(filter.change)} />
          ))}
          {filters.length > 1 && (
            <Button variant="ghost" onClick={() => onChange(clearAll)}>
              Clear all
            </Button>
          )}
        </>
      }
    >
      {search.q && "The search finds serial numbers by their beginning."}
    </EmptyState>
  );
}

type Filter = { name: string; change: DeviceSearch & { org?: undefined }; without: ReturnType<typeof whereOf> };

function filtersOf(search: DeviceSearch, organization: Organization | undefined): Filter[] {
  const without = (change: DeviceSearch) => whereOf({ ...search, ...change }, organization?.id);
  const drop = (name: string, change: DeviceSearch): Filter => ({ name, change, without: without(change) });
  return [
    ...(search.q ? [drop("serial number", { q: undefined })] : []),
    ...(search.platform ? [drop("platform", { platform: undefined })] : []),
    ...(search.status ? [drop("status", { status: undefined })] : []),
    ...(search.source ? [drop("source", { source: undefined })] : []),
    ...(search.assignment ? [drop("assignment", { assignment: undefined })] : []),
    ...(search.enrollment ? [drop("enrollment", { enrollment: undefined })] : []),
    ...(search.mdm ? [drop("MDM server", { mdm: undefined })] : []),
    ...(search.profile ? [drop("profile", { profile: undefined })] : []),
    ...(search.group ? [drop("group", { group: undefined })] : []),
    ...(search.note ? [drop("note", { note: undefined })] : []),
    ...(sortedBy(search) === "deadline" ? [drop("migration deadline", { sort: undefined })] : []),
    ...(search.list ? [drop("imported list", { list: undefined })] : []),
    ...(organization
      ? [{ name: "organization", change: { org: undefined }, without: whereOf(search, undefined) }]
      : []),
  ];
}

function DropFilter({ name, without, onDrop }: Filter & { onDrop: () => void }) {
  const [{ data }] = useQuery({ query: DeviceCountDocument, variables: { where: without } });
  if (data?.devices.totalCount === 0) return null; // dropping it alone would give nothing
  return (
    <Button
      className="max-sm:h-auto max-sm:min-h-11 max-sm:shrink max-sm:flex-wrap max-sm:gap-y-0 max-sm:py-1"
      onClick={onDrop}
    >
      Remove the {name} filter
      {data && <span className="font-normal text-fg-3">{plural(data.devices.totalCount, "device")}</span>}
    </Button>
  );
}

function NothingYet() {
  const { all } = useOrganizations();
  const mayConnect = useMay("ADMIN");
  if (!all) return null;
  if (all.length > 0) {
    return (
      <EmptyState icon={<Smartphone />} title="No devices yet">
        Devices appear here within 5 minutes after they are assigned to GuardMDM in Apple Business Manager.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<Smartphone />}
      title="No devices yet"
      action={
        mayConnect && (
          <Button variant="primary" render={<Link to="/settings/abm/new" />}>
            Connect your ABM
          </Button>
        )
      }
    >
      {mayConnect
        ? "Connect Apple Business Manager (ABM) and your devices appear here within seconds."
        : "An administrator connects Apple Business Manager; then the devices appear here."}
    </EmptyState>
  );
}
