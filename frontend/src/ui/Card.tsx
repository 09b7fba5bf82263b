import { clsx } from "clsx";
import { useId } from "react";

export type CardProps = {
  title?: string;
  /** In hint size after the title: a period, a state. */
  meta?: React.ReactNode;
  /** At the right of the title. */
  action?: React.ReactNode;
  /** Without it the content reaches the card's edges, as rows do. */
  padding?: boolean;
  children: React.ReactNode;
};

/** A region of a page. */
export function Card({ title, meta, action, padding = true, children }: CardProps) {
  const id = useId();
  return (
    <section
      aria-labelledby={title ? id : undefined}
      className="min-w-0 overflow-clip rounded-dialog border border-border bg-surface sm:rounded-card"
    >
      {title && (
        <header className="flex min-h-11 flex-wrap items-center gap-x-2 gap-y-1 border-border border-b px-4 py-2">
          <h2 id={id} className="text-card">
            {title}
          </h2>
          {meta && <div className="text-fg-3 text-hint">{meta}</div>}
          {action && <div className="ml-auto flex items-center gap-2">{action}</div>}
        </header>
      )}
      <div className={clsx(padding && "grid gap-3 p-4")}>{children}</div>
    </section>
  );
}
