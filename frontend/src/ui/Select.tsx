import { clsx } from "clsx";
import { ChevronsUpDown } from "lucide-react";
import { type ControlSize, controlClass, controlHeight, Field, type FieldTexts } from "./Field";

export type SelectOption = { value: string; label: string };

type NativeProps = Omit<React.ComponentProps<"select">, "size" | "id" | "children" | "aria-label"> & {
  options: readonly SelectOption[];
};

export type SelectProps = NativeProps &
  ({ size?: ControlSize | undefined } & (FieldTexts | { label?: undefined /** Inline. */; "aria-label": string }));

/** A choice of a few. With `label` a field of a form; with `aria-label` one to stand in a line, compact without a size. */
export function Select(props: SelectProps) {
  if (props.label === undefined) {
    const { size, ...native } = props;
    return <NativeSelect {...native} box={size ? controlHeight[size] : "h-11 sm:h-7"} />;
  }
  const { label, hint, error, optional, size = "default", ...native } = props;
  return (
    <Field label={label} hint={hint} error={error} optional={optional}>
      {(control) => <NativeSelect {...native} {...control} box={controlHeight[size]} />}
    </Field>
  );
}

function NativeSelect({
  options,
  box,
  className,
  ...props
}: React.ComponentProps<"select"> & { options: readonly SelectOption[]; box: string }) {
  return (
    <div className={clsx("relative", className)}>
      <select {...props} className={clsx(controlClass, box, "cursor-pointer appearance-none pr-8 pl-2.5")}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronsUpDown
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2 text-fg-3"
        strokeWidth={1.75}
      />
    </div>
  );
}
