/** Says that a field differs from the published version. */
export function Changed() {
  return (
    <span className="inline-flex items-center gap-1 text-accent-fg text-badge">
      <span aria-hidden className="size-1.5 rounded-full bg-accent" />
      Changed
    </span>
  );
}
