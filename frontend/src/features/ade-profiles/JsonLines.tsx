import { clsx } from "clsx";
import { JsonLine } from "../../ui/JsonLine";
import type { Line } from "./content";

const signs = { added: "+", removed: "−" };
// A certificate has thousands of characters: its beginning tells it apart.
const longest = 72;
const beginning = 32;
// The panel is seen whole, with its heads and the save bar, however long its lines are.
const scroller = "max-h-[calc(100dvh-17rem)] min-h-40 overflow-auto py-2 -outline-offset-2";

/** JSON with line numbers; added and removed lines have their sign. */
export function JsonLines({ lines, label }: { lines: readonly Line[]; label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
    <section aria-label={label} tabIndex={0} className={scroller}>
      <ol className="min-w-0 font-mono text-hint">
        {lines.map(({ text, change }, place) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
            key={place}
            className={clsx(
              "flex gap-2 border-l-2 pr-3",
              change === "added" && "border-ok bg-ok-soft",
              change === "removed" && "border-bad bg-bad-soft",
              change === undefined && "border-transparent",
            )}
          >
            <span aria-hidden className="w-7 shrink-0 select-none text-right text-fg-3 tabular-nums">
              {place + 1}
            </span>
            <span aria-hidden className="w-2 shrink-0 select-none">
              {change && signs[change]}
            </span>
            <div className="min-w-0">
              {change && <span className="sr-only">{change}: </span>}
              <JsonLine text={text.length > longest ? `${text.slice(0, beginning)}…` : text} />
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
