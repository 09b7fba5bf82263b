import { createContext, lazy, Suspense, use, useMemo, useState } from "react";
import { loadPart } from "../lib/loadPart";

export type ToastContent = {
  title: string;
  description?: React.ReactNode;
  tone?: "ok" | "bad" | "info";
  action?: { label: string; onClick: () => void } | undefined;
};

export type Toaster = { show: (toast: ToastContent) => void };

const ToasterContext = createContext<Toaster | null>(null);

/** The toaster of the page. It stays the same, so that no effect runs again for it. */
export function useToast(): Toaster {
  const toaster = use(ToasterContext);
  if (!toaster) {
    throw new Error("useToast needs a ToastProvider above it");
  }
  return toaster;
}

const ToastViewport = lazy(() =>
  loadPart(() => import("./ToastViewport")).then((module) => ({ default: module.ToastViewport })),
);

/** Shows toasts bottom right, above the bottom bar of a phone: at most 3, for 6 s; errors stay. */
export function ToastProvider({ children }: { children: React.ReactNode }) {
  const [toasts, setToasts] = useState<readonly ToastContent[]>([]);
  const toaster = useMemo<Toaster>(() => ({ show: (toast) => setToasts((before) => [...before, toast]) }), []);
  return (
    <ToasterContext value={toaster}>
      {children}
      {toasts.length > 0 && (
        <Suspense>
          <ToastViewport toasts={toasts} />
        </Suspense>
      )}
    </ToasterContext>
  );
}
