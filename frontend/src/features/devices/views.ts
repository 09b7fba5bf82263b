import { useCallback, useMemo, useSyncExternalStore } from "react";
import { store, stored } from "../../lib/stored";
import type { DeviceSearch } from "./filter";

/** What a view keeps: filters, order, columns, and the organization if one was chosen. */
export type ViewSearch = DeviceSearch & { cols?: string | undefined; org?: string | undefined };

export type SavedView = { id: string; name: string; search: ViewSearch };

const kept = [
  "q",
  "platform",
  "status",
  "source",
  "assignment",
  "enrollment",
  "mdm",
  "profile",
  "group",
  "list",
  "note",
  "sort",
  "cols",
  "org",
] as const satisfies readonly (keyof ViewSearch)[];

/** What the URL has to lose before it shows a view. */
export const noView = Object.fromEntries(kept.filter((name) => name !== "org").map((name) => [name, undefined])) as {
  [Name in Exclude<(typeof kept)[number], "org">]: undefined;
};

/** Of what the URL holds, the part that a view keeps. */
export function viewSearchOf(search: ViewSearch): ViewSearch {
  return Object.fromEntries(kept.flatMap((name) => (search[name] === undefined ? [] : [[name, search[name]]])));
}

/** Whether the page shows a view as it was saved. A view without an organization is one of whichever is chosen. */
export function shows(view: ViewSearch, search: ViewSearch): boolean {
  return kept.every((name) => (name === "org" && view.org === undefined) || view[name] === search[name]);
}

/** The views that everybody has. */
export const builtInViews: readonly SavedView[] = [
  { id: "all", name: "All devices", search: {} },
  { id: "unassigned", name: "Unassigned", search: { source: "NONE" } },
  { id: "failed", name: "Failed", search: { assignment: "NOT_ACCESSIBLE" } },
];

export const mostViews = 12;
export const longestName = 40;

/** The views of one person in this browser. What is stored and cannot be read is left out. */
export function parseViews(text: string | null): readonly SavedView[] {
  try {
    const views: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(views) ? views.filter(isView).map((view) => ({ ...view, search: textsOf(view.search) })) : [];
  } catch {
    return [];
  }
}

function isView(view: unknown): view is SavedView {
  if (typeof view !== "object" || view === null) return false;
  const { id, name, search } = view as Record<string, unknown>;
  return typeof id === "string" && typeof name === "string" && typeof search === "object" && search !== null;
}

function textsOf(search: object): ViewSearch {
  return viewSearchOf(
    Object.fromEntries(Object.entries(search).filter(([, value]) => typeof value === "string")) as ViewSearch,
  );
}

const listeners = new Set<() => void>();

function subscribe(listener: () => void) {
  listeners.add(listener);
  addEventListener("storage", listener); // another tab
  return () => {
    listeners.delete(listener);
    removeEventListener("storage", listener);
  };
}

/** The views that a person saved, and what changes them. */
export function useViews(personId: string) {
  const name = `views.${personId}`;
  const text = useSyncExternalStore(subscribe, () => stored(name));
  const views = useMemo(() => parseViews(text), [text]);
  const write = useCallback(
    (next: readonly SavedView[]) => {
      store(name, next.length > 0 ? JSON.stringify(next) : null);
      for (const listener of listeners) listener();
    },
    [name],
  );
  return {
    views,
    add(view: Omit<SavedView, "id">): SavedView {
      const made = { ...view, id: newId(views) };
      write([...views, made]);
      return made;
    },
    change: (id: string, change: Partial<Omit<SavedView, "id">>) =>
      write(views.map((view) => (view.id === id ? { ...view, ...change } : view))),
    remove: (id: string) => write(views.filter((view) => view.id !== id)),
  };
}

/** Short, since the URL has it: v1, v2 and so on. */
function newId(views: readonly SavedView[]): string {
  const numbers = views.map(({ id }) => Number(/^v(\d+)$/.exec(id)?.[1] ?? 0));
  return `v${Math.max(0, ...numbers) + 1}`;
}

/** Why a view cannot have a name; undefined when it can. */
export function nameFlaw(name: string, views: readonly SavedView[], ownId?: string): string | undefined {
  const wanted = name.trim();
  if (wanted === "") return "Give the view a name.";
  if (wanted.length > longestName) return `A name has at most ${longestName} characters.`;
  const taken = [...builtInViews, ...views].some(
    ({ id, name: other }) => id !== ownId && other.toLowerCase() === wanted.toLowerCase(),
  );
  return taken ? `There is a view ${wanted} already.` : undefined;
}
