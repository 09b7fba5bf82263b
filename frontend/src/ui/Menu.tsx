import { cloneElement, lazy, Suspense, useState } from "react";
import { loadPart } from "../lib/loadPart";

export type MenuAction = {
  label: string;
  icon?: React.ReactNode;
  onSelect?: (() => void) | undefined;
  /** A link to be drawn as the item. */
  render?: React.ReactElement | undefined;
  danger?: boolean | undefined;
  /** What it does, where the label alone does not say; stands below it. */
  hint?: string | undefined;
  /** Why it cannot be chosen now; stands in place of the hint. */
  disabledReason?: string | undefined;
  /** Makes it an item that is on or off. */
  checked?: boolean | undefined;
};

export type MenuItem = MenuAction | "separator";

type TriggerProps = Pick<
  React.ComponentProps<"button">,
  "aria-haspopup" | "aria-expanded" | "onPointerEnter" | "onFocus" | "onClick" | "onKeyDown"
>;

export type MenuProps = {
  /** A Button or IconButton. */
  trigger: React.ReactElement<TriggerProps>;
  items: readonly MenuItem[];
  align?: "start" | "center" | "end";
};

const load = () => import("./MenuPopup");
const preload = () => void load().catch(() => {}); // opening it tries again
const MenuPopup = lazy(() => loadPart(load).then((module) => ({ default: module.MenuPopup })));

/** Actions and links behind a button. What draws them is loaded when the button is about to be pressed. */
export function Menu({ trigger, items, align = "start" }: MenuProps) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [open, setOpen] = useState(false);
  const [byKey, setByKey] = useState(false);
  const { props } = trigger;
  const show = (element: HTMLElement, key: boolean) => {
    setAnchor(element);
    setByKey(key);
    setOpen(true);
  };
  return (
    <>
      {cloneElement(trigger, {
        "aria-haspopup": "menu",
        "aria-expanded": open,
        onPointerEnter: (event) => {
          props.onPointerEnter?.(event);
          preload();
        },
        onFocus: (event) => {
          props.onFocus?.(event);
          preload();
        },
        onClick: (event) => {
          props.onClick?.(event);
          // A press by Enter or the space bar is a click without a pointer.
          if (!event.defaultPrevented) show(event.currentTarget, event.detail === 0);
        },
        onKeyDown: (event) => {
          props.onKeyDown?.(event);
          if (event.key !== "ArrowDown" || event.defaultPrevented) return;
          event.preventDefault();
          show(event.currentTarget, true);
        },
      })}
      {anchor && (
        <Suspense>
          <MenuPopup anchor={anchor} open={open} byKey={byKey} onOpenChange={setOpen} items={items} align={align} />
        </Suspense>
      )}
    </>
  );
}
