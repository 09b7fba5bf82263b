import { clsx } from "clsx";
import { useId } from "react";
import { FieldError } from "../../ui/Field";
import { Switch } from "../../ui/Switch";
import { Changed } from "./Changed";

type SwitchRowProps = {
  title: string;
  /** What it does. */
  text: string;
  /** Apple's name of it. */
  appleKey: string;
  /** Where it works, or that it is deprecated. */
  notes?: readonly string[];
  checked: boolean;
  /** Left out where nothing can be changed. */
  onCheckedChange?: ((checked: boolean) => void) | undefined;
  /** Why it cannot be changed now. */
  fixed?: string | undefined;
  /** None of the profile's platforms knows it. */
  ignored: boolean;
  changed: boolean;
  error?: string | undefined;
};

/** A key of the profile that is true or false. */
export function SwitchRow(props: SwitchRowProps) {
  const { title, text, appleKey, notes = [], checked, onCheckedChange, fixed, ignored, changed, error } = props;
  const id = useId();
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 border-border border-t px-4 py-2 first:border-t-0">
      <div className={clsx("min-w-0", ignored && "text-fg-3")}>
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span id={id} className="font-medium">
            {title}
          </span>
          {notes.map((note) => (
            <span key={note} className="rounded-badge border border-border bg-sunken px-1.5 text-badge text-fg-2">
              {note}
            </span>
          ))}
          {changed && <Changed />}
        </div>
        <p id={`${id}-text`} className={clsx("text-hint", ignored ? "text-fg-3" : "text-fg-2")}>
          {text}
          {ignored && ". The platforms of this profile ignore it."}
          {fixed && `. ${fixed}`}
        </p>
      </div>
      <div className="flex items-center gap-4">
        <code className="font-mono text-fg-3 text-hint max-lg:hidden">{appleKey}</code>
        {onCheckedChange ? (
          <Switch
            aria-labelledby={id}
            aria-describedby={error ? `${id}-text ${id}-error` : `${id}-text`}
            checked={checked}
            onCheckedChange={onCheckedChange}
            disabled={Boolean(fixed)}
          />
        ) : (
          <span className="font-medium">{checked ? "On" : "Off"}</span>
        )}
      </div>
      {error && (
        <div className="col-span-2">
          <FieldError id={`${id}-error`}>{error}</FieldError>
        </div>
      )}
    </li>
  );
}
