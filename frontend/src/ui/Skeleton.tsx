import { clsx } from "clsx";

// Shown after 150 ms: an answer that comes sooner replaces nothing.
const late = "transition-opacity delay-150 duration-(--motion-press) starting:opacity-0";

// Texts differ in length: bars of one width would look like a table of their own.
const widths = ["w-3/5", "w-2/5", "w-4/5", "w-1/2", "w-1/3", "w-2/3"];

export type SkeletonBarProps = {
  /** Any number: bars with different seeds differ in width, and one with the same seed stays as it is. */
  seed?: number;
  /** A width class in place of the seed's. */
  width?: string;
  /** At once, where content around it is there already. */
  immediate?: boolean;
};

/** A bar in place of a text that is on its way. */
export function SkeletonBar({ seed = 0, width = widths[seed % widths.length], immediate = false }: SkeletonBarProps) {
  return <span aria-hidden="true" className={clsx("block h-2.5 rounded-full bg-active", !immediate && late, width)} />;
}

export type SkeletonProps = { rows?: number; width?: string };

/** Lines in place of content that is on its way. */
export function Skeleton({ rows = 3, width }: SkeletonProps) {
  return (
    <div role="status" className="grid gap-3 py-1">
      <span className="sr-only">Loading</span>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows without content have nothing but their place
        <SkeletonBar key={row} seed={row} {...(width ? { width } : {})} />
      ))}
    </div>
  );
}
