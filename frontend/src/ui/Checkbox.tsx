import { Check } from "lucide-react";
import { useId } from "react";

export type CheckboxProps = Omit<React.ComponentProps<"input">, "type" | "id" | "className" | "children"> & {
  label: React.ReactNode;
  hint?: React.ReactNode;
  onCheckedChange?: ((checked: boolean) => void) | undefined;
};

/** A yes or no that takes effect with its form. The label belongs to the target. */
export function Checkbox({ label, hint, onCheckedChange, onChange, ...props }: CheckboxProps) {
  const id = useId();
  const hintId = hint ? `${id}-hint` : undefined;
  return (
    <div className="grid content-start">
      <label htmlFor={id} className="flex min-h-11 cursor-pointer items-center gap-2 sm:min-h-6">
        <span className="relative flex size-4 shrink-0">
          <input
            {...props}
            id={id}
            type="checkbox"
            onChange={(event) => {
              onChange?.(event);
              onCheckedChange?.(event.target.checked);
            }}
            aria-describedby={hintId}
            className="peer size-4 cursor-pointer appearance-none rounded-badge border border-border-control bg-surface checked:border-accent checked:bg-accent disabled:cursor-not-allowed disabled:border-border-2 disabled:bg-sunken forced-colors:appearance-auto"
          />
          <Check
            aria-hidden
            className="pointer-events-none invisible absolute inset-0.5 size-3 text-surface peer-checked:visible peer-disabled:text-fg-disabled forced-colors:hidden"
            strokeWidth={3}
          />
        </span>
        {label}
      </label>
      {hint && (
        <div id={hintId} className="pl-6 text-fg-3 text-hint">
          {hint}
        </div>
      )}
    </div>
  );
}
