/** Search parameters are plain text, each once: ?q=123 is not a number. */
export function parseSearch(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text));
}

export function stringifySearch(search: Record<string, unknown>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (value !== undefined) parameters.set(name, String(value));
  }
  const text = parameters.toString().replaceAll("%2C", ","); // lists stay readable
  return text && `?${text}`;
}

/** What a parameter may be: any text, or one of a few. */
type Parameters = Readonly<Record<string, null | readonly string[]>>;

type Search<P extends Parameters> = {
  [Name in keyof P]?: (P[Name] extends readonly (infer Value)[] ? Value : string) | undefined;
};

/** The parameters that a route knows. One that it does not know, or with a value that it has not, is left out. */
export function parameters<const P extends Parameters>(known: P) {
  return (search: Record<string, unknown>): Search<P> =>
    Object.fromEntries(
      Object.entries(known).flatMap(([name, values]) => {
        const value = search[name];
        return typeof value === "string" && (values === null || values.includes(value)) ? [[name, value]] : [];
      }),
    ) as Search<P>;
}
