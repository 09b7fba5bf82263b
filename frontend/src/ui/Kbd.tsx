import { clsx } from "clsx";

export type KbdProps = { children: React.ReactNode /** On the dark ground of a tooltip. */; onInk?: boolean };

/** A key of the keyboard. */
export function Kbd({ children, onInk = false }: KbdProps) {
  return (
    <kbd
      className={clsx(
        "inline-flex h-5 min-w-5 items-center whitespace-nowrap justify-center rounded-badge border px-1 font-sans text-badge",
        onInk ? "border-current/30" : "border-border-2 bg-surface text-fg-2",
      )}
    >
      {children}
    </kbd>
  );
}
