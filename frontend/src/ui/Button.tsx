/** A secondary button, 28 px; 44 px on a phone. */
export function Button({ onClick, children }: { onClick: () => void; children: React.ReactNode }) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="inline-flex h-11 shrink-0 cursor-pointer items-center rounded-control border border-border-2 bg-surface px-3 font-medium text-fg shadow-control transition-colors duration-(--motion-press) ease-standard hover:bg-hover active:bg-active sm:h-7"
    >
      {children}
    </button>
  );
}
