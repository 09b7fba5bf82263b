// The examples of the documentation, which a test of the server runs.
const files = import.meta.glob<string>("../../../docs/api/examples/explorer/*.graphql", {
  query: "?raw",
  import: "default",
  eager: true,
});

export type Example = { title: string; text: string };

export const examples: readonly Example[] = Object.entries(files)
  .sort(([a], [b]) => a.localeCompare(b))
  .map(([, text]) => ({ title: /^# (.*)/.exec(text)?.[1] ?? "", text }));
