export type RingProps = {
  /** The part that is drawn, from 0 to 1. */
  fraction: number;
  /** Width and height in px. */
  size: number;
  label: string;
  /** In the middle; nothing but what the label says too. */
  children?: React.ReactNode;
};

/** A ring that fills: the countdown to the next sync. */
export function Ring({ fraction, size, label, children }: RingProps) {
  const width = size < 32 ? 2 : 3;
  const circle = { cx: size / 2, cy: size / 2, r: (size - width) / 2, pathLength: 1 };
  const part = Math.min(Math.max(fraction, 0), 1);
  return (
    <span role="img" aria-label={label} className="relative inline-grid shrink-0 place-items-center">
      <svg aria-hidden="true" width={size} height={size} fill="none" strokeWidth={width} className="-rotate-90">
        <circle {...circle} className="stroke-border-2" />
        {/* A length of 0 would still be drawn, as a dot */}
        {part > 0 && <circle {...circle} className="stroke-accent" strokeDasharray={`${part} 1`} />}
      </svg>
      {children && <span className="absolute font-semibold tabular-nums">{children}</span>}
    </span>
  );
}
