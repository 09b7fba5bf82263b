import { useId } from "react";

/** A titled region. `aside` stands at the right of the title. */
export function Card(props: { title: string; aside?: React.ReactNode; children: React.ReactNode }) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className="grid gap-3 rounded-dialog border border-border bg-surface p-4 sm:rounded-card"
    >
      <div className="flex items-center justify-between gap-4">
        <h2 id={id} className="text-card">
          {props.title}
        </h2>
        {props.aside}
      </div>
      {props.children}
    </section>
  );
}
