import { useCallback, useSyncExternalStore } from "react";

/** Whether a media query holds. Where there are no media, as outside of browsers, none does. */
export function useMediaQuery(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const media = globalThis.matchMedia?.(query);
      media?.addEventListener("change", listener);
      return () => media?.removeEventListener("change", listener);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => globalThis.matchMedia?.(query).matches ?? false);
}

/** Under 640 px: tables become cards. */
export function useIsPhone(): boolean {
  return useMediaQuery("(width < 40rem)");
}

/** Under 1280 px: the sidebar keeps to icons. */
export function useIsBelowWide(): boolean {
  return useMediaQuery("(width < 80rem)");
}

/** The least important columns that there is room for: 3 from 1280 px on, 2 from 1024 px on, else 1. */
export function useColumnPriority(): 1 | 2 | 3 {
  const belowWide = useIsBelowWide();
  const belowLarge = useMediaQuery("(width < 64rem)");
  if (belowLarge) {
    return 1;
  }
  return belowWide ? 2 : 3;
}
