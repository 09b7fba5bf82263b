import { formatCount } from "../../lib/numbers";

type NumberedListProps = { label: string; rows: readonly { count: number; text: string }[] };

/** What would happen, number by number. */
export function NumberedList({ label, rows }: NumberedListProps) {
  // As wide as the longest number needs, so that a single digit does not stand far in.
  const width = `${Math.max(...rows.map(({ count }) => formatCount(count).length), 1)}ch`;
  return (
    <ul aria-label={label} className="divide-y divide-border rounded-card border border-border bg-sunken">
      {rows.map(({ count, text }) => (
        <li key={text} className="flex items-baseline gap-3 px-3 py-2">
          <b className="shrink-0 text-right font-semibold tabular-nums" style={{ minWidth: width }}>
            {formatCount(count)}
          </b>{" "}
          <span className="min-w-0 text-fg-2 wrap-anywhere">{text}</span>
        </li>
      ))}
    </ul>
  );
}
