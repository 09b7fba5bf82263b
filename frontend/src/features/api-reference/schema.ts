/** A field, an argument, a value of an enum or a type of a union. */
export type SchemaMember = {
  name: string;
  description: string;
  /** As it is written: `[Device!]!`; absent for values of enums. */
  type?: string;
  default?: string;
  deprecated?: string;
  /** The role that asking for it needs at least. */
  role?: string;
  args?: readonly SchemaMember[];
};

export type SchemaKind =
  | "query"
  | "mutation"
  | "subscription"
  | "type"
  | "input"
  | "enum"
  | "interface"
  | "union"
  | "scalar";

export type SchemaType = {
  name: string;
  kind: SchemaKind;
  description: string;
  members: readonly SchemaMember[];
};

/** The groups in the order in which they are read. What mutations answer would hide the types among it. */
export const groups: readonly { label: string; has: (type: SchemaType) => boolean }[] = [
  { label: "Operations", has: ({ kind }) => kind === "query" || kind === "mutation" || kind === "subscription" },
  {
    label: "Types",
    has: ({ kind, name }) => ["type", "interface", "union"].includes(kind) && !name.endsWith("Payload"),
  },
  { label: "Inputs", has: ({ kind }) => kind === "input" },
  { label: "Enums", has: ({ kind }) => kind === "enum" },
  { label: "Scalars", has: ({ kind }) => kind === "scalar" },
  { label: "Payloads of mutations", has: ({ kind, name }) => kind === "type" && name.endsWith("Payload") },
];

export type Found = { type: string; member?: string; description: string };

/** What a text finds: names that begin with it first, then names that have it, then descriptions. */
export function find(schema: readonly SchemaType[], text: string, most: number): { found: Found[]; all: number } {
  const sought = text.trim().toLowerCase();
  if (sought === "") return { found: [], all: 0 };
  const ranked: (Found & { rank: number })[] = [];
  const add = (name: string, found: Found) => {
    const words = name.toLowerCase();
    const rank = words.startsWith(sought)
      ? 0
      : words.includes(sought)
        ? 1
        : found.description.toLowerCase().includes(sought)
          ? 2
          : null;
    if (rank !== null) ranked.push({ ...found, rank });
  };
  for (const type of schema) {
    add(type.name, { type: type.name, description: type.description });
    for (const member of type.members) {
      add(member.name, { type: type.name, member: member.name, description: member.description });
      for (const arg of member.args ?? []) {
        add(arg.name, { type: type.name, member: member.name, description: `${arg.name}: ${arg.description}` });
      }
    }
  }
  ranked.sort((a, b) => a.rank - b.rank);
  return { found: ranked.slice(0, most).map(({ rank: _, ...found }) => found), all: ranked.length };
}
