import { Menu as Base } from "@base-ui/react/menu";
import { clsx } from "clsx";
import { Check } from "lucide-react";
import { useRef } from "react";
import type { MenuAction, MenuItem } from "./Menu";

type MenuPopupProps = {
  anchor: HTMLElement;
  open: boolean;
  /** Whether a key opened it: then its first item has the focus. */
  byKey: boolean;
  onOpenChange: (open: boolean) => void;
  items: readonly MenuItem[];
  align: "start" | "center" | "end";
};

/** The part of a menu that is loaded when one is about to be opened. */
export function MenuPopup({ anchor, open, byKey, onOpenChange, items, align }: MenuPopupProps) {
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Base.Root
      open={open}
      onOpenChange={(next) => onOpenChange(next)}
      onOpenChangeComplete={(opened) => {
        if (opened && byKey) popup.current?.querySelector<HTMLElement>("[role^=menuitem]")?.focus();
      }}
    >
      <Base.Portal>
        <Base.Positioner
          anchor={anchor}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="z-60 outline-none"
        >
          <Base.Popup
            ref={popup}
            aria-label={anchor.getAttribute("aria-label") ?? anchor.textContent ?? undefined}
            finalFocus={() => anchor}
            className="max-h-(--available-height) min-w-40 max-w-80 origin-(--transform-origin) overflow-y-auto rounded-card border border-border-2 bg-raised p-1 text-fg shadow-popover outline-none transition duration-(--motion-popover) ease-standard data-ending-style:opacity-0 data-starting-style:opacity-0 data-ending-style:duration-[calc(var(--motion-popover)*0.7)] motion-safe:data-ending-style:scale-98 motion-safe:data-starting-style:scale-98"
          >
            {items.map((item, index) =>
              item === "separator" ? (
                <Base.Separator key={`after ${labelOf(items[index - 1])}`} className="-mx-1 my-1 h-px bg-border" />
              ) : (
                <Action key={item.label} {...item} />
              ),
            )}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

function labelOf(item: MenuItem | undefined): string {
  return typeof item === "object" ? item.label : "";
}

function Action(action: MenuAction) {
  const { label, icon, onSelect, render, danger = false, hint, disabledReason, checked } = action;
  const note = disabledReason ?? hint;
  const disabled = Boolean(disabledReason);
  const className = clsx(
    "flex min-h-11 cursor-default select-none items-center gap-2.5 rounded-badge px-2 py-1 outline-none data-highlighted:bg-hover sm:min-h-8 forced-colors:data-highlighted:outline-2",
    disabled ? "text-fg-3" : danger && "text-bad-fg",
  );
  const content = (
    <>
      {icon}
      <span className="grid min-w-0 flex-1">
        {label} {/* the space parts them in the item's name */}
        {note && <span className={clsx("text-hint", !disabled && "text-fg-3")}>{note}</span>}
      </span>
      {checked && <Check aria-hidden className="size-4 shrink-0" strokeWidth={1.75} />}
    </>
  );
  if (checked !== undefined) {
    return (
      <Base.CheckboxItem
        checked={checked}
        onCheckedChange={onSelect}
        closeOnClick
        disabled={disabled}
        className={className}
      >
        {content}
      </Base.CheckboxItem>
    );
  }
  if (render && !disabled) {
    return (
      <Base.LinkItem render={render} onClick={onSelect} closeOnClick className={className}>
        {content}
      </Base.LinkItem>
    );
  }
  return (
    <Base.Item onClick={onSelect} disabled={disabled} className={className}>
      {content}
    </Base.Item>
  );
}
