/** A field that an entry tells of, as texts, on the sides that have it. */
export type Change = { field: string; before?: string; after?: string };

export type Fields = Readonly<Record<string, unknown>>;

/** The fields of `before` or `after`: objects by the server's word, empty where there is none. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

/** What an entry changed, field by field. Fields that stayed as they were are left out; an empty value is none. */
export function changesOf(before: unknown, after: unknown): Change[] {
  const [was, is] = [fieldsOf(before), fieldsOf(after)];
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  return names
    .map((field) => ({ field, ...side("before", was[field]), ...side("after", is[field]) }))
    .filter((change) => change.before !== change.after);
}

function side(name: "before" | "after", value: unknown): Partial<Change> {
  if (value === null || value === undefined || value === "") return {};
  return { [name]: typeof value === "string" ? value : JSON.stringify(value) };
}
