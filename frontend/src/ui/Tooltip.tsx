import { cloneElement, useEffect, useId, useRef, useState } from "react";
import { Kbd } from "./Kbd";

type Handlers = {
  "aria-describedby"?: string | undefined;
  onPointerEnter?: (event: React.PointerEvent) => void;
  onPointerLeave?: (event: React.PointerEvent) => void;
  onFocus?: (event: React.FocusEvent) => void;
  onBlur?: (event: React.FocusEvent) => void;
  onClick?: (event: React.MouseEvent) => void;
};

export type TooltipProps = {
  /** Without content there is no tooltip; the child stays the same element, so that it keeps its focus. */
  content: React.ReactNode;
  shortcut?: string | undefined;
  /** A press shows the tooltip instead of hiding it: the only way to read it by touch. */
  opensOnPress?: boolean;
  side?: "above" | "right";
  children: React.ReactElement;
};

const delay = 400;
const gap = 6; // px between the control and the note
const margin = 8; // px to the edge of the window

/**
 * A short note on a control, on hover and on focus. It is never the only place of a fact. The browser's own popover: every
 * button has one, and a library for floating elements would be a sixth of what the first page may load.
 */
export function Tooltip({ content, shortcut, opensOnPress = false, side = "above", children }: TooltipProps) {
  const trigger = children as React.ReactElement<Handlers>;
  const id = useId();
  const [anchor, setAnchor] = useState<Element | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  if (content === undefined || content === null || content === "") return children;

  const open = (element: Element) => {
    clearTimeout(timer.current);
    setAnchor(element);
  };
  const close = () => {
    clearTimeout(timer.current);
    setAnchor(null);
  };
  const { props } = trigger;
  const child = cloneElement(trigger, {
    ...(anchor && { "aria-describedby": [props["aria-describedby"], id].filter(Boolean).join(" ") }),
    onPointerEnter: (event) => {
      props.onPointerEnter?.(event);
      const element = event.currentTarget;
      if (event.pointerType === "mouse") timer.current = setTimeout(() => open(element), delay);
    },
    onPointerLeave: (event) => {
      props.onPointerLeave?.(event);
      close();
    },
    onFocus: (event) => {
      props.onFocus?.(event);
      if (event.currentTarget.matches(":focus-visible")) open(event.currentTarget);
    },
    onBlur: (event) => {
      props.onBlur?.(event);
      close();
    },
    onClick: (event) => {
      props.onClick?.(event);
      if (opensOnPress) open(event.currentTarget);
      else close();
    },
  });
  return (
    <>
      {child}
      {anchor && (
        <Note id={id} anchor={anchor} side={side} onClose={close}>
          {content}
          {shortcut && <Kbd onInk>{shortcut}</Kbd>}
        </Note>
      )}
    </>
  );
}

type NoteProps = {
  id: string;
  anchor: Element;
  side: NonNullable<TooltipProps["side"]>;
  onClose: () => void;
  children: React.ReactNode;
};

function Note({ id, anchor, side, onClose, children }: NoteProps) {
  const close = useRef(onClose);
  useEffect(() => {
    close.current = onClose;
  });
  useEffect(() => {
    const leave = (event: Event) => {
      if (!(event instanceof KeyboardEvent) || event.key === "Escape") close.current();
    };
    addEventListener("keydown", leave, true);
    addEventListener("scroll", leave, true);
    return () => {
      removeEventListener("keydown", leave, true);
      removeEventListener("scroll", leave, true);
    };
  }, []);
  const place = (note: HTMLElement | null) => {
    if (!note) return;
    note.showPopover?.();
    const { left, top } = placeOf(note.getBoundingClientRect(), anchor.getBoundingClientRect(), side);
    note.style.left = `${left}px`;
    note.style.top = `${top}px`;
  };
  return (
    <span
      ref={place}
      id={id}
      role="tooltip"
      popover="manual"
      className="pointer-events-none fixed inset-auto m-0 flex max-w-80 items-center gap-2 whitespace-normal rounded-control border border-transparent bg-ink px-2 py-1 font-normal text-hint text-on-ink shadow-popover"
    >
      {children}
    </span>
  );
}

function placeOf({ width, height }: DOMRect, at: DOMRect, side: NonNullable<TooltipProps["side"]>) {
  if (side === "right") return { left: at.right + gap, top: at.top + (at.height - height) / 2 };
  const above = at.top - height - gap;
  return {
    left: Math.min(Math.max(margin, at.left + (at.width - width) / 2), innerWidth - width - margin),
    top: above < margin ? at.bottom + gap : above,
  };
}
