import { expect, test } from "vitest";
import { blocksOf, inlinesOf } from "./markdown";
import { pictureOf } from "./pictures";
import { helpTopics } from "./topics";

const files = import.meta.glob<string>("../../../../docs/user/*.md", { query: "?raw", import: "default", eager: true });

test("headings, lists, tables and paragraphs are told apart", () => {
  expect(
    blocksOf(
      "# A\n\nOne\ntwo.\n\n## B c!\n\n- x\n- y\n\n1. first\n2. second\n\n| H | I |\n| --- | --- |\n| a | b |\n\n![What is seen](pictures/a-b.webp)\n",
    ),
  ).toEqual([
    { kind: "heading", level: 1, text: "A", id: "a" },
    { kind: "paragraph", text: "One two." },
    { kind: "heading", level: 2, text: "B c!", id: "b-c" },
    { kind: "list", ordered: false, items: ["x", "y"] },
    { kind: "list", ordered: true, items: ["first", "second"] },
    { kind: "table", head: ["H", "I"], rows: [["a", "b"]] },
    { kind: "picture", name: "a-b", text: "What is seen" },
  ]);
});

test("bold, code and links are told apart; a file of help is its page", () => {
  expect(inlinesOf("a **b** `c` [d](x-y.md), [e](/sync)")).toEqual([
    { kind: "text", text: "a " },
    { kind: "bold", text: "b" },
    { kind: "text", text: " " },
    { kind: "code", text: "c" },
    { kind: "text", text: " " },
    { kind: "link", text: "d", to: "/help/x-y" },
    { kind: "text", text: ", " },
    { kind: "link", text: "e", to: "/sync" },
  ]);
});

test("each page of help has a file, a title, and no Markdown that is not understood", () => {
  expect(Object.keys(files)).toHaveLength(helpTopics.length);
  for (const { topic, title } of helpTopics) {
    const text = files[`../../../../docs/user/${topic}.md`] ?? "";
    const blocks = blocksOf(text);
    expect(blocks[0]).toMatchObject({ kind: "heading", level: 1, text: title });
    for (const block of blocks) {
      if (block.kind === "paragraph") expect(block.text).not.toMatch(/^(#|- |\d+\. |\||```|>|!\[)/);
      if (block.kind === "picture") expect(pictureOf(block.name), block.name).toBeDefined();
      if (block.kind === "table") for (const row of block.rows) expect(row).toHaveLength(block.head.length);
    }
  }
});
