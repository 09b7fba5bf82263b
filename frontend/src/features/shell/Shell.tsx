import { useLocation, useNavigate, useRouter } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import { loadPart } from "../../lib/loadPart";
import { useShortcuts } from "../../lib/shortcuts";
import { loadOverlays } from "../../ui/overlays";
import { BottomBar } from "./BottomBar";
import { mainNavigation } from "./navigation";
import { Sidebar } from "./Sidebar";

const ShortcutsDialog = lazy(() =>
  loadPart(() => import("./ShortcutsDialog")).then((module) => ({ default: module.ShortcutsDialog })),
);

const Palette = lazy(() => loadPart(() => import("./Palette")).then((module) => ({ default: module.Palette })));

const afterFirstPage = { pages: 1_000, overlays: 3_000 };

/** Navigation, connection and banners around every page. */
export function Shell({ children }: { children: React.ReactNode }) {
  const navigate = useNavigate();
  const inSettings = useLocation({ select: (location) => location.pathname.startsWith("/settings") });
  const [collapsed, setCollapsed] = useState(false);
  const [helpOpen, setHelpOpen] = useState(false);
  const [searching, setSearching] = useState(false);
  const search = () => setSearching(true);
  useShortcuts({
    "g o": () => void navigate({ to: "/" }),
    "g d": () => void navigate({ to: "/devices" }),
    "g r": () => void navigate({ to: "/groups" }),
    "g p": () => void navigate({ to: "/profiles" }),
    "g e": () => void navigate({ to: "/defaults" }),
    "g s": () => void navigate({ to: "/sync" }),
    "g t": () => void navigate({ to: "/troubleshooting" }),
    "[": () => setCollapsed((now) => !now),
    "?": () => setHelpOpen(true),
  });
  useEffect(() => {
    // With Ctrl it is no single key: it works in fields too, and with the others turned off.
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey)
        return;
      event.preventDefault();
      setSearching((now) => !now);
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
  const router = useRouter();
  useEffect(() => {
    const timers = [
      setTimeout(loadOverlays, afterFirstPage.overlays),
      setTimeout(async () => {
        for (const { to } of mainNavigation.flatMap(({ items }) => items)) {
          const route = router.routesByPath[to];
          // Whoever goes there tries again.
          if (route) await Promise.resolve(router.loadRouteChunk(route)).catch(() => {});
        }
      }, afterFirstPage.pages),
    ];
    return () => timers.forEach(clearTimeout);
  }, [router]);
  return (
    <div className="flex min-h-dvh">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-control focus:bg-ink focus:px-3 focus:py-2 focus:text-on-ink"
      >
        Skip to the content
      </a>
      <Sidebar collapsed={collapsed} inSettings={inSettings} onSearch={search} onHelp={() => setHelpOpen(true)} />
      <div className="flex h-dvh min-w-0 flex-1 flex-col scroll-pt-14 overflow-y-auto overscroll-contain scroll-pb-[calc(4rem+env(safe-area-inset-bottom))] pb-[calc(3.5rem+env(safe-area-inset-bottom))] sm:pb-0">
        {children}
      </div>
      <BottomBar onSearch={search} onHelp={() => setHelpOpen(true)} />
      {searching && (
        <Suspense>
          <Palette onClose={() => setSearching(false)} onHelp={() => setHelpOpen(true)} />
        </Suspense>
      )}
      {helpOpen && (
        <Suspense>
          <ShortcutsDialog open onOpenChange={setHelpOpen} />
        </Suspense>
      )}
    </div>
  );
}
