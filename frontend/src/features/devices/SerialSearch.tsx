import { useEffect, useRef, useState } from "react";
import { useShortcuts } from "../../lib/shortcuts";
import { SearchInput } from "../../ui/SearchInput";
import { asSerial } from "./filter";

const settleFor = 200;

/** Narrows the list to serial numbers that begin with what was typed, once typing rests. */
export function SerialSearch({ value, onSearch }: { value: string; onSearch: (serial: string) => void }) {
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
  useShortcuts({ "/": () => input.current?.focus() });
  return (
    <SearchInput
      ref={input}
      label="Search by serial number"
      placeholder="Serial number"
      shortcut="/"
      className="min-w-0 flex-1 basis-40 sm:w-52 sm:flex-none"
      autoCapitalize="characters"
      value={text}
      onValueChange={(typed) => setText(asSerial(typed))}
    />
  );
}
