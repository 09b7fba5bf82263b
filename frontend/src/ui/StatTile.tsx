import { useRender } from "@base-ui/react/use-render";

export type StatStripProps = { label: string; children: React.ReactNode };

/** Numbers side by side, joined: two columns on a narrow page, three from 1024 px on, one row where there is room. */
export function StatStrip({ label, children }: StatStripProps) {
  return (
    <ul
      aria-label={label}
      className="grid grid-cols-2 overflow-clip rounded-dialog border border-border bg-surface sm:rounded-card lg:grid-cols-3 min-[1400px]:auto-cols-fr min-[1400px]:grid-flow-col min-[1400px]:grid-cols-none"
    >
      {children}
    </ul>
  );
}

export type StatTileProps = {
  icon?: React.ReactNode;
  label: string;
  value: React.ReactNode;
  detail?: React.ReactNode;
  /** A link to what the number counts. */
  render?: React.ReactElement;
};

/** One number with its name, inside of a StatStrip. */
export function StatTile({ icon, label, value, detail, render }: StatTileProps) {
  const content = (
    <>
      <span className="flex items-center gap-1.5 text-fg-2 max-sm:text-card max-sm:font-normal">
        {icon}
        {label}
      </span>
      <span className="text-number tabular-nums">{value}</span>
      {detail && <span className="text-fg-3 text-hint">{detail}</span>}
    </>
  );
  // The lines at the left and above lie under those of the neighbours, or under the edge of the strip.
  return (
    <li className="-mt-px -ml-px min-w-0 border-border border-t border-l">
      {render ? <TileLink render={render}>{content}</TileLink> : <div className="grid px-4 py-3">{content}</div>}
    </li>
  );
}

function TileLink({ render, children }: { render: React.ReactElement; children: React.ReactNode }) {
  return useRender({
    render,
    props: {
      className:
        "grid h-full content-start px-4 py-3 transition-colors duration-(--motion-press) ease-standard hover:bg-hover active:bg-active -outline-offset-2",
      children,
    },
  });
}
