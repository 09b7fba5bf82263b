import { Toast as Base } from "@base-ui/react/toast";
import { clsx } from "clsx";
import { CircleCheck, Info, OctagonAlert, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { IconButton } from "./IconButton";
import type { ToastContent } from "./Toast";

const shownFor = 6000;

/** Where toasts are shown; it is loaded with the first one. `toasts` are all that there were. */
export function ToastViewport({ toasts }: { toasts: readonly ToastContent[] }) {
  const [manager] = useState(() => Base.createToastManager());
  const shown = useRef(0);
  useEffect(() => {
    for (const { title, description, tone = "ok", action } of toasts.slice(shown.current)) {
      const id = manager.add({
        title,
        description,
        type: tone,
        timeout: tone === "bad" ? 0 : shownFor,
        ...(action && {
          actionProps: {
            children: action.label,
            onClick: () => {
              manager.close(id);
              action.onClick();
            },
          },
        }),
      });
    }
    shown.current = toasts.length;
  }, [manager, toasts]);
  return (
    <Base.Provider toastManager={manager} limit={3}>
      <Base.Portal>
        <Base.Viewport className="fixed inset-x-4 bottom-[calc(4.5rem+env(safe-area-inset-bottom))] z-70 grid gap-2 outline-none sm:right-4 sm:bottom-4 sm:left-auto sm:w-90">
          <Toasts />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  );
}

const icons: Record<string, React.ReactNode> = {
  ok: <CircleCheck aria-hidden className="size-4 shrink-0 translate-y-0.5 text-ok" strokeWidth={1.75} />,
  bad: <OctagonAlert aria-hidden className="size-4 shrink-0 translate-y-0.5 text-bad" strokeWidth={1.75} />,
  info: <Info aria-hidden className="size-4 shrink-0 translate-y-0.5 text-info" strokeWidth={1.75} />,
};

function Toasts() {
  const { toasts, close } = Base.useToastManager();
  return toasts.map((toast) => (
    <Base.Root
      key={toast.id}
      toast={toast}
      swipeDirection="right"
      className={clsx(
        "flex items-start gap-2 rounded-card border border-border-2 bg-raised py-2.5 pr-2 pl-3 text-fg shadow-popover data-limited:hidden",
        "transition duration-(--motion-popover) ease-standard data-ending-style:opacity-0 data-starting-style:opacity-0 data-ending-style:duration-[calc(var(--motion-popover)*0.7)] motion-safe:data-starting-style:translate-y-2",
      )}
    >
      {icons[toast.type ?? "info"]}
      <div className="grid min-w-0 flex-1 gap-0.5 py-0.5">
        <Base.Title render={<div />} className="text-card" />
        <Base.Description render={<div />} className="text-fg-2 text-hint" />
      </div>
      {toast.actionProps && (
        <Base.Action className="min-h-6 shrink-0 cursor-pointer rounded-badge px-1 font-medium text-accent-fg hover:underline" />
      )}
      {/* Not the library's Close: that one hides itself while toasts are stacked, and these never are. */}
      <IconButton
        label="Close"
        size="tiny"
        icon={<X aria-hidden className="size-4 text-fg-3" strokeWidth={1.75} />}
        onClick={() => close(toast.id)}
      />
    </Base.Root>
  ));
}
