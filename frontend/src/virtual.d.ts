// Made by scripts/schema-reference.mjs.
declare module "virtual:schema" {
  export const schema: readonly import("./features/api-reference/schema").SchemaType[];
}
