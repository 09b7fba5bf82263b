import { useEffect, useRef } from "react";
import { store, stored } from "./stored";

/** Keys that do something, such as "/", "s" or "g d" for one after the other. */
export type Shortcuts = Record<string, () => void>;

const pause = 1_000; // between the two keys of a pair

/** Whether keys belong to what has the focus: a field that takes text, or a menu or dialog that is open. */
function isTaken(event: KeyboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : null;
  return (
    event.defaultPrevented ||
    event.ctrlKey ||
    event.metaKey ||
    event.altKey ||
    target?.closest(
      "input:not([type=checkbox]), textarea, select, [contenteditable], [role=dialog], [role=menu], [role=listbox]",
    ) != null
  );
}

/** What has shortcuts now; what came last comes first. */
const registered: { current: Shortcuts }[] = [];

function actionOf(keys: string): (() => void) | undefined {
  return registered.findLast(({ current }) => current[keys])?.current[keys];
}

let first = { key: "", at: Number.NEGATIVE_INFINITY };

/** The second key of a pair. It is heard before what has the focus, so that "g o" does not open the row of a table. */
function onSecondKey(event: KeyboardEvent) {
  const { key, at } = first;
  first = { key: "", at };
  if (key === "" || event.timeStamp - at > pause || isTaken(event) || shortcutsAreOff()) return;
  run(event, `${key} ${keyOf(event)}`);
}

function onKey(event: KeyboardEvent) {
  if (isTaken(event) || shortcutsAreOff()) return;
  first = { key: keyOf(event), at: event.timeStamp };
  run(event, first.key);
}

function keyOf({ key }: KeyboardEvent): string {
  return key.length === 1 ? key.toLowerCase() : key;
}

function run(event: KeyboardEvent, keys: string) {
  const action = actionOf(keys);
  if (!action) return;
  event.preventDefault();
  event.stopPropagation();
  action();
}

function register(shortcuts: { current: Shortcuts }) {
  if (registered.length === 0) {
    addEventListener("keydown", onSecondKey, true);
    addEventListener("keydown", onKey);
  }
  registered.push(shortcuts);
  return () => {
    registered.splice(registered.indexOf(shortcuts), 1);
    if (registered.length > 0) return;
    removeEventListener("keydown", onSecondKey, true);
    removeEventListener("keydown", onKey);
  };
}

/**
 * Single keys work while nothing takes text (WCAG 2.1.4: they can be turned off, see setShortcutsOff). All components share
 * one listener: a pair of one wins over a single key of another.
 */
export function useShortcuts(shortcuts: Shortcuts) {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => register(latest), []);
}

const name = "shortcuts";

export function shortcutsAreOff(): boolean {
  return stored(name) === "off";
}

export function setShortcutsOff(off: boolean) {
  store(name, off ? "off" : null);
}
