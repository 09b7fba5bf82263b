import { clsx } from "clsx";

type StartCardProps = {
  recommended?: boolean;
  tone: "accent" | "violet";
  icon: React.ReactNode;
  title: string;
  lead: string;
  points: readonly { icon: React.ReactNode; text: string }[];
  action: React.ReactNode;
};

const tiles = { accent: "bg-accent-soft text-accent-fg", violet: "bg-violet-soft text-violet-fg" };

/** One way to start. */
export function StartCard({ recommended = false, tone, icon, title, lead, points, action }: StartCardProps) {
  return (
    <section
      className={clsx(
        "flex flex-col gap-4 rounded-dialog border bg-surface p-6",
        recommended ? "border-ink shadow-popover outline-1 outline-ink" : "border-border",
      )}
    >
      <span aria-hidden className={clsx("grid size-11 place-items-center rounded-card [&>svg]:size-5", tiles[tone])}>
        {icon}
      </span>
      <div>
        <h2 className="text-page">{title}</h2>
        <p className="text-fg-2">{lead}</p>
      </div>
      <ul className="grid gap-2.5 text-fg-2">
        {points.map((point) => (
          <li key={point.text} className="flex gap-2.5 [&>svg]:mt-0.5 [&>svg]:shrink-0 [&>svg]:text-fg-3">
            {point.icon}
            {point.text}
          </li>
        ))}
      </ul>
      <div className="mt-auto pt-4">{action}</div>
    </section>
  );
}
