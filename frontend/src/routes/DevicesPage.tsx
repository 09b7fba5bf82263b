import { useNavigate, useSearch } from "@tanstack/react-router";
import { clsx } from "clsx";
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { ColumnChooser } from "../features/devices/ColumnChooser";
import { chosenColumns, listsDeadlines, usualColumns } from "../features/devices/columnChoice";
import { DeviceFooter } from "../features/devices/DeviceFooter";
import { DeviceTable } from "../features/devices/DeviceTable";
import { DeviceToolbar } from "../features/devices/DeviceToolbar";
import { ExportButton } from "../features/devices/ExportButton";
import { nextSort, orderOf, whereOf } from "../features/devices/filter";
import { focusRow, focusSortedHeader, isAtRest, revealSelected } from "../features/devices/place";
import { findRow, rowAt } from "../features/devices/rowPages";
import { sizeOf } from "../features/devices/selection";
import { useDevicePages } from "../features/devices/useDevicePages";
import { LoadedContext, SelectionContext, useSelection } from "../features/devices/useSelection";
import { ViewTabs } from "../features/devices/ViewTabs";
import { useOrganizations } from "../features/organizations/OrganizationsProvider";
import { useMay } from "../features/session/session";
import { useOrganization } from "../features/shell/OrganizationSwitcher";
import { Page } from "../features/shell/Page";
import { SyncNowButton } from "../features/sync/SyncNowButton";
import { SyncPanel } from "../features/sync/SyncPanel";
import { loadPart } from "../lib/loadPart";
import { formatCount } from "../lib/numbers";
import { useIsPhone } from "../lib/useBreakpoint";

const NoDevices = lazy(() =>
  loadPart(() => import("../features/devices/NoDevices")).then((module) => ({ default: module.NoDevices })),
);
const BulkBar = lazy(() =>
  loadPart(() => import("../features/devices/BulkBar")).then((module) => ({ default: module.BulkBar })),
);
const DeviceDrawer = lazy(() =>
  loadPart(() => import("../features/devices/DeviceDrawer")).then((module) => ({ default: module.DeviceDrawer })),
);

export function DevicesPage() {
  const search = useSearch({ from: "/app/devices" });
  const navigate = useNavigate({ from: "/devices" });
  const { all } = useOrganizations();
  const organization = useOrganization();
  const isPhone = useIsPhone();
  const box = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState(0);
  const sorting = useRef(false);

  const mayMove = useCallback(() => isAtRest(box.current), []);
  // Until the organizations are known, the one in the URL is taken to be one of them.
  const organizationId = all ? organization?.id : search.org;
  const where = useMemo(() => whereOf(search, organizationId), [search, organizationId]);
  const list = useDevicePages(where, orderOf(search), mayMove);
  const { snapshot, pages } = list;
  const mayPick = useMay("OPERATOR") && search.status === undefined; // what left ABM takes no profile
  const picks = useSelection(list);
  const index = search.device === undefined ? -1 : findRow(snapshot, (device) => device.serialNumber === search.device);

  const change = useCallback(
    (next: Partial<typeof search>, replace = false) =>
      // The table keeps its own place: another filter is another table.
      void navigate({ search: (now) => ({ ...now, ...next }), replace, resetScroll: false }),
    [navigate],
  );
  const searchFor = useCallback((serial: string) => change({ q: serial || undefined }, true), [change]);
  const openPage = (serialNumber: string) =>
    void navigate({ to: "/devices/$serialNumber", params: { serialNumber }, search: {} });
  const open = (serial: string | undefined, replace = false) => change({ device: serial }, replace);
  const moveBy = (step: 1 | -1) => {
    const device = index < 0 ? undefined : rowAt(snapshot, index + step);
    return device && (() => open(device.serialNumber, true));
  };
  const close = () => {
    focusRow(box.current);
    open(undefined);
  };
  const sortBy = (column: string) => {
    sorting.current = true;
    change({ sort: nextSort(column, search) });
  };
  const showWaiting = () => {
    pages.reload();
    setShown(shown + 1);
  };
  useEffect(() => {
    if (search.device !== undefined) revealSelected(box.current);
  }, [search.device]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the table is another one with each key
  useEffect(() => {
    if (sorting.current) focusSortedHeader(box.current);
    sorting.current = false;
  }, [list.key]);

  const organizations = organizationId ? 1 : (all?.length ?? 1);
  // What stands above the list is drawn anew when it is another one, not with each page of rows that comes.
  const above = useMemo(() => {
    const table = { status: search.status, deadlines: listsDeadlines(search), organizations };
    return (
      <>
        <ViewTabs
          search={search}
          organizationId={organizationId}
          onChange={change}
          tools={
            <>
              {!isPhone && (
                <ColumnChooser
                  ids={chosenColumns({ ...table, cols: search.cols }).ids}
                  usual={usualColumns(table)}
                  onChange={(cols) => change({ cols }, true)}
                />
              )}
              <ExportButton where={where} />
            </>
          }
        />
        <DeviceToolbar search={search} onChange={change} onSearch={searchFor} />
        <SyncPanel />
      </>
    );
  }, [search, organizationId, organizations, where, change, searchFor, isPhone]);
  const total = snapshot.total === undefined ? "" : `, ${formatCount(snapshot.total)}`;
  return (
    <Page
      title="ABM devices"
      windowTitle={`ABM devices${total}`}
      crumbs={[{ label: "Devices" }]}
      actions={<SyncNowButton />}
      fills
    >
      <div className="relative flex flex-1 flex-col">
        <div className={clsx("flex flex-1 flex-col", search.device !== undefined && "max-[1100px]:invisible")}>
          {above}
          {/* Out of the flow: its thousands of rows do not make the page higher. */}
          <div className="relative min-h-48 flex-1 border-border sm:border-t">
            <div ref={box} className="absolute inset-0 flex flex-col">
              <SelectionContext value={mayPick ? picks.value : null}>
                <LoadedContext value={picks.loaded}>
                  <DeviceTable
                    key={`${list.key} ${shown}`}
                    list={list}
                    search={search}
                    organizations={organizations}
                    selectedKey={rowAt(snapshot, index)?.id}
                    onOpen={(device) => open(device.serialNumber, search.device !== undefined)}
                    onOpenPage={(device) => openPage(device.serialNumber)}
                    onSort={sortBy}
                    picks={mayPick ? picks : undefined}
                    empty={
                      <Suspense>
                        <NoDevices search={search} organization={organization} onChange={change} />
                      </Suspense>
                    }
                  />
                </LoadedContext>
              </SelectionContext>
            </div>
          </div>
          {mayPick && sizeOf(picks.selection) > 0 && (
            <Suspense>
              <BulkBar
                selection={picks.selection}
                total={snapshot.total}
                onSelectAll={picks.selectAll}
                onClear={picks.clear}
              />
            </Suspense>
          )}
          <DeviceFooter
            snapshot={snapshot}
            newestFirst={search.sort === undefined}
            selectable={mayPick}
            onShowWaiting={showWaiting}
            onRetry={pages.retry}
          />
        </div>
        {search.device !== undefined && (
          <Suspense>
            <DeviceDrawer
              serial={search.device}
              place={index < 0 ? undefined : { index, total: snapshot.length }}
              onMove={moveBy}
              onOpenPage={() => search.device !== undefined && openPage(search.device)}
              onClose={close}
            />
          </Suspense>
        )}
      </div>
    </Page>
  );
}
