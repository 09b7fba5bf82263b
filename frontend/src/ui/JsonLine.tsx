const parts = /("(?:[^"\\]|\\.)*")(?=(\s*:)?)|\b(?:true|false|null)\b|-?\b\d[\d.eE+-]*/g;

/** A line of JSON: names, texts and other values told apart. What is longer than its place goes on below, further in. */
export function JsonLine({ text }: { text: string }) {
  const indent = `${text.search(/\S|$/) + 2}ch`;
  return (
    <code
      className="block min-w-0 font-mono whitespace-pre-wrap wrap-anywhere"
      style={{ paddingInlineStart: indent, textIndent: `-${indent}` }}
    >
      {piecesOf(text).map(({ at, piece, kind }) => (
        <span key={at} className={kind}>
          {piece}
        </span>
      ))}
    </code>
  );
}

type Piece = { at: number; piece: string; kind: string | undefined };

function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  const add = (end: number, kind?: string) => {
    if (end > at) pieces.push({ at, piece: text.slice(at, end), kind });
    at = end;
  };
  for (const match of text.matchAll(parts)) {
    add(match.index);
    const [whole, quoted, colon] = match;
    add(match.index + whole.length, colon ? "text-accent-fg" : quoted ? "text-ok-fg" : "text-violet-fg");
  }
  add(text.length);
  return pieces;
}
