import { readdirSync, readFileSync } from "node:fs";
import {
  buildASTSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  isUnionType,
  parse,
} from "graphql";

const directory = new URL("../../graph/", import.meta.url);
const name = "virtual:schema";
const resolved = `\0${name}`;

const files = () =>
  readdirSync(directory)
    .filter((file) => file.endsWith(".graphql"))
    .map((file) => new URL(file, directory));

/**
 * What the committed schema says of itself, as the page of it needs it: each type with its fields, arguments and values, and every description.
 * @returns {import("../src/features/api-reference/schema").SchemaType[]}
 */
function readSchema() {
  const text = files()
    .map((file) => readFileSync(file, "utf8"))
    .join("\n");
  // gqlgen has directives that no file declares.
  const schema = buildASTSchema(parse(text, { noLocation: true }), { assumeValidSDL: true });
  return Object.values(schema.getTypeMap())
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type))
    .map((type) => ({
      name: type.name,
      kind: kindOf(type, schema),
      description: type.description ?? "",
      members: membersOf(type),
    }));
}

/**
 * @param {import("graphql").GraphQLNamedType} type
 * @param {import("graphql").GraphQLSchema} schema
 */
function kindOf(type, schema) {
  if (type === schema.getQueryType()) return "query";
  if (type === schema.getMutationType()) return "mutation";
  if (type === schema.getSubscriptionType()) return "subscription";
  if (isEnumType(type)) return "enum";
  if (isInputObjectType(type)) return "input";
  if (isScalarType(type)) return "scalar";
  if (isInterfaceType(type)) return "interface";
  return isUnionType(type) ? "union" : "type";
}

/** @param {import("graphql").GraphQLNamedType} type */
function membersOf(type) {
  if (isEnumType(type)) {
    return type.getValues().map((value) => ({ name: value.name, ...wordsOf(value) }));
  }
  if (isUnionType(type)) {
    return type
      .getTypes()
      .map((member) => ({ name: member.name, description: member.description ?? "", ...typeOf(member) }));
  }
  if (isInputObjectType(type)) {
    return Object.values(type.getFields()).map((field) => ({
      name: field.name,
      ...wordsOf(field),
      ...typeOf(field.type),
      ...defaultOf(field),
    }));
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  return Object.values(type.getFields()).map((field) => ({
    name: field.name,
    ...wordsOf(field),
    ...typeOf(field.type),
    ...roleOf(field),
    ...(field.args.length > 0 && {
      args: field.args.map((arg) => ({ name: arg.name, ...wordsOf(arg), ...typeOf(arg.type), ...defaultOf(arg) })),
    }),
  }));
}

/** @param {{ description?: string | null | undefined, deprecationReason?: string | null | undefined }} element */
function wordsOf({ description, deprecationReason }) {
  return { description: description ?? "", ...(deprecationReason && { deprecated: deprecationReason }) };
}

/** @param {import("graphql").GraphQLType} type */
function typeOf(type) {
  return { type: String(type) };
}

/** @param {{ astNode?: { defaultValue?: import("graphql").ConstValueNode | undefined } | null | undefined }} element */
function defaultOf({ astNode }) {
  const value = astNode?.defaultValue;
  return value && "value" in value ? { default: String(value.value) } : {};
}

/** @param {import("graphql").GraphQLField<unknown, unknown>} field */
function roleOf({ astNode }) {
  const directive = astNode?.directives?.find((each) => each.name.value === "hasRole");
  const value = directive?.arguments?.[0]?.value;
  return value && "value" in value ? { role: String(value.value) } : {};
}

/**
 * Gives the dashboard the schema as a module of its own, which is loaded by the page that shows it.
 * @returns {import("vite").Plugin}
 */
export function schemaReference() {
  return {
    name: "schema-reference",
    resolveId: (id) => (id === name ? resolved : null),
    load(id) {
      if (id !== resolved) return null;
      for (const file of files()) this.addWatchFile(file.pathname);
      return `export const schema = JSON.parse(${JSON.stringify(JSON.stringify(readSchema()))});`;
    },
  };
}
