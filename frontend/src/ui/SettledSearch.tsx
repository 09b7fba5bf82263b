import { useEffect, useRef, useState } from "react";
import { useShortcuts } from "../lib/shortcuts";
import { SearchInput, type SearchInputProps } from "./SearchInput";

const settleFor = 200;

export type SettledSearchProps = Omit<SearchInputProps, "onValueChange" | "ref"> & {
  onSearch: (text: string) => void;
  /** How what was typed is written. */
  as?: (typed: string) => string;
};

/** A search that asks somebody else, once typing rests. */
export function SettledSearch({ value, onSearch, as = (typed) => typed, shortcut, ...props }: SettledSearchProps) {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value);
  const [sent, setSent] = useState(value);
  const [seen, setSeen] = useState(value);
  if (value !== seen) {
    setSeen(value);
    // Not an echo of what was typed: somebody went back, or dropped the filter.
    if (value !== sent) {
      setSent(value);
      setText(value);
    }
  }
  useEffect(() => {
    if (text === sent) return;
    const timer = setTimeout(() => {
      setSent(text);
      onSearch(text);
    }, settleFor);
    return () => clearTimeout(timer);
  }, [text, sent, onSearch]);
  useShortcuts(shortcut ? { [shortcut]: () => input.current?.focus() } : {});
  return (
    <SearchInput
      {...props}
      ref={input}
      shortcut={shortcut}
      value={text}
      onValueChange={(typed) => setText(as(typed))}
    />
  );
}
