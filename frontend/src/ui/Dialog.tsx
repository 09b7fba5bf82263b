import { lazy, Suspense, useState } from "react";
import { loadPart } from "../lib/loadPart";

export type DialogFrameProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** The action with its object: "Remove Brightline Health". */
  title: string;
  description?: React.ReactNode;
  size?: 480 | 600 | 640;
  /** False while closing would lose work: Escape, a press outside and the cross do nothing. */
  dismissible?: boolean;
  children: React.ReactNode;
};

const DialogPopup = lazy(() =>
  loadPart(() => import("./DialogPopup")).then((module) => ({ default: module.DialogPopup })),
);

/** A modal dialog whose children are DialogBody and DialogFooter, perhaps inside of a form. */
export function DialogFrame(props: DialogFrameProps) {
  const [wasOpen, setWasOpen] = useState(props.open);
  if (props.open && !wasOpen) setWasOpen(true);
  if (!wasOpen) return null;
  return (
    <Suspense>
      <DialogPopup {...props} />
    </Suspense>
  );
}

/** The part of a dialog that scrolls. */
export function DialogBody({ children }: { children: React.ReactNode }) {
  return <div className="grid min-h-0 flex-1 content-start gap-4 overflow-y-auto px-5 pt-2 pb-5">{children}</div>;
}

/** The actions of a dialog: Cancel first, the verb of the title last. */
export function DialogFooter({ children }: { children: React.ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-end gap-2 border-border border-t px-5 py-3 max-sm:pb-[calc(0.75rem+env(safe-area-inset-bottom))]">
      {children}
    </div>
  );
}

export type DialogProps = DialogFrameProps & { footer?: React.ReactNode };

/** A modal dialog; on a phone it stands at the bottom, full width. The focus returns to where it was. */
export function Dialog({ footer, children, ...frame }: DialogProps) {
  return (
    <DialogFrame {...frame}>
      <DialogBody>{children}</DialogBody>
      {footer && <DialogFooter>{footer}</DialogFooter>}
    </DialogFrame>
  );
}
