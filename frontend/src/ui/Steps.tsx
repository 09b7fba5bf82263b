/** What to do, one after the other; all of it is on the page. */
export function Steps({ children }: { children: React.ReactNode }) {
  return <ol className="grid max-w-2xl gap-6">{children}</ol>;
}

export type StepProps = { number: number; title: string; children: React.ReactNode };

export function Step({ number, title, children }: StepProps) {
  return (
    <li className="flex gap-3">
      <span
        aria-hidden
        className="grid size-6 shrink-0 place-items-center rounded-full border border-border-2 text-badge text-fg-2"
      >
        {number}
      </span>
      <div className="grid min-w-0 flex-1 gap-3 pt-0.5">
        <h3 className="font-[550]">{title}</h3>
        {children}
      </div>
    </li>
  );
}
