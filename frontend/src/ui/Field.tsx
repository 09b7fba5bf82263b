import { CircleAlert } from "lucide-react";
import { useId } from "react";

export type FieldControl = {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
};

export type FieldTexts = {
  label: string;
  hint?: React.ReactNode;
  /** Cause and what to do. */
  error?: React.ReactNode;
  optional?: boolean | undefined;
};

export type FieldProps = FieldTexts & { children: (control: FieldControl) => React.ReactNode };

/** Label above, error and hint below a control, wired to it. */
export function Field({ label, hint, error, optional = false, children }: FieldProps) {
  const id = useId();
  const ids = { optional: `${id}-optional`, error: `${id}-error`, hint: `${id}-hint` };
  const describedBy = [optional && ids.optional, error && ids.error, hint && ids.hint].filter(Boolean).join(" ");
  return (
    <div className="grid content-start gap-1">
      <div className="flex items-baseline gap-2">
        <label htmlFor={id} className="font-[550] text-fg">
          {label}
        </label>
        {optional && (
          <span id={ids.optional} className="text-fg-3 text-hint">
            Optional
          </span>
        )}
      </div>
      {children({ id, "aria-describedby": describedBy || undefined, "aria-invalid": error ? true : undefined })}
      {error && <FieldError id={ids.error}>{error}</FieldError>}
      {hint && (
        <div id={ids.hint} className="text-fg-3 text-hint">
          {hint}
        </div>
      )}
    </div>
  );
}

/** What is wrong with an input. It is announced when it appears. */
export function FieldError({ id, children }: { id?: string; children: React.ReactNode }) {
  return (
    <div id={id} role="alert" className="flex gap-1 text-bad-fg text-hint">
      <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" strokeWidth={1.75} />
      <div className="min-w-0 wrap-anywhere">{children}</div>
    </div>
  );
}

/** The look of inputs and selects. On a phone the text is 16 px: below that, Safari zooms in on focus. */
export const controlClass =
  "w-full min-w-0 rounded-control border border-border-control bg-surface text-fg -outline-offset-1 transition-colors duration-(--motion-press) ease-standard placeholder:text-fg-3 max-sm:text-[1rem] aria-[invalid=true]:border-bad disabled:cursor-not-allowed disabled:border-border-2 disabled:bg-sunken disabled:text-fg-3";

export type ControlSize = "default" | "large";

export const controlHeight: Record<ControlSize, string> = { default: "h-11 sm:h-8", large: "h-11 sm:h-10" };
