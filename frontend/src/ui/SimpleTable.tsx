import { useRender } from "@base-ui/react/use-render";
import { clsx } from "clsx";
import { useColumnPriority, useIsPhone } from "../lib/useBreakpoint";

export type SimpleColumn<Row> = {
  id: string;
  header: string;
  align?: "start" | "end";
  cell: (row: Row) => React.ReactNode;
  /** 3 leaves first, under 1280 px; 2 leaves under 1024 px; 1 stays. */
  priority?: 1 | 2 | 3;
  /** Where the cell stands on a phone's card. */
  phone?: "title" | "status" | "detail" | "hide";
};

export type SimpleTableProps<Row> = {
  columns: readonly SimpleColumn<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** The accessible name. */
  caption: string;
  onRowClick?: (row: Row) => void;
  /** The link that the whole row is: an element without content. */
  rowLink?: (row: Row) => React.ReactElement;
  density?: "compact" | "comfortable";
  /** False inside of a card, whose frame is enough. */
  framed?: boolean;
};

const frame = "rounded-dialog border border-border bg-surface sm:rounded-card";

/** A table of few rows; on a phone a list of cards. */
export function SimpleTable<Row>(props: SimpleTableProps<Row>) {
  return useIsPhone() ? <Cards {...props} /> : <Table {...props} />;
}

function Table<Row>({ density = "compact", framed = true, ...props }: SimpleTableProps<Row>) {
  const room = useColumnPriority();
  const columns = props.columns.filter((column) => (column.priority ?? 1) <= room);
  return (
    <div className={clsx("overflow-x-auto", framed && frame)}>
      <table className="w-full border-collapse text-left">
        <caption className="sr-only">{props.caption}</caption>
        <thead>
          <tr className="h-8 border-border border-b">
            {columns.map((column) => (
              <th key={column.id} scope="col" className={cellClass(column, "font-medium text-fg-2 text-hint")}>
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr
              key={props.rowKey(row)}
              className={clsx(
                "relative border-border border-b last:border-b-0",
                density === "compact" ? "h-9" : "h-12",
                isPressable(props) && "transition-colors duration-(--motion-press) ease-standard hover:bg-hover",
              )}
            >
              {columns.map((column, place) => (
                <td key={column.id} className={cellClass(column, raisedControls)}>
                  {place === 0 ? <RowTarget {...props} row={row} content={column.cell(row)} /> : column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function cellClass<Row>(column: SimpleColumn<Row>, more: string) {
  return clsx("whitespace-nowrap px-2 first:pl-4 last:pr-4", column.align === "end" && "text-right tabular-nums", more);
}

// The row's link or button covers the row. What else can be pressed lies above it.
const cover = "after:absolute after:inset-0";
const raisedControls = "[&_:is(a,button):not([data-row-target])]:relative [&_:is(a,button):not([data-row-target])]:z-1";

function isPressable<Row>(props: SimpleTableProps<Row>) {
  return Boolean(props.onRowClick ?? props.rowLink);
}

type RowTargetProps<Row> = Pick<SimpleTableProps<Row>, "onRowClick" | "rowLink"> & {
  row: Row;
  content: React.ReactNode;
};

function RowTarget<Row>({ onRowClick, rowLink, row, content }: RowTargetProps<Row>) {
  if (rowLink) {
    return <RowLink link={rowLink(row)}>{content}</RowLink>;
  }
  if (onRowClick) {
    return (
      <button type="button" data-row-target className={clsx("cursor-pointer", cover)} onClick={() => onRowClick(row)}>
        {content}
      </button>
    );
  }
  return content;
}

function RowLink({ link, children }: { link: React.ReactElement; children: React.ReactNode }) {
  return useRender({ render: link, props: { "data-row-target": "", className: cover, children } });
}

function Cards<Row>({ framed = true, ...props }: SimpleTableProps<Row>) {
  const at = (place: SimpleColumn<Row>["phone"]) =>
    props.columns.filter((column, index) => (column.phone ?? (index === 0 ? "title" : "detail")) === place);
  return (
    <ul aria-label={props.caption} className={clsx("grid", framed ? "gap-2" : "divide-y divide-border")}>
      {props.rows.map((row) => (
        <li
          key={props.rowKey(row)}
          className={clsx(
            "relative grid gap-1 p-3",
            framed && frame,
            isPressable(props) && "active:bg-hover",
            raisedControls,
          )}
        >
          <div className="flex min-w-0 items-start justify-between gap-3">
            <div className="min-w-0 font-medium text-phone wrap-anywhere">
              {at("title").map((column, place) => (
                <div key={column.id}>
                  {place === 0 ? <RowTarget {...props} row={row} content={column.cell(row)} /> : column.cell(row)}
                </div>
              ))}
            </div>
            {at("status").map((column) => (
              <div key={column.id} className="shrink-0">
                {column.cell(row)}
              </div>
            ))}
          </div>
          <dl className="flex flex-wrap gap-x-4 gap-y-0.5 text-hint">
            {at("detail")
              .map((column) => ({ ...column, content: column.cell(row) }))
              .filter(({ content }) => content != null && content !== "") // its name alone says nothing
              .map(({ id, header, content }) => (
                <div key={id} className="flex min-w-0 gap-1.5">
                  <dt className="text-fg-3">{header}</dt>
                  <dd className="min-w-0 text-fg-2 wrap-anywhere">{content}</dd>
                </div>
              ))}
          </dl>
        </li>
      ))}
    </ul>
  );
}
