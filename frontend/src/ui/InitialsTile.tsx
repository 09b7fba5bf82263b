import { clsx } from "clsx";

const colors = ["bg-teal-soft text-teal-fg", "bg-accent-soft-2 text-accent-fg", "bg-violet-soft text-violet-fg"];

const sizes = {
  small: "size-5 rounded-badge text-[0.5625rem]/none",
  default: "size-6 rounded-badge text-[0.625rem]/none",
  large: "size-9 rounded-control text-hint",
};

export type InitialsTileProps = { name: string; size?: keyof typeof sizes };

/** A square with the initials of an organization or a person, whose name stands beside it. */
export function InitialsTile({ name, size = "default" }: InitialsTileProps) {
  return (
    <span
      aria-hidden="true"
      className={clsx(
        "inline-flex shrink-0 select-none items-center justify-center font-semibold",
        sizes[size],
        colors[sumOf(name) % colors.length],
      )}
    >
      {initials(name)}
    </span>
  );
}

/** The first letters of the first two words; two letters of a single word. */
export function initials(name: string): string {
  const [first, second] = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const letters = second
    ? [...(first ?? "")].slice(0, 1).concat([...second].slice(0, 1))
    : [...(first ?? "?")].slice(0, 2);
  return letters.join("").toUpperCase();
}

// All that counts is that a name keeps its colour.
function sumOf(text: string): number {
  return [...text].reduce((sum, character) => sum + (character.codePointAt(0) ?? 0), 0);
}
