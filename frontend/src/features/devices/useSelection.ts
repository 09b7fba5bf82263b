import { createContext, useCallback, useMemo, useRef, useState } from "react";
import { rowAt } from "./rowPages";
import { isSelected, mostIds, nothing, type Selection, withDevices } from "./selection";
import type { DeviceList } from "./useDevicePages";

type DeviceSelection = {
  selection: Selection;
  set: (devices: readonly string[], selected: boolean) => void;
};

/** What the boxes of the rows read; null where nothing can be selected. */
export const SelectionContext = createContext<DeviceSelection | null>(null);

/** The devices that are here, as many as can be picked one by one. Of its own: it changes with each page of the list that comes, and no row with it. */
export const LoadedContext = createContext<readonly string[]>([]);

/** The devices that were picked in a list. Under another filter nothing is. */
export function useSelection({ snapshot, where }: Pick<DeviceList, "snapshot" | "where">) {
  const filter = JSON.stringify(where);
  const [kept, setKept] = useState({ filter, selection: nothing });
  const selection = kept.filter === filter ? kept.selection : nothing;
  const anchor = useRef(0);

  const set = useCallback(
    (devices: readonly string[], selected: boolean) =>
      setKept((now) => ({
        filter,
        selection: withDevices(now.filter === filter ? now.selection : nothing, devices, selected),
      })),
    [filter],
  );
  const loaded = useMemo(
    () => [...snapshot.pages.values()].flatMap((rows) => rows.map(({ id }) => id)).slice(0, mostIds),
    [snapshot.pages],
  );
  /** Picks the row or drops it; up to the row that was picked last, picks them all. */
  const check = (index: number, toLast: boolean) => {
    const row = rowAt(snapshot, index);
    if (!row) return;
    const [first, last] = toLast ? [Math.min(anchor.current, index), Math.max(anchor.current, index)] : [index, index];
    const rows = Array.from({ length: last - first + 1 }, (_, place) => rowAt(snapshot, first + place));
    set(
      rows.flatMap((one) => (one ? [one.id] : [])),
      toLast || !isSelected(selection, row.id),
    );
    anchor.current = index;
  };
  return {
    value: useMemo(() => ({ selection, set }), [selection, set]),
    loaded,
    selection,
    check,
    clear: () => setKept({ filter, selection: nothing }),
    /** Picks all that match, as many as they are now. */
    selectAll:
      snapshot.total === undefined
        ? undefined
        : () => setKept({ filter, selection: { where, matching: snapshot.total ?? 0, except: new Set() } }),
  };
}
