import { Dialog as Base } from "@base-ui/react/dialog";
import { clsx } from "clsx";
import { backdropClass, OverlayClose } from "./DialogPopup";

export type SheetProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  side?: "bottom" | "left";
  children: React.ReactNode;
};

const sides = {
  bottom:
    "inset-x-0 bottom-0 max-h-[85dvh] rounded-t-dialog border-t pb-[env(safe-area-inset-bottom)] motion-safe:data-ending-style:translate-y-full motion-safe:data-starting-style:translate-y-full",
  left: "inset-y-0 left-0 w-70 max-w-[85vw] border-r pl-[env(safe-area-inset-left)] motion-safe:data-ending-style:-translate-x-full motion-safe:data-starting-style:-translate-x-full",
};

/** A modal panel from the bottom (phone) or from the left (navigation of a tablet). */
export function Sheet({ open, onOpenChange, title, side = "bottom", children }: SheetProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className={backdropClass} />
        <Base.Popup
          className={clsx(
            "fixed z-50 flex flex-col border-border-2 bg-raised text-fg shadow-dialog outline-none",
            "transition duration-(--motion-drawer) ease-standard data-ending-style:duration-[calc(var(--motion-drawer)*0.7)] motion-reduce:data-ending-style:opacity-0 motion-reduce:data-starting-style:opacity-0",
            sides[side],
          )}
        >
          <Base.Title className="flex min-h-13 shrink-0 items-center px-4 pr-14 text-crumb">{title}</Base.Title>
          <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-4 pb-4">{children}</div>
          <OverlayClose />
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
