import { useSyncExternalStore } from "react";
import { store, stored } from "./stored";

export type Theme = "system" | "light" | "dark";

const name = "theme";
const listeners = new Set<() => void>();

function chosen(): Theme {
  const value = stored(name);
  return value === "light" || value === "dark" ? value : "system";
}

/** Shows the page in the theme that was chosen on this browser. */
export function applyTheme(theme: Theme = chosen()) {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

export function setTheme(theme: Theme) {
  store(name, theme === "system" ? null : theme);
  applyTheme(theme);
  for (const listener of listeners) listener();
}

export function useTheme(): Theme {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, chosen);
}
