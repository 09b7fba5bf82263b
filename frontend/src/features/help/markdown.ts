/** What the pages of help are made of: the part of Markdown that they use. */
export type Block =
  | { kind: "heading"; level: number; text: string; id: string }
  | { kind: "paragraph"; text: string }
  | { kind: "list"; ordered: boolean; items: string[] }
  | { kind: "table"; head: string[]; rows: string[][] }
  | { kind: "picture"; name: string; text: string };

export type Inline = { kind: "text" | "bold" | "code"; text: string } | { kind: "link"; text: string; to: string };

/** The anchor of a heading: "ABM token expiry" is abm-token-expiry. */
function anchorOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

export function blocksOf(markdown: string): Block[] {
  return markdown
    .split(/\n{2,}|\n(?=#)/)
    .map((part) => part.trim())
    .filter(Boolean)
    .map(blockOf);
}

function blockOf(part: string): Block {
  const lines = part.split("\n");
  const heading = /^(#+) (.*)$/.exec(part);
  if (heading) {
    const [, marks = "", text = ""] = heading;
    return { kind: "heading", level: marks.length, text, id: anchorOf(text) };
  }
  const picture = /^!\[(.+)\]\(pictures\/([a-z-]+)\.webp\)$/.exec(part);
  if (picture) {
    const [, text = "", name = ""] = picture;
    return { kind: "picture", name, text };
  }
  if (lines.every((line) => line.startsWith("|"))) {
    const [head = [], , ...rows] = lines.map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
    return { kind: "table", head, rows };
  }
  for (const [ordered, mark] of [
    [false, /^- /],
    [true, /^\d+\. /],
  ] as const) {
    if (lines.every((line) => mark.test(line)))
      return { kind: "list", ordered, items: lines.map((line) => line.replace(mark, "")) };
  }
  return { kind: "paragraph", text: lines.join(" ") };
}

const inline = /\*\*(.+?)\*\*|`(.+?)`|\[(.+?)\]\((.+?)\)/g;

export function inlinesOf(text: string): Inline[] {
  const found: Inline[] = [];
  let end = 0;
  for (const match of text.matchAll(inline)) {
    const [whole, bold, code, label, to] = match;
    if (match.index > end) found.push({ kind: "text", text: text.slice(end, match.index) });
    if (bold !== undefined) found.push({ kind: "bold", text: bold });
    else if (code !== undefined) found.push({ kind: "code", text: code });
    else if (label !== undefined && to !== undefined) found.push({ kind: "link", text: label, to: targetOf(to) });
    end = match.index + whole.length;
  }
  if (end < text.length) found.push({ kind: "text", text: text.slice(end) });
  return found;
}

/** A link between the files is one between the pages. */
function targetOf(to: string): string {
  const file = /^([a-z-]+)\.md$/.exec(to);
  return file ? `/help/${file[1]}` : to;
}
