import { Link } from "@tanstack/react-router";
import { MoreHorizontal, Plus } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useQuery } from "urql";
import { loadPart } from "../../lib/loadPart";
import { useIsPhone } from "../../lib/useBreakpoint";
import { Button } from "../../ui/Button";
import { IconButton } from "../../ui/IconButton";
import { Menu } from "../../ui/Menu";
import { TabCount, TabLinks } from "../../ui/Tabs";
import { useSession } from "../session/session";
import type { ChangeSearch } from "./DeviceToolbar";
import { ViewCountDocument } from "./device";
import { FilterMenu } from "./FilterMenu";
import { whereOf } from "./filter";
import {
  builtInViews,
  mostViews,
  noView,
  type SavedView,
  shows,
  useViews,
  type ViewSearch,
  viewSearchOf,
} from "./views";

const ViewDialog = lazy(() =>
  loadPart(() => import("./ViewDialog")).then((module) => ({ default: module.ViewDialog })),
);

type ViewTabsProps = {
  search: ViewSearch & { view?: string | undefined };
  /** The organization that all pages are narrowed to. */
  organizationId: string | undefined;
  onChange: ChangeSearch;
  /** At the end of the row. */
  tools: React.ReactNode;
};

/** Named filters with their counts: those that everybody has, and those that somebody saved in this browser. */
export function ViewTabs({ search, organizationId, onChange, tools }: ViewTabsProps) {
  const { viewer } = useSession();
  const { views, add, change, remove } = useViews(viewer.id ?? "someone");
  const [naming, setNaming] = useState<"new" | SavedView>();
  const isPhone = useIsPhone();
  const all = [...builtInViews, ...views];
  const saved = views.find(({ id }) => id === search.view);
  const current = saved ?? all.find((view) => shows(view.search, search));
  const open = (view: SavedView) =>
    onChange({ ...noView, ...view.search, view: isBuiltIn(view) ? undefined : view.id, device: undefined });

  const dialog = naming && (
    <Suspense>
      <ViewDialog
        views={views}
        view={naming === "new" ? undefined : naming}
        onSave={(name) => {
          if (naming === "new") onChange({ view: add({ name, search: viewSearchOf(search) }).id });
          else change(naming.id, { name });
          setNaming(undefined);
        }}
        onClose={() => setNaming(undefined)}
      />
    </Suspense>
  );
  if (isPhone) {
    // A row of tabs would have to be scrolled sideways.
    return (
      <div className="flex shrink-0 items-center justify-between gap-2 px-4 pt-3">
        <FilterMenu
          name="View"
          value={current?.name ?? "As filtered"}
          items={all.map((view) => ({
            label: view.name,
            checked: view === current,
            onSelect: () => open(view),
          }))}
        />
        {tools}
      </div>
    );
  }
  return (
    <div className="flex shrink-0 items-end gap-3 border-border border-b px-6">
      <div className="min-w-0 overflow-hidden *:border-b-0">
        <TabLinks
          label="Views"
          value={current?.id ?? ""}
          items={all.map((view) => ({
            id: view.id,
            label: view.name,
            badge: <ViewCount view={view} organizationId={organizationId} />,
            render: (
              <Link
                to="/devices"
                search={(now) => ({
                  ...now,
                  ...noView,
                  ...view.search,
                  view: isBuiltIn(view) ? undefined : view.id,
                  device: undefined,
                })}
                resetScroll={false}
                activeOptions={inactive}
              />
            ),
          }))}
        />
      </div>
      <div className="flex h-11 shrink-0 items-center gap-1 sm:h-9">
        {saved && !shows(saved.search, search) && (
          <Button size="small" variant="ghost" onClick={() => change(saved.id, { search: viewSearchOf(search) })}>
            Save changes
          </Button>
        )}
        {saved ? (
          <Menu
            align="end"
            trigger={
              <IconButton
                size="small"
                label={`More for the view ${saved.name}`}
                icon={<MoreHorizontal aria-hidden className="size-4" strokeWidth={1.75} />}
              />
            }
            items={[
              { label: "Rename", onSelect: () => setNaming(saved) },
              {
                label: "Save as another view",
                onSelect: () => setNaming("new"),
                disabledReason: tooMany(views),
              },
              {
                label: "Delete view",
                hint: "The filters stay as they are",
                onSelect: () => {
                  remove(saved.id);
                  onChange({ view: undefined });
                },
              },
            ]}
          />
        ) : (
          <Button
            size="small"
            variant="ghost"
            icon={<Plus aria-hidden className="size-4" strokeWidth={1.75} />}
            disabledReason={tooMany(views) ?? (current ? `This is the view ${current.name} already` : undefined)}
            onClick={() => setNaming("new")}
          >
            Save view
          </Button>
        )}
      </div>
      <div className="ml-auto flex shrink-0 items-center gap-2 py-1">{tools}</div>
      {dialog}
    </div>
  );
}

const inactive = { exact: true, includeSearch: true }; // which tab is current is said by TabLinks

const isBuiltIn = ({ id }: SavedView) => builtInViews.some((view) => view.id === id);

const tooMany = (views: readonly SavedView[]) =>
  views.length >= mostViews ? `There are ${mostViews} views, the most that are kept` : undefined;

function ViewCount({ view, organizationId }: { view: SavedView; organizationId: string | undefined }) {
  const where = whereOf(view.search, view.search.org ?? organizationId);
  const [{ data }] = useQuery({ query: ViewCountDocument, variables: { where } });
  return data ? <TabCount count={data.devices.totalCount} /> : null;
}
