import { useLocation, useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useShortcuts } from "../../lib/shortcuts";
import { BottomBar } from "./BottomBar";
import { Sidebar } from "./Sidebar";

const ShortcutsDialog = lazy(() => import("./ShortcutsDialog").then((module) => ({ default: module.ShortcutsDialog })));

/** Navigation, connection and banners around every page. */
export function Shell({ children }: { children: React.ReactNode }) {
  const navigate = useNavigate();
  const inSettings = useLocation({ select: (location) => location.pathname.startsWith("/settings") });
  const [collapsed, setCollapsed] = useState(false);
  const [helpOpen, setHelpOpen] = useState(false);
  useShortcuts({
    "g o": () => void navigate({ to: "/" }),
    "g d": () => void navigate({ to: "/devices" }),
    "g s": () => void navigate({ to: "/sync" }),
    "[": () => setCollapsed((now) => !now),
    "?": () => setHelpOpen(true),
  });
  return (
    <div className="flex min-h-dvh">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-control focus:bg-ink focus:px-3 focus:py-2 focus:text-on-ink"
      >
        Skip to the content
      </a>
      <Sidebar collapsed={collapsed} inSettings={inSettings} onHelp={() => setHelpOpen(true)} />
      <div className="flex h-dvh min-w-0 flex-1 flex-col overflow-y-auto overscroll-contain pb-[calc(3.5rem+env(safe-area-inset-bottom))] sm:pb-0">
        {children}
      </div>
      <BottomBar onHelp={() => setHelpOpen(true)} />
      {helpOpen && (
        <Suspense>
          <ShortcutsDialog open onOpenChange={setHelpOpen} />
        </Suspense>
      )}
    </div>
  );
}
