import { clsx } from "clsx";
import { Eye, EyeOff } from "lucide-react";
import { useId } from "react";
import { availabilityOn, type Pane } from "./panes";
import { ScreenIcon } from "./ScreenIcon";
import type { System } from "./systems";

type PaneTileProps = {
  pane: Pane;
  system: System;
  skipped: boolean;
  /** Left out where nothing can be changed. */
  onToggle: (() => void) | undefined;
};

const hatch =
  "bg-[repeating-linear-gradient(135deg,transparent_0_4px,var(--border)_4px_5px)] border-dashed border-border-2 text-fg-2";

/** A pane of Setup Assistant. The whole tile switches it; what is skipped is hatched and struck through. */
export function PaneTile({ pane, system, skipped, onToggle }: PaneTileProps) {
  const id = useId();
  const Icon = skipped ? EyeOff : Eye;
  const notes = notesOf(pane, system);
  return (
    <li
      className={clsx(
        "relative flex min-h-14 items-center gap-3 rounded-card border px-3 py-2 has-focus-visible:outline-2 has-focus-visible:outline-focus has-focus-visible:outline-offset-2",
        skipped ? hatch : "border-border-2 bg-surface shadow-control",
        onToggle && "hover:border-border-control",
      )}
    >
      {onToggle && (
        <input
          type="checkbox"
          aria-labelledby={`${id}-title ${id}-state`}
          aria-describedby={`${id}-key ${id}-text`}
          checked={!skipped}
          onChange={onToggle}
          className="absolute inset-0 cursor-pointer opacity-0"
        />
      )}
      <span
        aria-hidden
        className={clsx(
          "grid size-9 shrink-0 place-items-center rounded-control border",
          skipped ? "border-border-2 bg-surface text-fg-3" : "border-accent-line bg-accent-soft text-accent-fg",
        )}
      >
        <ScreenIcon name={pane.key} />
      </span>
      <div className="min-w-0 flex-1">
        <p id={`${id}-title`} className={clsx("font-medium", skipped && "line-through")}>
          {pane.title}
        </p>
        <code id={`${id}-key`} className="block font-mono text-fg-3 text-hint wrap-anywhere">
          {pane.key}
        </code>
        <p id={`${id}-text`} className={clsx("text-hint", skipped ? "text-fg-2" : "text-fg-3")}>
          {pane.description}
          {notes.map((note) => (
            <span key={note} className="block text-warn-fg">
              {note}
            </span>
          ))}
        </p>
      </div>
      <span className={clsx("inline-flex items-center gap-1.5 text-hint", skipped ? "text-fg-2" : "text-accent-fg")}>
        <Icon aria-hidden className="size-4 shrink-0" strokeWidth={1.75} />
        <span id={`${id}-state`}>{skipped ? "Skipped" : "Shown"}</span>
      </span>
    </li>
  );
}

function notesOf(pane: Pane, system: System): string[] {
  const where = availabilityOn(pane, system);
  if (!where) return [];
  const { deprecatedSince, removedIn, notAlwaysSkippable } = where;
  return [
    ...(removedIn ? [`Gone since version ${removedIn}.`] : []),
    ...(deprecatedSince ? [`Deprecated since version ${deprecatedSince}.`] : []),
    ...(notAlwaysSkippable ? ["May show all the same: it can come before the device has the profile."] : []),
  ];
}
