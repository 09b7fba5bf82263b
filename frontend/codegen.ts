import type { CodegenConfig } from "@graphql-codegen/cli";

// gqlgen knows these without a declaration; other readers of the schema do not.
const gqlgenDirectives = `
  directive @goModel(model: String, models: [String!]) on OBJECT | INPUT_OBJECT | SCALAR | ENUM | INTERFACE | UNION
  directive @goField(forceResolver: Boolean, name: String) on INPUT_FIELD_DEFINITION | FIELD_DEFINITION
`;

const config: CodegenConfig = {
  schema: ["../graph/*.graphql", gqlgenDirectives],
  documents: ["src/**/*.{ts,tsx}", "!src/gql/**", "!src/**/*.test.*"],
  generates: {
    "src/gql/": {
      preset: "client",
      presetConfig: {
        fragmentMasking: { unmaskFunctionName: "readFragment" },
        // src/gql/persisted-documents.json: test/contract runs every document of it against the server.
        persistedDocuments: true,
      },
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        strictScalars: true,
        defaultScalarType: "unknown",
        scalars: { Time: "string", Cursor: "string", JSON: "unknown" },
      },
    },
  },
};

export default config;
