import type { DeviceWhereInput } from "../../gql/graphql";

/** Devices that an action is for: some by their identifiers, or all that matched a filter, but for some. */
export type Selection =
  | { ids: ReadonlySet<string> }
  | { where: DeviceWhereInput; matching: number; except: ReadonlySet<string> };

export const nothing: Selection = { ids: new Set() };

/** As many devices as the server takes one by one. */
export const mostIds = 1_000;

export function isSelected(selection: Selection, id: string): boolean {
  return "ids" in selection ? selection.ids.has(id) : !selection.except.has(id);
}

export function sizeOf(selection: Selection): number {
  return "ids" in selection ? selection.ids.size : Math.max(0, selection.matching - selection.except.size);
}

/** The selection with these devices in it, or without them. */
export function withDevices(selection: Selection, devices: readonly string[], selected: boolean): Selection {
  const changed = (set: ReadonlySet<string>, isIn: boolean) =>
    isIn ? new Set([...set, ...devices]) : new Set([...set].filter((id) => !devices.includes(id)));
  return "ids" in selection
    ? { ids: changed(selection.ids, selected) }
    : { ...selection, except: changed(selection.except, !selected) };
}

/** Why no action can take the selection; undefined when one can. */
export function tooMany(selection: Selection): string | undefined {
  const named = "ids" in selection ? selection.ids : selection.except;
  if (named.size <= mostIds) return undefined;
  return `At most ${mostIds.toLocaleString("en")} devices can be picked one by one: use filters, and select all that match`;
}

const mostInList = 500; // as many as a filter takes in one list

/** The selection as a filter. Of devices that were picked one by one, those that left ABM are left out. */
export function selectionWhere(selection: Selection): DeviceWhereInput {
  if ("ids" in selection) return { removedAtIsNil: true, ...oneOf([...selection.ids]) };
  const { where, except } = selection;
  return except.size === 0 ? where : { ...where, not: oneOf([...except]) };
}

function oneOf(ids: readonly string[]): DeviceWhereInput {
  if (ids.length <= mostInList) return { idIn: [...ids] };
  const lists = Array.from({ length: Math.ceil(ids.length / mostInList) }, (_, place) =>
    ids.slice(place * mostInList, (place + 1) * mostInList),
  );
  return { or: lists.map((idIn) => ({ idIn })) };
}

/** The selection as the server's inputs take it. */
export function selectionInput(selection: Selection) {
  return "ids" in selection
    ? { deviceIds: [...selection.ids] }
    : { where: selection.where, ...(selection.except.size > 0 && { exceptIds: [...selection.except] }) };
}

/**
 * The selection for a change to as many devices as somebody saw and agreed to. What the server expects to match are these, and those that
 * are left out.
 */
export function changeInput(selection: Selection, seen: number) {
  return {
    ...selectionInput(selection),
    ...("where" in selection && { expectedCount: seen + selection.except.size }),
  };
}
