import { readFileSync } from "node:fs";

const documentsFile = new URL("../src/gql/persisted-documents.json", import.meta.url);
const call = /\bgraphql\(\s*`([^`]*)`,?\s*\)/g;
const definition = /^\s*(query|mutation|subscription|fragment)\s+(\w+)/;

function operations() {
  const texts = Object.values(JSON.parse(readFileSync(documentsFile, "utf8")));
  return new Map(
    texts.map((text) => [definition.exec(text.slice(text.search(/\b(query|mutation|subscription) /)))?.[2], text]),
  );
}

/**
 * Writes the texts of all operations beside the build: the server lets browsers' sessions carry out these and no others.
 * @returns {import("vite").Plugin}
 */
export function listDocuments() {
  return {
    name: "list-documents",
    apply: "build",
    generateBundle() {
      const texts = Object.values(JSON.parse(readFileSync(documentsFile, "utf8")));
      this.emitFile({ type: "asset", fileName: ".documents.json", source: JSON.stringify(texts) });
    },
  };
}

/**
 * Puts the generated text of an operation, with its fragments, in the place of graphql(`…`). Without it every page would load
 * the documents of all pages, since the generated module has them all. A fragment is a matter of types alone.
 * @returns {import("vite").Plugin}
 */
export function inlineDocuments() {
  return {
    name: "inline-documents",
    enforce: "pre",
    transform(code, id) {
      if (!/\.tsx?$/.test(id) || id.includes("/src/gql/") || !code.includes("graphql(`")) return null;
      const known = operations();
      return {
        code: code.replace(call, (_, source) => {
          const [, kind, name] = definition.exec(source) ?? [];
          if (kind === "fragment") return "({})";
          const text = known.get(name);
          if (!text) throw new Error(`${id}: ${name} is not in src/gql: run npm run codegen`);
          return JSON.stringify(text);
        }),
        map: null,
      };
    },
  };
}
