import { Dialog as Base } from "@base-ui/react/dialog";
import { clsx } from "clsx";
import { Search } from "lucide-react";
import { useEffect, useId, useRef, useState } from "react";
import { backdropClass } from "./DialogPopup";
import { Kbd } from "./Kbd";

export type PaletteItem = {
  id: string;
  label: React.ReactNode;
  /** Beside the label, fainter. */
  detail?: React.ReactNode;
  icon: React.ReactNode;
  /** At the right: a state, or keys that do the same. */
  end?: React.ReactNode;
  onSelect: () => void;
};

export type PaletteGroup = { label: string; note?: string | undefined; items: readonly PaletteItem[] };

export type CommandPaletteProps = {
  onClose: () => void;
  /** The accessible name, and what stands in the empty field. */
  label: string;
  query: string;
  onQueryChange: (query: string) => void;
  groups: readonly PaletteGroup[];
  /** In place of the groups when they have nothing. */
  empty: string;
};

/** A field with what it finds below: arrows move, Enter chooses, Escape closes. */
export function CommandPalette({ onClose, label, query, onQueryChange, groups, empty }: CommandPaletteProps) {
  const id = useId();
  const items = groups.flatMap((group) => group.items);
  const [active, setActive] = useState(0);
  const at = Math.min(active, items.length - 1);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector(`[data-place="${at}"]`)?.scrollIntoView({ block: "nearest" });
  }, [at]);
  const move = (by: number) => setActive((at + by + items.length) % Math.max(1, items.length));
  const choose = (item: PaletteItem | undefined) => {
    if (!item) return;
    onClose();
    item.onSelect();
  };
  return (
    <Base.Root open onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={clsx(backdropClass, "z-60")} />
        <Base.Viewport className="fixed inset-0 z-60 flex items-start justify-center sm:p-4 sm:pt-[12vh]">
          <Base.Popup
            aria-label={label}
            className="flex max-h-dvh w-full flex-col overflow-hidden border-border-2 bg-raised text-fg shadow-dialog outline-none sm:max-h-[70dvh] sm:max-w-160 sm:rounded-dialog sm:border"
          >
            <div className="flex h-14 shrink-0 items-center gap-3 border-border border-b px-4">
              <Search aria-hidden className="size-4 shrink-0 text-fg-3" strokeWidth={1.75} />
              <input
                type="text"
                role="combobox"
                aria-label={label}
                aria-expanded
                aria-controls={`${id}-list`}
                aria-activedescendant={items.length > 0 ? `${id}-${at}` : undefined}
                aria-autocomplete="list"
                autoComplete="off"
                autoCapitalize="off"
                spellCheck={false}
                placeholder={label}
                value={query}
                onChange={(event) => {
                  setActive(0);
                  onQueryChange(event.target.value);
                }}
                onKeyDown={(event) => {
                  if (event.key === "ArrowDown") move(1);
                  else if (event.key === "ArrowUp") move(-1);
                  else if (event.key === "Enter") choose(items[at]);
                  else return;
                  event.preventDefault();
                }}
                className="h-full min-w-0 flex-1 bg-transparent text-[1rem] outline-none placeholder:text-fg-3"
              />
              <Base.Close className="cursor-pointer rounded-badge max-sm:min-h-11 max-sm:px-2">
                <span className="max-sm:hidden">
                  <Kbd>Esc</Kbd>
                </span>
                <span className="sm:sr-only">Close</span>
              </Base.Close>
            </div>
            <div
              ref={list}
              id={`${id}-list`}
              role="listbox"
              aria-label="Results"
              className="min-h-0 overflow-y-auto p-2"
            >
              {groups
                .filter((group) => group.items.length > 0)
                .map((group) => (
                  // biome-ignore lint/a11y/useSemanticElements: a group of options, not of fields
                  <div key={group.label} role="group" aria-label={group.label} className="pb-2 last:pb-0">
                    <p aria-hidden className="flex justify-between px-2 py-1 text-fg-3 text-hint">
                      <span>{group.label}</span>
                      <span>{group.note}</span>
                    </p>
                    {group.items.map((item) => {
                      const place = items.indexOf(item);
                      return (
                        <div
                          key={item.id}
                          id={`${id}-${place}`}
                          data-place={place}
                          role="option"
                          tabIndex={-1}
                          aria-selected={place === at}
                          onPointerMove={() => setActive(place)}
                          onClick={() => choose(item)}
                          onKeyDown={(event) => event.key === "Enter" && choose(item)}
                          className="flex min-h-11 cursor-pointer items-center gap-3 rounded-control px-2 aria-selected:bg-active sm:min-h-9"
                        >
                          <span className="shrink-0 text-fg-3">{item.icon}</span>
                          <span className="min-w-0 flex-1 truncate">
                            {item.label} <span className="ml-1 text-fg-2">{item.detail}</span>
                          </span>
                          {item.end && <span className="flex shrink-0 items-center gap-1">{item.end}</span>}
                        </div>
                      );
                    })}
                  </div>
                ))}
              {items.length === 0 && <p className="px-2 py-6 text-center text-fg-2">{empty}</p>}
            </div>
            <p
              aria-hidden
              className="hidden h-9 shrink-0 items-center gap-4 border-border border-t bg-sunken px-4 text-fg-3 text-hint sm:flex"
            >
              <span className="flex items-center gap-1">
                <Kbd>↑</Kbd>
                <Kbd>↓</Kbd> move
              </span>
              <span className="flex items-center gap-1">
                <Kbd>↵</Kbd> open
              </span>
              <span className="ml-auto flex items-center gap-1">
                <Kbd>&gt;</Kbd> commands only
              </span>
            </p>
            <p role="status" className="sr-only">
              {items.length === 0 ? empty : `${items.length} results`}
            </p>
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}
