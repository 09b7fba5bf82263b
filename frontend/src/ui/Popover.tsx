import { cloneElement, lazy, Suspense, useState } from "react";
import { loadPart } from "../lib/loadPart";

type TriggerProps = Pick<
  React.ComponentProps<"button">,
  "aria-haspopup" | "aria-expanded" | "onPointerEnter" | "onFocus" | "onClick"
>;

export type PopoverProps = {
  /** A Button or IconButton. */
  trigger: React.ReactElement<TriggerProps>;
  title: string;
  align?: "start" | "center" | "end";
  /** What is in it; as a function it gets what closes it. */
  children: React.ReactNode | ((close: () => void) => React.ReactNode);
};

const load = () => import("./PopoverPopup");
const preload = () => void load().catch(() => {}); // opening it tries again
const PopoverPopup = lazy(() => loadPart(load).then((module) => ({ default: module.PopoverPopup })));

/** A panel behind a button, beside which the page stays in sight. What draws it is loaded when the button is about to be pressed. */
export function Popover({ trigger, title, align = "start", children }: PopoverProps) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [open, setOpen] = useState(false);
  const { props } = trigger;
  return (
    <>
      {cloneElement(trigger, {
        "aria-haspopup": "dialog",
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
          setAnchor(event.currentTarget);
          setOpen(true);
        },
      })}
      {anchor && (
        <Suspense>
          <PopoverPopup anchor={anchor} open={open} onOpenChange={setOpen} title={title} align={align}>
            {typeof children === "function" ? children(() => setOpen(false)) : children}
          </PopoverPopup>
        </Suspense>
      )}
    </>
  );
}
