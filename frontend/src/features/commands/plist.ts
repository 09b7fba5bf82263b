/** One line of a property list: its key, its value if it has one, and how deep it stands. */
export type PlistLine = { depth: number; key: string; value?: string };

// What the protocol itself adds to every answer.
const ofTheProtocol: ReadonlySet<string> = new Set(["CommandUUID", "Status", "UDID", "ErrorChain"]);

/** The content of an answer, line by line; undefined: it is no property list in XML. */
export function plistLines(text: string): PlistLine[] | undefined {
  const root = new DOMParser().parseFromString(text, "application/xml").querySelector("plist > *");
  if (!root || root.closest("parsererror")) return undefined;
  const lines: PlistLine[] = [];
  write(root, "", 0, lines);
  return lines;
}

function write(element: Element, key: string, depth: number, lines: PlistLine[]) {
  const children = [...element.children];
  switch (element.tagName) {
    case "dict": {
      const below = key === "" ? depth : depth + 1;
      if (key !== "") lines.push({ depth, key });
      for (let at = 0; at + 1 < children.length; at += 2) {
        const [name, value] = [children[at], children[at + 1]];
        const text = name?.textContent ?? "";
        if (value && !(depth === 0 && key === "" && ofTheProtocol.has(text))) write(value, text, below, lines);
      }
      return;
    }
    case "array":
      lines.push({ depth, key, value: children.length === 0 ? "none" : String(children.length) });
      children.forEach((item, place) => {
        write(item, `${place + 1}`, depth + 1, lines);
      });
      return;
    case "true":
    case "false":
      lines.push({ depth, key, value: element.tagName === "true" ? "Yes" : "No" });
      return;
    default:
      lines.push({ depth, key, value: element.textContent?.trim() ?? "" });
  }
}
