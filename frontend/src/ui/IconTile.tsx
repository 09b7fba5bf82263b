/** A sunken square around an icon. */
export function IconTile({ children }: { children: React.ReactNode }) {
  return (
    <span
      aria-hidden="true"
      className="grid size-10 place-items-center rounded-card border border-border bg-sunken text-fg-2 [&>svg]:size-5"
    >
      {children}
    </span>
  );
}
