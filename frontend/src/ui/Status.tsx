export type Tone = "ok" | "warn" | "bad" | "muted";

// One shape for each tone: the status is readable without its colour.
const shapes: Record<Tone, React.ReactNode> = {
  ok: (
    <>
      <circle cx="8" cy="8" r="7" />
      <path className="stroke-surface" fill="none" d="M4.8 8.3l2.2 2.2 4.2-4.6" />
    </>
  ),
  warn: (
    <>
      <path d="M8 1.5l7 12.5H1z" />
      <path className="stroke-surface" fill="none" d="M8 6v3.6M8 11.6v.2" />
    </>
  ),
  bad: (
    <>
      <path d="M5 1h6l4 4v6l-4 4H5l-4-4V5z" />
      <path className="stroke-surface" fill="none" d="M8 4.5v4M8 11v.2" />
    </>
  ),
  muted: <circle cx="8" cy="8" r="6" fill="none" className="stroke-muted" strokeDasharray="3 2.6" />,
};

const colors: Record<Tone, { icon: string; text: string }> = {
  ok: { icon: "fill-ok", text: "text-ok-fg" },
  warn: { icon: "fill-warn", text: "text-warn-fg" },
  bad: { icon: "fill-bad", text: "text-bad-fg" },
  muted: { icon: "fill-muted", text: "text-muted-fg" },
};

/** A state as icon and word. */
export function Status({ tone, label }: { tone: Tone; label: string }) {
  return (
    <span className={`inline-flex items-center gap-1.5 align-top font-medium ${colors[tone].text}`}>
      <svg aria-hidden="true" className={`size-4 shrink-0 ${colors[tone].icon}`} viewBox="0 0 16 16">
        <g strokeWidth="1.75" strokeLinecap="round" strokeLinejoin="round">
          {shapes[tone]}
        </g>
      </svg>
      {label}
    </span>
  );
}
