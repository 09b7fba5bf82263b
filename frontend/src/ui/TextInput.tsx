import { clsx } from "clsx";
import { type ControlSize, controlClass, controlHeight, Field, type FieldTexts } from "./Field";

export type TextInputProps = FieldTexts &
  Omit<React.ComponentProps<"input">, "size" | "id" | "children"> & {
    size?: ControlSize | undefined;
    /** A button at the end of the input. */
    trailing?: React.ReactNode;
  };

/** One line of text with its label. */
export function TextInput({
  label,
  hint,
  error,
  optional,
  size = "default",
  trailing,
  className,
  ...props
}: TextInputProps) {
  return (
    <Field label={label} hint={hint} error={error} optional={optional}>
      {(control) => (
        <div className="relative">
          <input
            {...props}
            {...control}
            className={clsx(controlClass, controlHeight[size], trailing ? "pr-11 pl-2.5" : "px-2.5", className)}
          />
          {trailing && <div className="absolute inset-y-0 right-0 flex items-center sm:right-1">{trailing}</div>}
        </div>
      )}
    </Field>
  );
}
