import { Link } from "@tanstack/react-router";
import { Fragment } from "react";
import { textLink } from "../../ui/textLink";
import { type Block, inlinesOf } from "./markdown";
import { pictureOf, pictureSize } from "./pictures";

/** A page of help. Its first heading is the page's own, and left out. */
export function Markdown({ blocks }: { blocks: readonly Block[] }) {
  return (
    <article className="grid max-w-3xl grid-cols-[minmax(0,1fr)] gap-3 text-phone sm:text-[0.875rem] sm:leading-6">
      {blocks.map((block, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the text never changes
        <Part key={place} block={block} />
      ))}
    </article>
  );
}

function Part({ block }: { block: Block }) {
  switch (block.kind) {
    case "heading":
      if (block.level === 1) return null;
      return block.level === 2 ? (
        <h2 id={block.id} className="mt-5 scroll-mt-16 text-page">
          {block.text}
        </h2>
      ) : (
        <h3 id={block.id} className="mt-2 scroll-mt-16 font-semibold">
          {block.text}
        </h3>
      );
    case "paragraph":
      return (
        <p className="text-pretty">
          <Text text={block.text} />
        </p>
      );
    case "list": {
      const List = block.ordered ? "ol" : "ul";
      return (
        <List className={`grid gap-1 pl-5 ${block.ordered ? "list-decimal" : "list-disc"}`}>
          {block.items.map((item) => (
            <li key={item} className="text-pretty">
              <Text text={item} />
            </li>
          ))}
        </List>
      );
    }
    case "picture":
      return <Picture name={block.name} text={block.text} />;
    case "table":
      return (
        <div className="rounded-card border border-border bg-surface">
          <table className="w-full border-collapse text-left max-sm:block">
            <thead className="max-sm:sr-only">
              <tr className="border-border border-b text-fg-2 text-hint">
                {block.head.map((cell) => (
                  <th key={cell} scope="col" className="px-3 py-2 font-medium">
                    {cell}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody className="max-sm:block">
              {block.rows.map((row) => (
                <tr key={row[0]} className="border-border border-b align-top last:border-b-0 max-sm:block max-sm:py-2">
                  {row.map((cell, place) => (
                    <td
                      key={block.head[place]}
                      className="px-3 py-2 wrap-anywhere max-sm:block max-sm:py-0.5 max-sm:first:font-semibold"
                    >
                      <Text text={cell} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      );
  }
}

/** A screen of the dashboard, in the theme of the page: of two lazy pictures the browser loads the one that is displayed. It leads to itself in full size. */
function Picture({ name, text }: { name: string; text: string }) {
  const picture = pictureOf(name);
  if (!picture) return null;
  return (
    <figure className="my-2">
      {(["light", "dark"] as const).map((theme) => (
        <a
          key={theme}
          href={picture[theme]}
          target="_blank"
          rel="noreferrer"
          title="Open in full size"
          className={`${theme === "light" ? "block dark:hidden" : "hidden dark:block"} overflow-clip rounded-card border border-border`}
        >
          <img
            src={picture[theme]}
            alt={text}
            loading="lazy"
            decoding="async"
            {...pictureSize}
            className="h-auto w-full"
          />
        </a>
      ))}
    </figure>
  );
}

function Text({ text }: { text: string }) {
  return inlinesOf(text).map((part, place) => {
    const key = `${place} ${part.text}`;
    switch (part.kind) {
      case "bold":
        return (
          <b key={key} className="font-semibold">
            {part.text}
          </b>
        );
      case "code":
        return (
          <code key={key} className="font-mono text-serial wrap-anywhere">
            {part.text}
          </code>
        );
      case "link":
        return (
          <Link key={key} to={part.to} className={`${textLink} underline`}>
            {part.text}
          </Link>
        );
      default:
        return <Fragment key={key}>{part.text}</Fragment>;
    }
  });
}
