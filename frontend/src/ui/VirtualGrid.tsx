import { clsx } from "clsx";
import { ArrowDown, ArrowUp } from "lucide-react";
import { memo, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useIsPhone } from "../lib/useBreakpoint";
import { SkeletonBar } from "./Skeleton";
import { blockAt, elementsOf, isLeap, type RowRange, rowsAt, rowTop, scrollTopFor, spaceHeight } from "./virtualRows";

export type GridColumn<Row> = {
  id: string;
  header: string;
  /** Before the header's words, such as a box that checks all rows. */
  headerStart?: React.ReactNode;
  cell: (row: Row) => React.ReactNode;
  /** In px, padding included; without it the column shares what is left. */
  width?: number;
  /** The least px of a column without a width. */
  min?: number;
  /** Its share of what is left. */
  flex?: number;
  align?: "start" | "end";
  sortable?: boolean;
  /** Where there is no room for all columns, that of the highest number leaves first; one without a number stays. */
  priority?: number;
};

export type GridSort = { id: string; direction: "asc" | "desc" };

export type VirtualGridProps<Row> = {
  /** The accessible name. */
  label: string;
  /** Of a module or memoized: rows are drawn anew when it changes. */
  columns: readonly GridColumn<Row>[];
  /** All rows; -1 while nobody knows. */
  rowCount: number;
  /** The rows that are here. */
  loadedCount: number;
  /** Undefined for a row that is on its way. */
  getRow: (index: number) => Row | undefined;
  rowKey: (row: Row) => string;
  /** The rows in the document, when they change: the time to ask for those that are missing. */
  onRangeChange?: ((range: RowRange) => void) | undefined;
  sort?: GridSort | undefined;
  onSort?: ((id: string) => void) | undefined;
  /** The row that is open elsewhere. */
  selectedKey?: string | undefined;
  onOpen?: ((row: Row) => void) | undefined;
  /** O, where a row has a page of its own besides. */
  onOpenPage?: ((row: Row) => void) | undefined;
  /** Whether a row is one of those that the next action is for. Makes rows checkable: by X, to the last one by Shift+X. */
  isChecked?: ((row: Row) => boolean) | undefined;
  onCheck?: ((index: number, toLast: boolean) => void) | undefined;
  /** Ctrl or Command with A. */
  onCheckAll?: (() => void) | undefined;
  /** Rows that have just changed: they are marked for 1.2 s, each time that the set is replaced. */
  changedKeys?: ReadonlySet<string> | undefined;
  /** The content of a row on a phone, 76 px high. */
  phoneCard: (row: Row) => React.ReactNode;
  /** In place of rows when there are none. */
  empty?: React.ReactNode;
  footer?: React.ReactNode;
};

const rowHeights = { table: 36, card: 84 };

// Rows that may follow while the total is unknown.
const unknownTail = 12;

/**
 * A table of any number of rows, of which only those in sight are in the document. It fills the height that its parent, a
 * flex column, has left. Another filter or order is another table: give it a `key`, so that it starts at the top.
 */
export function VirtualGrid<Row>(props: VirtualGridProps<Row>) {
  const isPhone = useIsPhone();
  const count = props.rowCount < 0 ? props.loadedCount + unknownTail : props.rowCount;
  const rows = useVirtualRows(count, isPhone ? rowHeights.card : rowHeights.table);
  const columns = useMemo(() => fitting(props.columns, rows.width), [props.columns, rows.width]);
  const changes = useGeneration(props.changedKeys);

  const { onRangeChange } = props;
  const { first, last } = rows;
  useEffect(() => {
    if (last >= first) {
      onRangeChange?.({ first, last });
    }
  }, [onRangeChange, first, last]);

  const openWith = (act: ((row: Row) => void) | undefined) => (index: number) => {
    const row = props.getRow(index);
    if (row !== undefined) {
      act?.(row);
    }
  };
  const open = openWith(props.onOpen);
  const openPage = openWith(props.onOpenPage ?? props.onOpen);

  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div
        ref={rows.scrollRef}
        onScroll={rows.onScroll}
        className="relative min-h-0 flex-1 overflow-auto [overflow-anchor:none]"
      >
        {/* biome-ignore lint/a11y/useSemanticElements: a table element cannot lay rows out by their number */}
        <div
          role="grid"
          aria-label={props.label}
          aria-rowcount={props.rowCount < 0 ? -1 : props.rowCount + 1}
          aria-multiselectable={props.isChecked ? true : undefined}
          aria-colcount={isPhone ? 1 : columns.length}
          aria-busy={props.loadedCount === 0 && count > 0}
          data-wide={(rows.width > 0 && leastWidthOf(columns) > rows.width) || undefined}
          className={clsx(!isPhone && "min-w-(--grid-min-width)")}
          style={columnStyle(columns)}
        >
          {!isPhone && <Header columns={columns} sort={props.sort} onSort={props.onSort} />}
          <div ref={rows.bodyRef} className="relative overflow-clip" style={{ height: rows.height }}>
            {/* A group must have rows. */}
            {/* biome-ignore lint/a11y/noStaticElementInteractions: it listens for its rows */}
            <div
              role={count > 0 ? "rowgroup" : "none"}
              onClick={(event) => openByClick(event, open)}
              onFocus={(event) => rows.setActive(indexOf(event.target) ?? rows.active)}
              onKeyDown={(event) => handleKey(event, rows, { open, openPage }, props)}
              className="absolute inset-x-0"
              style={{ top: rows.blockTop }}
            >
              {rows.indexes.map((index) => {
                const row = props.getRow(index);
                const key = row === undefined ? undefined : props.rowKey(row);
                return (
                  <GridRow
                    key={rows.elements.get(index)}
                    index={index}
                    top={rows.topOf(index)}
                    row={row}
                    columns={columns}
                    card={isPhone ? props.phoneCard : undefined}
                    active={index === rows.active}
                    selected={key !== undefined && key === props.selectedKey}
                    checked={row !== undefined && props.isChecked?.(row)}
                    pressable={props.onOpen !== undefined}
                    firstLoad={props.loadedCount === 0}
                    change={key !== undefined && props.changedKeys?.has(key) ? changes : 0}
                  />
                );
              })}
            </div>
          </div>
        </div>
        {count === 0 && props.empty}
      </div>
      {props.footer}
    </div>
  );
}

const leastWidth = 96;

const leastWidthOf = <Row,>(columns: readonly GridColumn<Row>[]) =>
  columns.reduce((sum, { width, min = leastWidth }) => sum + (width ?? min), 0);

/** The columns that there is room for. Before the table is measured (0), all of them. */
function fitting<Row>(columns: readonly GridColumn<Row>[], width: number): readonly GridColumn<Row>[] {
  if (width === 0) return columns;
  let left = columns;
  while (leastWidthOf(left) > width) {
    const priority = Math.max(...left.map((column) => column.priority ?? 0));
    if (priority === 0) break;
    left = left.filter((column) => (column.priority ?? 0) !== priority);
  }
  return left;
}

function columnStyle<Row>(columns: readonly GridColumn<Row>[]): React.CSSProperties & Record<`--${string}`, string> {
  const tracks = columns.map(({ width, min = leastWidth, flex = 1 }) =>
    width ? `${width}px` : `minmax(${min}px, ${flex}fr)`,
  );
  // Rows lie outside of the flow, so that the table cannot learn its least width from them.
  return { "--grid-columns": tracks.join(" "), "--grid-min-width": `${leastWidthOf(columns)}px` };
}

/** How often a set was replaced. */
function useGeneration(set: ReadonlySet<string> | undefined): number {
  const [seen, setSeen] = useState({ set, generation: 1 });
  if (seen.set !== set) {
    setSeen({ set, generation: seen.generation + 1 });
  }
  return seen.generation;
}

const rest = 120; // ms without a step, until rows around those in sight are worth their making again

/** Which rows are in the document and where, and the one row that Tab reaches. */
function useVirtualRows(rowCount: number, rowHeight: number) {
  const scroller = useRef<HTMLDivElement | null>(null);
  const bodyRef = useRef<HTMLDivElement | null>(null);
  const [viewport, setViewport] = useState(0);
  const [width, setWidth] = useState(0);
  const [{ scrollTop, leaping }, setScroll] = useState({ scrollTop: 0, leaping: false });
  const [chosen, setActive] = useState(0);
  const focusPending = useRef(false);

  const scrollRef = useCallback((element: HTMLDivElement) => {
    scroller.current = element;
    const measure = () => {
      setViewport(Math.max(0, element.clientHeight - (bodyRef.current?.offsetTop ?? 0)));
      setWidth(element.clientWidth);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const space = { rowCount, rowHeight, viewport };
  const active = Math.max(0, Math.min(chosen, rowCount - 1));
  const range = rowsAt(space, scrollTop, leaping);
  const indexes = indexesOf(range, rowCount > 0 ? active : undefined);
  const block = blockAt(space, scrollTop);
  const kept = useRef<ReadonlyMap<number, number>>(new Map());
  const elements = elementsOf(kept.current, indexes, active);

  useLayoutEffect(() => {
    kept.current = elements;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: each step begins the pause anew
  useEffect(() => {
    if (!leaping) return;
    const timer = setTimeout(() => setScroll((now) => ({ ...now, leaping: false })), rest);
    return () => clearTimeout(timer);
  }, [leaping, scrollTop]);
  // The row is in the document only now.
  useLayoutEffect(() => {
    if (focusPending.current) {
      focusPending.current = false;
      bodyRef.current?.querySelector<HTMLElement>(`[data-index="${active}"]`)?.focus({ preventScroll: true });
    }
  });

  const moveTo = (row: number) => {
    const target = Math.max(0, Math.min(row, rowCount - 1));
    const top = scrollTopFor(space, scrollTop, target);
    if (scroller.current && top !== scrollTop) {
      scroller.current.scrollTop = top;
      setScroll({ scrollTop: top, leaping: false });
    }
    if (target !== active) {
      focusPending.current = true;
      setActive(target);
    }
  };

  return {
    ...range,
    width,
    scrollRef,
    bodyRef,
    active,
    setActive,
    moveTo,
    height: spaceHeight(space),
    rowsPerPage: Math.max(1, Math.floor(viewport / rowHeight) - 1),
    lastRow: rowCount - 1,
    indexes,
    elements,
    blockTop: block.top,
    topOf: (row: number) => rowTop(space, block, row),
    onScroll: (event: React.UIEvent<HTMLElement>) => {
      const to = event.currentTarget.scrollTop;
      setScroll((now) =>
        to === now.scrollTop ? now : { scrollTop: to, leaping: now.leaping || isLeap(space, now.scrollTop, to) },
      );
    },
  };
}

type VirtualRows = ReturnType<typeof useVirtualRows>;

/** The rows in sight, and the active one wherever it is: scrolling must take away neither focus nor the way in by Tab. */
function indexesOf({ first, last }: RowRange, active: number | undefined): number[] {
  const indexes = Array.from({ length: Math.max(0, last - first + 1) }, (_, place) => first + place);
  if (active !== undefined && active < first) {
    indexes.unshift(active);
  }
  if (active !== undefined && active > last) {
    indexes.push(active);
  }
  return indexes;
}

function indexOf(target: EventTarget): number | undefined {
  const row = target instanceof Element ? target.closest<HTMLElement>("[data-index]") : null;
  return row ? Number(row.dataset.index) : undefined;
}

function openByClick(event: React.MouseEvent, open: (index: number) => void) {
  const index = indexOf(event.target);
  const onControl = event.target instanceof Element && event.target.closest("a, button, input, label");
  if (index !== undefined && !onControl) {
    open(index);
  }
}

/** Keys count on a row itself: what lies inside of it has its own. */
function handleKey(
  event: React.KeyboardEvent,
  rows: VirtualRows,
  { open, openPage }: Record<"open" | "openPage", (index: number) => void>,
  { onCheck, onCheckAll }: Pick<VirtualGridProps<unknown>, "onCheck" | "onCheckAll">,
) {
  const onRow = event.target instanceof HTMLElement && event.target.dataset.index !== undefined;
  if (onRow && onCheckAll && (event.ctrlKey || event.metaKey) && event.key === "a") {
    event.preventDefault();
    onCheckAll();
    return;
  }
  if (!onRow || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  const { active } = rows;
  switch (event.key) {
    case "j":
    case "ArrowDown":
      rows.moveTo(active + 1);
      break;
    case "k":
    case "ArrowUp":
      rows.moveTo(active - 1);
      break;
    case "Home":
      rows.moveTo(0);
      break;
    case "End":
      rows.moveTo(rows.lastRow);
      break;
    case "PageDown":
      rows.moveTo(active + rows.rowsPerPage);
      break;
    case "PageUp":
      rows.moveTo(active - rows.rowsPerPage);
      break;
    case "Enter":
      open(active);
      break;
    case "o":
      openPage(active);
      break;
    case "x":
    case "X":
      if (!onCheck) return;
      onCheck(active, event.shiftKey);
      break;
    default:
      return;
  }
  event.preventDefault();
}

type HeaderProps<Row> = {
  columns: readonly GridColumn<Row>[];
  sort: GridSort | undefined;
  onSort: ((id: string) => void) | undefined;
};

function Header<Row>({ columns, sort, onSort }: HeaderProps<Row>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: see above
    <div role="rowgroup" className="sticky top-0 z-10 bg-surface">
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: its buttons take the focus */}
      <div role="row" aria-rowindex={1} className={clsx("h-8 border-border border-b bg-surface", rowGrid)}>
        {columns.map((column) => (
          // biome-ignore lint/a11y/useSemanticElements: see above
          // biome-ignore lint/a11y/useFocusableInteractive: its button takes the focus
          <div
            key={column.id}
            role="columnheader"
            aria-sort={sortOf(column, sort)}
            className={cellClass(column, "text-fg-2 text-hint")}
          >
            {column.headerStart}
            {column.sortable && onSort ? (
              <SortButton column={column} sort={sort} onSort={onSort} />
            ) : (
              <span className="truncate">{column.header}</span>
            )}
          </div>
        ))}
      </div>
    </div>
  );
}

function sortOf<Row>(column: GridColumn<Row>, sort: GridSort | undefined) {
  if (!column.sortable) {
    return undefined;
  }
  if (sort?.id !== column.id) {
    return "none";
  }
  return sort.direction === "asc" ? "ascending" : "descending";
}

function SortButton<Row>(props: { column: GridColumn<Row>; sort: GridSort | undefined; onSort: (id: string) => void }) {
  const { column, sort, onSort } = props;
  const isSorted = sort?.id === column.id;
  const Arrow = sort?.direction === "asc" ? ArrowUp : ArrowDown;
  return (
    <button
      type="button"
      onClick={() => onSort(column.id)}
      className={clsx(
        "-mx-1 inline-flex h-6 min-w-0 cursor-pointer items-center gap-1 rounded-badge px-1 hover:text-fg",
        isSorted && "font-semibold text-fg",
      )}
    >
      <span className="truncate">{column.header}</span>
      {isSorted && <Arrow aria-hidden className="size-3.5 shrink-0" strokeWidth={1.75} />}
    </button>
  );
}

const rowGrid = "grid grid-cols-(--grid-columns)";

// The first column stays in place when the table is scrolled sideways. Where it cannot be, each row is a layer less to paint.
function cellClass<Row>(column: GridColumn<Row>, more?: string | false) {
  return clsx(
    "flex min-w-0 items-center px-2 first:pl-6 last:pr-6 in-data-wide:first:sticky in-data-wide:first:left-0 in-data-wide:first:z-1 in-data-wide:first:bg-inherit",
    column.align === "end" && "justify-end text-right tabular-nums",
    more,
  );
}

type GridRowProps<Row> = {
  index: number;
  top: number;
  row: Row | undefined;
  columns: readonly GridColumn<Row>[];
  card: ((row: Row) => React.ReactNode) | undefined;
  active: boolean;
  selected: boolean;
  /** Undefined where rows cannot be checked. */
  checked: boolean | undefined;
  pressable: boolean;
  /** No row is here yet. */
  firstLoad: boolean;
  /** 0: nothing changed; else the number of the change. */
  change: number;
};

// One row is drawn anew when it changed, not whenever the table is scrolled.
const GridRow = memo(GridRowContent) as typeof GridRowContent;

function GridRowContent<Row>({
  index,
  top,
  row,
  columns,
  card,
  active,
  selected,
  checked,
  pressable,
  firstLoad,
  change,
}: GridRowProps<Row>) {
  const isOpenable = pressable && row !== undefined;
  return (
    // biome-ignore lint/a11y/useSemanticElements: see VirtualGrid
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={checked ?? selected}
      aria-current={selected ? "true" : undefined}
      data-index={index}
      tabIndex={active ? 0 : -1}
      className={clsx(
        "group/row absolute inset-x-0 -outline-offset-2",
        card ? "h-21 px-4 pb-2" : `h-9 contain-strict border-border border-b ${rowGrid}`,
        !card && rowColors(selected || checked === true, isOpenable),
        isOpenable && "cursor-pointer",
      )}
      style={{ top }}
    >
      {card ? (
        <CardCell selected={selected || checked === true} change={change}>
          {row === undefined ? <SkeletonBar seed={index} immediate={!firstLoad} /> : card(row)}
        </CardCell>
      ) : (
        columns.map((column, place) => (
          // biome-ignore lint/a11y/useSemanticElements: see VirtualGrid
          // biome-ignore lint/a11y/useFocusableInteractive: the row takes the focus
          <div key={column.id} role="gridcell" className={cellClass(column, change > 0 && "relative isolate")}>
            {selected && place === 0 && <span className="absolute inset-y-0 left-0 w-0.5 bg-accent" />}
            <ChangeMark change={change} />
            {/* Clipped, not hidden: what is hidden could be scrolled, and each such cell is a layer to paint. */}
            <div className="min-w-0 flex-1 overflow-clip text-ellipsis whitespace-nowrap">
              {row === undefined ? <SkeletonBar seed={index * 5 + place} immediate={!firstLoad} /> : column.cell(row)}
            </div>
          </div>
        ))
      )}
    </div>
  );
}

function rowColors(selected: boolean, isOpenable: boolean) {
  if (selected) {
    return "bg-accent-soft";
  }
  return clsx("bg-surface", isOpenable && "hover:bg-hover active:bg-active");
}

function CardCell(props: { selected: boolean; change: number; children: React.ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: see VirtualGrid
    // biome-ignore lint/a11y/useFocusableInteractive: the row takes the focus
    <div
      role="gridcell"
      className={clsx(
        "relative isolate grid h-19 content-center overflow-clip rounded-dialog border border-border px-3",
        props.selected ? "bg-accent-soft" : "bg-surface active:bg-hover",
      )}
    >
      <ChangeMark change={props.change} />
      {props.children}
    </div>
  );
}

/** Fills a cell for 300 ms and fades in 900 ms. The number as key lets a second change start over. */
function ChangeMark({ change }: { change: number }) {
  if (change === 0) {
    return null;
  }
  return (
    <span
      key={change}
      aria-hidden="true"
      data-changed
      className="pointer-events-none absolute inset-0 -z-1 bg-accent-soft opacity-0 transition-opacity delay-300 duration-900 starting:opacity-100 motion-reduce:duration-80"
    />
  );
}
