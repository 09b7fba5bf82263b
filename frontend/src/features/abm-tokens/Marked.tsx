export type MarkedProps = { text: string; values?: Readonly<Record<string, string>> };

/** A text whose `**menu names**` stand out, with its {places} filled in. */
export function Marked({ text, values = {} }: MarkedProps) {
  return text.split("**").map((part, index) => {
    const filled = part.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
    return index % 2 === 0 ? (
      filled
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have nothing but their place
      <b key={index} className="font-semibold">
        {filled}
      </b>
    );
  });
}
