import { useMemo } from "react";
import { CombinedError } from "urql";
import { problemOf } from "../../graphql/errors";
import { ErrorState } from "../../ui/ErrorState";
import { VirtualGrid } from "../../ui/VirtualGrid";
import { listsDeadlines } from "./columnChoice";
import { deviceColumns } from "./columns";
import { DeviceCard } from "./DeviceCard";
import type { Device } from "./device";
import { type DeviceSearch, orderOf, sortedBy } from "./filter";
import { rowAt } from "./rowPages";
import { isSelected, type Selection } from "./selection";
import type { DeviceList } from "./useDevicePages";

type DeviceTableProps = {
  list: DeviceList;
  search: DeviceSearch & { cols?: string | undefined };
  /** How many organizations the devices can be of. */
  organizations: number;
  /** The identifier of the device that is open. */
  selectedKey: string | undefined;
  onOpen: (device: Device) => void;
  onOpenPage: (device: Device) => void;
  onSort: (column: string) => void;
  /** Which devices are picked, and what picks one; left out where none can be. */
  picks:
    | { selection: Selection; check: (index: number, toLast: boolean) => void; selectAll: (() => void) | undefined }
    | undefined;
  empty: React.ReactNode;
};

export function DeviceTable({
  list,
  search,
  organizations,
  selectedKey,
  onOpen,
  onOpenPage,
  onSort,
  picks,
  empty,
}: DeviceTableProps) {
  const { snapshot, pages } = list;
  const selectable = picks !== undefined;
  const deadlines = listsDeadlines(search);
  const columns = useMemo(
    () =>
      deviceColumns({
        status: search.status,
        deadlines,
        organizations,
        selectable,
        cols: search.cols,
      }),
    [search.status, deadlines, organizations, selectable, search.cols],
  );
  const { direction } = orderOf(search);
  if (snapshot.failure && snapshot.pages.size === 0) {
    return <Failure error={snapshot.failure.error} onRetry={pages.retry} />;
  }
  return (
    <VirtualGrid
      label="ABM devices"
      columns={columns}
      rowCount={snapshot.length}
      loadedCount={snapshot.known}
      getRow={(index) => rowAt(snapshot, index)}
      rowKey={(device) => device.id}
      onRangeChange={pages.show}
      sort={{ id: sortedBy(search), direction: direction === "ASC" ? "asc" : "desc" }}
      onSort={onSort}
      selectedKey={selectedKey}
      onOpen={onOpen}
      onOpenPage={onOpenPage}
      isChecked={picks && ((device) => isSelected(picks.selection, device.id))}
      onCheck={picks?.check}
      onCheckAll={picks?.selectAll}
      changedKeys={snapshot.changed}
      phoneCard={organizations > 1 ? cardOfSeveral : card}
      empty={empty}
    />
  );
}

// Made for each drawing, they would draw all cards anew.
const card = (device: Device) => <DeviceCard {...device} several={false} />;
const cardOfSeveral = (device: Device) => <DeviceCard {...device} several />;

function Failure({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const problem = error instanceof CombinedError ? problemOf(error) : { message: "GuardMDM did not answer." };
  return (
    <div className="flex-1">
      <ErrorState {...problem} title="The device list did not load" onRetry={onRetry} />
    </div>
  );
}
