import { Fragment } from "react";

/** An address or the like, which breaks behind its marks when it is too long for a line, not in the middle of a word. */
export function Breakable({ children }: { children: string }) {
  return children.split(/(?<=[@./_-])(?=\w)/).map((part, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no other name
    <Fragment key={place}>
      {place > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
