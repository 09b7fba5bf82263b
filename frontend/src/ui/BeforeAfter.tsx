export type BeforeAfterProps = {
  /** Undefined where there was nothing. */
  before: React.ReactNode;
  /** Undefined where nothing is left. */
  after: React.ReactNode;
};

/** A value that changed, on the sides that have one. */
export function BeforeAfter({ before, after }: BeforeAfterProps) {
  return (
    <span className="inline-flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
      {before !== undefined && (
        <del className="rounded-badge bg-bad-soft px-1.5 text-bad-fg no-underline wrap-anywhere">
          <span className="sr-only">before: </span>
          {before}
        </del>
      )}
      {before !== undefined && after !== undefined && (
        <span aria-hidden className="text-fg-3">
          →
        </span>
      )}
      {after !== undefined && (
        <ins className="rounded-badge bg-ok-soft px-1.5 text-ok-fg no-underline wrap-anywhere">
          <span className="sr-only">after: </span>
          {after}
        </ins>
      )}
    </span>
  );
}
