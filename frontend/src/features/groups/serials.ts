/** As many as the server takes at once. */
export const mostSerials = 1_000;

/** The serial numbers of a text, each once, as Apple writes them. */
export function serialsOf(text: string): string[] {
  const words = text
    .toUpperCase()
    .split(/[\s,;"']+/)
    .filter((word) => word !== "");
  return [...new Set(words)];
}
