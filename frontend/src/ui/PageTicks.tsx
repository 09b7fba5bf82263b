import { clsx } from "clsx";
import { formatCount, plural } from "../lib/numbers";

/** More ticks than this cannot be told apart: a bar stands for them. */
export const mostTicks = 60;

export type PageTicksProps = {
  /** Pages that are stored. */
  done: number;
  /** Pages that were asked for. */
  inFlight: number;
  /** Pages in all; undefined while nobody knows. */
  total?: number | undefined;
  /** The accessible name: whose pages. */
  label: string;
};

/** Progress in pages: 1 tick is 1 page. An unknown total ends in a hatched rest, never in a made-up percentage. */
export function PageTicks({ done, inFlight, total, label }: PageTicksProps) {
  // A total that the pages have passed was no total.
  const known = total !== undefined && done + inFlight <= total ? total : undefined;
  const count = known ?? done + inFlight;
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={known}
      aria-valuenow={known === undefined ? undefined : done}
      aria-valuetext={
        known === undefined
          ? `${plural(done, "page")}, total unknown`
          : `${formatCount(done)} of ${plural(known, "page")}`
      }
      className="flex h-1.5 w-full gap-0.5 overflow-clip rounded-badge"
    >
      {count > mostTicks ? (
        <Bar done={done} inFlight={inFlight} rest={count - done - inFlight} finished={done === known} />
      ) : (
        <Ticks done={done} inFlight={inFlight} count={count} finished={done === known} limited={known === undefined} />
      )}
      {known === undefined && <div data-part="unknown" className={clsx("min-w-[15%] flex-1 rounded-[2px]", hatch)} />}
    </div>
  );
}

const hatch =
  "bg-[repeating-linear-gradient(115deg,var(--accent-line)_0_6px,var(--active)_6px_12px)] forced-colors:border forced-colors:border-dashed";

const colors = {
  done: "bg-accent forced-colors:bg-[Highlight]",
  finished: "bg-ok forced-colors:bg-[Highlight]",
  inFlight: "bg-accent/40 forced-colors:bg-[GrayText]",
  rest: "bg-active",
};

function Ticks(props: { done: number; inFlight: number; count: number; finished: boolean; limited: boolean }) {
  return Array.from({ length: props.count }, (_, page) => {
    const part = page < props.done ? "done" : page < props.done + props.inFlight ? "inFlight" : "rest";
    return (
      <div
        // biome-ignore lint/suspicious/noArrayIndexKey: a tick is its page's number
        key={page}
        data-part={part}
        className={clsx(
          "min-w-px flex-1 rounded-[2px]",
          props.limited && "max-w-6",
          colors[props.finished ? "finished" : part],
        )}
      />
    );
  });
}

function Bar(props: { done: number; inFlight: number; rest: number; finished: boolean }) {
  return (
    <div data-part="bar" className="flex flex-[6] overflow-clip rounded-[2px]">
      <div className={colors[props.finished ? "finished" : "done"]} style={{ flexGrow: props.done }} />
      <div className={colors.inFlight} style={{ flexGrow: props.inFlight }} />
      <div className={colors.rest} style={{ flexGrow: props.rest }} />
    </div>
  );
}
