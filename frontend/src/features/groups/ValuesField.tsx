import { clsx } from "clsx";
import { X } from "lucide-react";
import { useState } from "react";
import { controlClass, controlHeight } from "../../ui/Field";
import { Select } from "../../ui/Select";
import { knownValues, wordFor } from "../../ui/vocabulary";
import { useOrganizations } from "../organizations/OrganizationsProvider";
import { useValueWord } from "./RuleSummary";
import { type Condition, fields } from "./rule";

type ValuesFieldProps = { condition: Condition; onChange: (values: readonly string[]) => void };

// The values and the field for another one stand in one box, which has the focus of the field.
const box = clsx(
  "min-h-11 rounded-control border border-border-control bg-surface p-0.5 sm:min-h-8 in-disabled:border-transparent in-disabled:bg-transparent",
  "has-[>input:focus-visible,select:focus-visible]:outline-2 has-[>input:focus-visible,select:focus-visible]:outline-focus has-[>input:focus-visible,select:focus-visible]:-outline-offset-1",
);

/** What a condition compares with: chosen where the values are known, else typed. */
export function ValuesField({ condition, onChange }: ValuesFieldProps) {
  const { field, values } = condition;
  if (field === "ADDED_AT") return <DateField value={values[0]} onChange={(day) => onChange(day ? [day] : [])} />;
  const add = (added: readonly string[]) => onChange([...new Set([...values, ...added])]);
  const remove = (value: string) => onChange(values.filter((one) => one !== value));
  return (
    <div className={`flex min-w-0 flex-1 basis-48 flex-wrap items-center gap-1 ${box}`}>
      {values.map((value) => (
        <Value key={value} condition={condition} value={value} onRemove={() => remove(value)} />
      ))}
      {field === "PLATFORM" || field === "ABM_TOKEN" ? (
        <KnownValues field={field} chosen={values} onAdd={(value) => add([value])} />
      ) : (
        <TypedValues
          label={`${fields[field].label}, value`}
          onAdd={add}
          onRemoveLast={() => onChange(values.slice(0, -1))}
        />
      )}
    </div>
  );
}

function Value({ condition, value, onRemove }: { condition: Condition; value: string; onRemove: () => void }) {
  const word = useValueWord(condition.field)(value);
  return (
    <span className="inline-flex max-w-full items-center gap-1 rounded-badge border border-border bg-sunken px-1.5 pr-0 in-disabled:pr-1.5">
      <span className="truncate">{word}</span>
      <button
        type="button"
        aria-label={`Remove ${word}`}
        className="grid size-6 cursor-pointer place-items-center rounded-badge text-fg-3 hover:bg-hover hover:text-fg in-disabled:hidden"
        onClick={onRemove}
      >
        <X aria-hidden className="size-3.5" strokeWidth={1.75} />
      </button>
    </span>
  );
}

type KnownValuesProps = { field: "PLATFORM" | "ABM_TOKEN"; chosen: readonly string[]; onAdd: (value: string) => void };

function KnownValues({ field, chosen, onAdd }: KnownValuesProps) {
  const { all = [] } = useOrganizations();
  const known =
    field === "PLATFORM"
      ? knownValues("platform").map((value) => ({ value, label: wordFor("platform", value) }))
      : all.map(({ id, name }) => ({ value: id, label: name }));
  const left = known.filter(({ value }) => !chosen.includes(value));
  if (left.length === 0) return null;
  return (
    <Select
      aria-label={`${fields[field].label}, add a value`}
      className="min-w-24 flex-1 in-disabled:hidden [&>select]:h-10 [&>select]:border-0 [&>select]:bg-transparent [&>select]:outline-none sm:[&>select]:h-6"
      value=""
      onChange={(event) => onAdd(event.currentTarget.value)}
      options={[{ value: "", label: "Add" }, ...left]}
    />
  );
}

type TypedValuesProps = { label: string; onAdd: (values: readonly string[]) => void; onRemoveLast: () => void };

/** Enter, or leaving the field, takes what was typed; each line of a pasted list is a value. */
function TypedValues({ label, onAdd, onRemoveLast }: TypedValuesProps) {
  const [text, setText] = useState("");
  const take = (typed: string) => {
    const values = typed.split(/[\r\n\t]+/).flatMap((line) => line.trim() || []);
    setText("");
    if (values.length > 0) onAdd(values);
  };
  return (
    <input
      aria-label={label}
      value={text}
      maxLength={200}
      autoComplete="off"
      spellCheck={false}
      placeholder="Type, then Enter"
      className="h-10 min-w-24 flex-1 bg-transparent px-1.5 outline-none placeholder:text-fg-3 in-disabled:hidden max-sm:text-[1rem] sm:h-6"
      onChange={(event) => setText(event.target.value)}
      onBlur={() => take(text)}
      onPaste={(event) => {
        const pasted = event.clipboardData.getData("text");
        if (!/[\r\n\t]/.test(pasted.trim())) return;
        event.preventDefault();
        take(text + pasted);
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter") {
          event.preventDefault();
          take(text);
        } else if (event.key === "Backspace" && text === "") {
          onRemoveLast();
        }
      }}
    />
  );
}

function DateField({ value, onChange }: { value: string | undefined; onChange: (at: string | undefined) => void }) {
  return (
    <div className="min-w-0 flex-1 basis-48">
      <input
        type="date"
        aria-label="Added, day (UTC)"
        title="The day begins at 00:00 UTC"
        value={value?.slice(0, 10) ?? ""}
        className={`${controlClass} ${controlHeight.default} sm:max-w-44 px-2.5`}
        onChange={(event) => onChange(event.target.value ? `${event.target.value}T00:00:00Z` : undefined)}
      />
    </div>
  );
}
