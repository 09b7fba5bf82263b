import { plural } from "../../lib/numbers";
import { wordFor } from "../../ui/vocabulary";
import { useOrganizations } from "../organizations/OrganizationsProvider";
import { type Condition, fields, operatorWord, partOf, type StoredRule } from "./rule";

/** A rule in a line: its first condition, and how many parts follow. Of a rule that begins with a set, how many it has. */
export function RuleSummary({ rule }: { rule: StoredRule | null }) {
  if (!rule) return <span className="text-fg-3">Chosen by hand</span>;
  const part = partOf(rule);
  if (part.kind === "condition") return <Term condition={part} />;
  const [first] = part.parts;
  // Of deeper levels the list asks for nothing.
  if (first?.kind !== "condition" || first.values.length === 0) return plural(part.parts.length, "condition");
  const more = part.parts.length - 1;
  return (
    <>
      {(part.join === "none" || part.join === "notAll") && <span className="text-fg-3">not: </span>}
      <Term condition={first} />
      {more > 0 && <span className="text-fg-3"> and {more} more</span>}
    </>
  );
}

function Term({ condition: { field, operator, negated, values } }: { condition: Condition }) {
  const value = useValueWord(field);
  const [first = "", ...others] = values;
  return (
    <span className="inline-flex max-w-full items-center gap-1.5 align-top">
      <Word>{fields[field]?.label ?? field}</Word>
      <span className="text-fg-3">{operatorWord(operator, negated)}</span>
      <Word>{value(first)}</Word>
      {others.length > 0 && <span className="text-fg-3">+{others.length}</span>}
    </span>
  );
}

function Word({ children }: { children: string }) {
  return (
    <span className="truncate rounded-badge border border-border bg-sunken px-1.5 text-hint" title={children}>
      {children}
    </span>
  );
}

/** What people call a value of a field. */
export function useValueWord(field: Condition["field"]): (value: string) => string {
  const { all } = useOrganizations();
  return (value) => {
    if (field === "PLATFORM") return wordFor("platform", value);
    if (field === "ABM_TOKEN") return all?.find(({ id }) => id === value)?.name ?? "An organization not connected";
    if (field === "ADDED_AT") return value.slice(0, 10);
    return value === "" ? "Nothing" : value;
  };
}
