import { clsx } from "clsx";

export type SwitchProps = Omit<React.ComponentProps<"input">, "type" | "role" | "className" | "onChange"> & {
  checked: boolean;
  onCheckedChange: (checked: boolean) => void;
};

/** On or off. What it is for stands beside it: give it `aria-labelledby`, or a label of its `id`. */
export function Switch({ checked, onCheckedChange, disabled, ...props }: SwitchProps) {
  return (
    <span className="relative inline-flex h-11 shrink-0 items-center sm:h-6">
      <input
        {...props}
        type="checkbox"
        role="switch"
        checked={checked}
        aria-checked={checked}
        disabled={disabled}
        onChange={(event) => onCheckedChange(event.target.checked)}
        className={clsx(
          "peer h-5 w-9 shrink-0 appearance-none rounded-full border border-transparent transition-colors duration-(--motion-press) ease-standard",
          "bg-border-control checked:bg-accent disabled:bg-border-2 checked:disabled:bg-accent-line forced-colors:appearance-auto",
          disabled ? "cursor-not-allowed" : "cursor-pointer",
        )}
      />
      <span
        aria-hidden
        className="pointer-events-none absolute left-0.5 size-4 rounded-full bg-surface shadow-control transition-transform duration-(--motion-press) ease-standard peer-checked:translate-x-4 forced-colors:hidden"
      />
    </span>
  );
}
