import { Dialog as Base } from "@base-ui/react/dialog";
import { clsx } from "clsx";
import { X } from "lucide-react";
import type { DialogFrameProps } from "./Dialog";
import { IconButton } from "./IconButton";

const widths = { 480: "sm:max-w-[30rem]", 600: "sm:max-w-[37.5rem]", 640: "sm:max-w-[40rem]" };

/** The part of a dialog that is loaded with the first one that opens. */
export function DialogPopup({
  open,
  onOpenChange,
  title,
  description,
  size = 480,
  dismissible = true,
  children,
}: DialogFrameProps) {
  const change = (next: boolean) => {
    if (next || dismissible) {
      onOpenChange(next);
    }
  };
  return (
    <Base.Root open={open} onOpenChange={change}>
      <Base.Portal>
        <Base.Backdrop className={backdropClass} />
        <Base.Viewport className="fixed inset-0 z-50 flex items-end justify-center sm:items-center sm:p-4">
          <Base.Popup
            className={clsx(
              "relative flex max-h-[calc(100dvh-2rem)] w-full flex-col overflow-hidden rounded-t-dialog border border-border-2 bg-raised text-fg shadow-dialog outline-none sm:rounded-dialog",
              "transition duration-(--motion-popover) ease-standard data-ending-style:opacity-0 data-starting-style:opacity-0 data-ending-style:duration-[calc(var(--motion-popover)*0.7)]",
              "motion-safe:data-ending-style:translate-y-2 motion-safe:data-starting-style:translate-y-2",
              widths[size],
            )}
          >
            <div className="grid gap-1 px-5 pt-4 pr-14 pb-1">
              <Base.Title className="text-crumb">{title}</Base.Title>
              {description && <Base.Description className="text-fg-2">{description}</Base.Description>}
            </div>
            {children}
            {/* Last in the tab order: the focus starts at the first field. */}
            {dismissible && <OverlayClose />}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}

export const backdropClass =
  "fixed inset-0 z-50 bg-(--scrim) transition-opacity duration-(--motion-popover) ease-standard data-ending-style:opacity-0 data-starting-style:opacity-0 data-ending-style:duration-[calc(var(--motion-popover)*0.7)]";

/** The cross in the corner of a dialog or sheet. */
export function OverlayClose() {
  return (
    <Base.Close
      render={
        <IconButton
          label="Close"
          className="absolute! top-1 right-1 sm:top-2.5 sm:right-3"
          icon={<X aria-hidden className="size-4" strokeWidth={1.75} />}
        />
      }
    />
  );
}
