import { Popover as Base } from "@base-ui/react/popover";

type PopoverPopupProps = {
  anchor: HTMLElement;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  align: "start" | "center" | "end";
  children: React.ReactNode;
};

/** The part of a popover that is loaded when one is about to be opened. */
export function PopoverPopup({ anchor, open, onOpenChange, title, align, children }: PopoverPopupProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        <Base.Positioner
          anchor={anchor}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="z-60 outline-none"
        >
          <Base.Popup
            finalFocus={() => anchor}
            className="grid max-h-(--available-height) w-72 max-w-[calc(100vw-1rem)] content-start gap-2 overflow-y-auto rounded-card border border-border-2 bg-raised p-3 text-fg shadow-popover outline-none transition duration-(--motion-popover) ease-standard data-ending-style:opacity-0 data-starting-style:opacity-0 data-ending-style:duration-[calc(var(--motion-popover)*0.7)] motion-safe:data-ending-style:scale-98 motion-safe:data-starting-style:scale-98"
          >
            <Base.Title className="text-card">{title}</Base.Title>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
