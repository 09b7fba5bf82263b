import { clsx } from "clsx";
import { Search, X } from "lucide-react";
import { useRef } from "react";
import { controlClass, controlHeight } from "./Field";
import { Kbd } from "./Kbd";

export type SearchInputProps = Omit<React.ComponentProps<"input">, "type" | "size" | "value" | "onChange" | "ref"> & {
  /** The accessible name. */
  label: string;
  value: string;
  onValueChange: (value: string) => void;
  /** The key that brings the focus here, as a hint. The page listens for it and focuses `ref`. */
  shortcut?: "/" | "D" | undefined;
  ref?: React.RefObject<HTMLInputElement | null> | undefined;
};

/** A search that takes effect while typing. Escape or the button clears it. */
export function SearchInput({ label, value, onValueChange, shortcut, ref, className, ...props }: SearchInputProps) {
  const own = useRef<HTMLInputElement>(null);
  const input = ref ?? own;
  const clear = () => {
    onValueChange("");
    input.current?.focus();
  };
  return (
    <div className={clsx("relative", className)}>
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-fg-3"
        strokeWidth={1.75}
      />
      <input
        autoComplete="off"
        spellCheck={false}
        {...props}
        ref={input}
        type="search"
        aria-label={label}
        aria-keyshortcuts={shortcut}
        value={value}
        onChange={(event) => onValueChange(event.target.value)}
        onKeyDown={(event) => {
          props.onKeyDown?.(event);
          if (event.key === "Escape" && value !== "") {
            event.preventDefault();
            event.stopPropagation();
            clear();
          }
        }}
        className={clsx(
          controlClass,
          controlHeight.default,
          "pr-11 pl-8 sm:pr-9 [&::-webkit-search-cancel-button]:hidden",
        )}
      />
      <div className="pointer-events-none absolute inset-y-0 right-0 flex w-11 items-center justify-center sm:w-9">
        {value !== "" ? (
          <button
            type="button"
            aria-label="Clear search"
            onClick={clear}
            className="pointer-events-auto flex size-11 cursor-pointer items-center justify-center rounded-badge text-fg-3 hover:bg-hover hover:text-fg sm:size-6"
          >
            <X aria-hidden className="size-4" strokeWidth={1.75} />
          </button>
        ) : (
          shortcut && (
            <span aria-hidden className="max-sm:hidden">
              <Kbd>{shortcut}</Kbd>
            </span>
          )
        )}
      </div>
    </div>
  );
}
