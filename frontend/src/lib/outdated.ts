import { useSyncExternalStore } from "react";

/*
 * Whether this page is of another build than the server: it was open while GuardMDM was upgraded. Its requests may be refused, and the
 * parts that it has not loaded are gone.
 */
let outdated = false;
const listeners = new Set<() => void>();

/** The server does not know what this page asks for, or no longer has a part of it. */
export function markOutdated() {
  outdated = true;
  for (const listener of listeners) listener();
}

export function isOutdated(): boolean {
  return outdated;
}

export function useOutdated(): boolean {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, isOutdated);
}

/** The script that a page begins with: its name differs from build to build. */
function entryOf(page: Document): string | null {
  return page.querySelector('script[src^="/assets/"]')?.getAttribute("src") ?? null;
}

/** Looks whether the server gives out another build by now. One that does not answer says nothing. */
export async function checkBuild(): Promise<void> {
  if (outdated) return;
  try {
    const answer = await fetch("/", { cache: "no-store", headers: { Accept: "text/html" } });
    if (!answer.ok) return;
    const now = entryOf(new DOMParser().parseFromString(await answer.text(), "text/html"));
    if (now && now !== entryOf(document)) markOutdated();
  } catch {
    // it is away again
  }
}

const typed = { on: "" };

/** Remembers where something was typed: what was is lost with the page. A search is in the address. */
export function watchTyping() {
  addEventListener("input", ({ target }) => {
    if (target instanceof HTMLElement && !target.closest("search, [type=search]")) typed.on = location.pathname;
  });
}

/** Whether the page can begin anew without taking anything from whoever sits before it. */
export function canReload(): boolean {
  if (typed.on === location.pathname) return false;
  if (document.querySelector("[role=dialog], [role=alertdialog], [role=menu], [role=listbox]")) return false;
  return !document.activeElement?.matches(
    "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]",
  );
}

const name = "reloaded";
const again = 10 * 60_000;

/** Begins anew with the server's build: once in a while, so that replicas of different builds do not have it reload without an end. */
export function reloadOnce() {
  try {
    if (Date.now() - Number(sessionStorage.getItem(name)) < again) return;
    sessionStorage.setItem(name, String(Date.now()));
  } catch {
    return; // storage is forbidden: nobody would know of the time before
  }
  location.reload();
}
