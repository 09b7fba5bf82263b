import { useId } from "react";

export type SegmentedProps<Value extends string> = {
  /** The accessible name of the group. */
  label: string;
  options: readonly { value: Value; label: string; icon?: React.ReactNode }[];
  value: Value;
  onValueChange: (value: Value) => void;
};

/** A choice between presentations of the same thing: radio buttons, side by side. */
export function Segmented<Value extends string>({ label, options, value, onValueChange }: SegmentedProps<Value>) {
  const name = useId();
  return (
    <fieldset className="inline-flex min-w-0 flex-wrap rounded-control border border-border-2 bg-sunken p-0.5">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className="relative inline-flex min-h-10 cursor-pointer items-center gap-1.5 rounded-badge border border-transparent px-2.5 font-medium text-fg-2 hover:text-fg has-focus-visible:outline-2 has-focus-visible:outline-focus has-checked:border-border-2 has-checked:bg-surface has-checked:text-fg has-checked:shadow-control sm:min-h-6.5 forced-colors:has-checked:border-[Highlight]"
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onValueChange(option.value)}
            className="absolute inset-0 cursor-pointer opacity-0"
          />
          {option.icon}
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}
