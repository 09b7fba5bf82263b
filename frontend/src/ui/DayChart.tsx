import { clsx } from "clsx";
import { useId, useState } from "react";
import { formatCount } from "../lib/numbers";
import { axisCount, ticks } from "../lib/scale";

const colors = {
  1: { area: "fill-chart-1/20", line: "stroke-chart-1", swatch: "bg-chart-1", edge: "border-chart-1" },
  2: { area: "fill-chart-2/20", line: "stroke-chart-2", swatch: "bg-chart-2", edge: "border-chart-2" },
  3: { area: "fill-chart-3/20", line: "stroke-chart-3", swatch: "bg-chart-3", edge: "border-chart-3" },
  4: { area: "fill-chart-4/20", line: "stroke-chart-4", swatch: "bg-chart-4", edge: "border-chart-4" },
};

export type ChartColor = keyof typeof colors;
export type DaySeries = { id: string; label: string; color: ChartColor };

/** A day with a value for each series; null when nobody counted. */
export type ChartDay = { label: string; values: readonly number[] | null };

export type DayChartProps = {
  /** What it shows, for those who do not see it. */
  label: string;
  /** From the bottom to the top. */
  series: readonly DaySeries[];
  /** One for each day, without a gap, oldest first. */
  days: readonly ChartDay[];
  /** Areas on each other, or a column for the sum of each day. */
  kind: "areas" | "columns";
  /** How a value is written beside the cursor. */
  format?: (value: number) => string;
  /** What is said of a day without values. */
  unknown: string;
};

/** What changes day by day. The pointer or the arrow keys move a cursor that tells a day's values. */
export function DayChart({ label, series, days, kind, format = formatCount, unknown }: DayChartProps) {
  const [cursor, setCursor] = useState<number | null>(null);
  const id = useId();
  const sums = days.map(({ values }) => values && sum(values));
  const known = sums.filter((value) => value !== null);
  const lines = ticks(Math.min(...known, 0), Math.max(...known, 0));
  const [low, high] = [lines[0] ?? 0, lines.at(-1) ?? 1];
  const scale: Scale = {
    x: (place) => (kind === "areas" && days.length > 1 ? place / (days.length - 1) : (place + 0.5) / days.length),
    y: (value) => (high - value) / (high - low),
    half: 0.5 / Math.max(1, kind === "areas" ? days.length - 1 : days.length),
  };
  const last = days.length - 1;
  const move = (place: number) => setCursor(Math.min(last, Math.max(0, place)));
  const shown = Math.min(cursor ?? last, last);
  const places: Record<string, number> = { ArrowLeft: shown - 1, ArrowRight: shown + 1, Home: 0, End: last };
  return (
    <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2 gap-y-1.5 text-badge text-fg-3">
      <div aria-hidden className="relative w-8">
        {lines.map((value) => (
          <span
            key={value}
            className="absolute right-0 -translate-y-1/2 tabular-nums"
            style={{ top: percent(scale.y(value)) }}
          >
            {axisCount(value)}
          </span>
        ))}
      </div>
      <div
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-orientation="horizontal"
        aria-valuemin={1}
        aria-valuemax={days.length}
        aria-valuenow={shown + 1}
        aria-valuetext={inWords(days[shown], series, format, unknown)}
        className="relative h-64 touch-pan-y rounded-badge"
        onPointerMove={({ clientX, currentTarget }) => {
          const { left, width } = currentTarget.getBoundingClientRect();
          const at = (clientX - left) / width;
          move(kind === "areas" ? Math.round(at * last) : Math.floor(at * days.length));
        }}
        onPointerLeave={() => setCursor(null)}
        onFocus={({ currentTarget }) => currentTarget.matches(":focus-visible") && move(shown)}
        onBlur={() => setCursor(null)}
        onKeyDown={(event) => {
          const place = places[event.key];
          if (place === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
          event.preventDefault();
          move(place);
        }}
      >
        <svg aria-hidden="true" viewBox="0 0 1 1" preserveAspectRatio="none" className="absolute inset-0 size-full">
          <defs>
            <clipPath id={id}>
              <rect width="1" height="1" />
            </clipPath>
          </defs>
          {lines.map((value) => (
            <Line key={value} x1={0} x2={1} y1={scale.y(value)} y2={scale.y(value)} className="stroke-border" />
          ))}
          <g clipPath={`url(#${id})`}>
            {kind === "areas" ? <Areas {...{ series, days, scale }} /> : <Columns {...{ sums, scale }} />}
          </g>
          {cursor !== null && (
            <Line x1={scale.x(shown)} x2={scale.x(shown)} y1={0} y2={1} className="stroke-fg-3" strokeDasharray="2 3" />
          )}
        </svg>
        <Gaps {...{ days, scale, unknown }} />
        {cursor !== null && days[shown] && (
          <Cursor day={days[shown]} at={scale.x(shown)} {...{ series, scale, kind, format, unknown }} />
        )}
      </div>
      <div aria-hidden className="col-start-2 flex justify-between tabular-nums">
        {labelled(days.length).map((place, index) => (
          <span key={place} className={clsx(index % 2 === 1 && "max-sm:hidden")}>
            {days[place]?.label}
          </span>
        ))}
      </div>
    </div>
  );
}

type Scale = { x: (place: number) => number; y: (value: number) => number; half: number };

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const percent = (part: number) => `${part * 100}%`;

/** The days with a label: five at most, from the first to the last. */
function labelled(days: number): number[] {
  const most = Math.min(5, days);
  return Array.from({ length: most }, (_, index) => (most < 2 ? 0 : Math.round((index * (days - 1)) / (most - 1))));
}

function inWords(
  day: ChartDay | undefined,
  series: readonly DaySeries[],
  format: (value: number) => string,
  unknown: string,
): string {
  if (!day?.values) return day ? `${day.label}: ${unknown}` : unknown;
  const parts = series.map(({ label }, index) => `${label} ${format(day.values?.[index] ?? 0)}`);
  return `${day.label}: ${format(sum(day.values))}. ${parts.join(", ")}`;
}

function Line({ className, ...place }: React.SVGProps<SVGLineElement>) {
  return <line {...place} vectorEffect="non-scaling-stroke" strokeWidth={1} className={className} />;
}

/** From the first to the last of days that follow on each other and are all known, or all unknown. */
type Span = { from: number; to: number; known: boolean };

export function spansOf(days: readonly ChartDay[]): Span[] {
  const spans: Span[] = [];
  for (const [place, { values }] of days.entries()) {
    const before = spans.at(-1);
    if (before && before.known === (values !== null)) before.to = place;
    else spans.push({ from: place, to: place, known: values !== null });
  }
  return spans;
}

function Areas({ series, days, scale }: Pick<DayChartProps, "series" | "days"> & { scale: Scale }) {
  const spans = spansOf(days).filter(({ known }) => known);
  return series.map(({ id, color }, index) => (
    <g key={id}>
      {spans.map((span) => {
        const bottom = edge(days, span, index, scale);
        const top = edge(days, span, index + 1, scale);
        return (
          <g key={span.from}>
            <path d={`M${[...top, ...bottom.toReversed()].join("L")}Z`} className={colors[color].area} />
            <path
              d={`M${top.join("L")}`}
              vectorEffect="non-scaling-stroke"
              strokeWidth={1.5}
              className={clsx("fill-none", colors[color].line)}
            />
          </g>
        );
      })}
    </g>
  ));
}

/** The line above the lowest `count` series. A day without neighbours is as wide as a day. */
function edge(days: readonly ChartDay[], { from, to }: Span, count: number, { x, y, half }: Scale): string[] {
  const height = (place: number) => y(sum(days[place]?.values?.slice(0, count) ?? []));
  if (from === to) return [`${x(from) - half} ${height(from)}`, `${x(from) + half} ${height(from)}`];
  return Array.from({ length: to - from + 1 }, (_, index) => `${x(from + index)} ${height(from + index)}`);
}

function Columns({ sums, scale }: { sums: readonly (number | null)[]; scale: Scale }) {
  const width = scale.half * 1.4;
  return sums.map((value, place) => {
    if (!value) return null;
    const [from, to] = [scale.y(Math.max(0, value)), scale.y(Math.min(0, value))];
    return (
      <rect
        // biome-ignore lint/suspicious/noArrayIndexKey: a day is its place
        key={place}
        x={scale.x(place) - width / 2}
        width={width}
        y={from}
        height={to - from}
        className={value > 0 ? "fill-chart-1" : "fill-chart-6"}
      />
    );
  });
}

/** Hatched where nobody counted, with the words where there is room for them. */
function Gaps({ days, scale, unknown }: Pick<DayChartProps, "days" | "unknown"> & { scale: Scale }) {
  return spansOf(days)
    .filter(({ known }) => !known)
    .map(({ from, to }) => {
      const left = Math.max(0, scale.x(from) - scale.half);
      const width = Math.min(1, scale.x(to) + scale.half) - left;
      return (
        <div
          key={from}
          aria-hidden
          className="pointer-events-none absolute inset-y-0 grid place-items-center bg-[repeating-linear-gradient(135deg,var(--border)_0_1px,transparent_1px_7px)] p-2 text-center"
          style={{ left: percent(left), width: percent(width) }}
        >
          {width > 0.3 && <span className="rounded-badge bg-surface px-2 py-0.5 text-hint">{unknown}</span>}
        </div>
      );
    });
}

type CursorProps = Pick<DayChartProps, "series" | "kind" | "unknown"> & {
  day: ChartDay;
  at: number;
  scale: Scale;
  format: (value: number) => string;
};

/** The day's values in a box beside the cursor, on the side that has room, and a dot on each line. */
function Cursor({ day: { label, values }, at, series, scale, kind, format, unknown }: CursorProps) {
  return (
    <div aria-hidden className="pointer-events-none">
      {kind === "areas" &&
        values &&
        series.map(({ id, color }, index) => (
          <span
            key={id}
            className={clsx("absolute size-2 -translate-1/2 rounded-full border-2 bg-surface", colors[color].edge)}
            style={{ left: percent(at), top: percent(scale.y(sum(values.slice(0, index + 1)))) }}
          />
        ))}
      <div
        className={clsx(
          "absolute top-1/4 z-1 grid min-w-32 gap-0.5 whitespace-nowrap rounded-control border border-border-2 bg-raised px-2.5 py-1.5 text-fg-2 text-hint shadow-popover",
          at > 0.5 ? "-translate-x-[calc(100%+0.5rem)]" : "translate-x-2",
        )}
        style={{ left: percent(at) }}
      >
        <p className="flex justify-between gap-4 font-semibold text-fg tabular-nums">
          {label}
          <span>{values && format(sum(values))}</span>
        </p>
        {values
          ? series.toReversed().map(({ id, label: name, color }, index) => (
              <p key={id} className="flex items-center gap-2">
                <span className={clsx("size-2 rounded-[2px]", colors[color].swatch)} />
                {name}
                <span className="ml-auto pl-4 tabular-nums">{format(values[series.length - 1 - index] ?? 0)}</span>
              </p>
            ))
          : unknown}
      </div>
    </div>
  );
}

/** The colour of a series, beside its name. */
export function Swatch({ color }: { color: ChartColor }) {
  return <span aria-hidden className={clsx("inline-block size-2 shrink-0 rounded-[2px]", colors[color].swatch)} />;
}
