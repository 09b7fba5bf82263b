import { useEffect, useRef } from "react";

/** Keys that do something, such as "/", "s" or "g d" for one after the other. */
export type Shortcuts = Record<string, () => void>;

const pause = 1_000; // between the two keys of a pair

/** Whether keys belong to what has the focus: a field, or a menu or dialog that is open. */
function isTaken(event: KeyboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : null;
  return (
    event.defaultPrevented ||
    event.ctrlKey ||
    event.metaKey ||
    event.altKey ||
    target?.closest("input, textarea, select, [contenteditable], [role=dialog], [role=menu], [role=listbox]") != null
  );
}

/** Single keys work while nothing takes text (WCAG 2.1.4: they can be turned off, see setShortcutsOff). */
export function useShortcuts(shortcuts: Shortcuts) {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    let first = "";
    let firstAt = 0;
    const onKey = (event: KeyboardEvent) => {
      if (isTaken(event) || shortcutsAreOff()) return;
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const pair = event.timeStamp - firstAt < pause ? latest.current[`${first} ${key}`] : undefined;
      const action = pair ?? latest.current[key];
      first = key;
      firstAt = event.timeStamp;
      if (!action) return;
      event.preventDefault();
      action();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
}

const key = "guardmdm.shortcuts";

export function shortcutsAreOff(): boolean {
  try {
    return localStorage.getItem(key) === "off";
  } catch {
    return false;
  }
}

export function setShortcutsOff(off: boolean) {
  try {
    if (off) localStorage.setItem(key, "off");
    else localStorage.removeItem(key);
  } catch {
    // Storage is forbidden: they stay on.
  }
}
