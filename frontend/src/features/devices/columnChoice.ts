import { type DeviceSearch, sortedBy } from "./filter";

/** The columns besides the serial number, which is always there, by their names. */
export const columnNames = {
  model: "Model",
  platform: "Platform",
  profile: "ADE profile",
  assignment: "Assignment",
  enrollment: "Enrollment",
  organization: "ABM organization",
  assetTag: "Asset tag",
  color: "Colour",
  deviceFamily: "Family",
  assigned: "Assigned in ABM",
  assignedBy: "Assigned by",
  removed: "Removed",
  deadline: "Migrates by",
  added: "Added",
  changed: "Changed",
} as const;

export type ColumnId = keyof typeof columnNames;

export const columnIds = Object.keys(columnNames) as ColumnId[];

type Choice = {
  status: DeviceSearch["status"];
  /** How many organizations the devices can be of. */
  organizations: number;
  /** Whether the list is about devices that migrate from another MDM. */
  deadlines?: boolean;
  /** As the URL has them: identifiers with commas between them. */
  cols: string | undefined;
};

/** The columns that are shown, in their order, and whether somebody chose them. Identifiers that are not known are left out. */
export function chosenColumns({ cols, ...table }: Choice): { ids: readonly ColumnId[]; chosen: boolean } {
  if (cols === undefined) return { ids: usualColumns(table), chosen: false };
  const named = cols.split(",");
  return { ids: [...new Set(named)].filter((id): id is ColumnId => Object.hasOwn(columnNames, id)), chosen: true };
}

/** The columns that tell something: one organization needs no name, and what is in ABM was not removed. */
export function usualColumns({ status, organizations, deadlines = false }: Omit<Choice, "cols">): readonly ColumnId[] {
  return [
    "model",
    "platform",
    "profile",
    "assignment",
    "enrollment",
    ...(organizations > 1 ? ["organization" as const] : []),
    ...(status === undefined ? [] : ["removed" as const]),
    ...(deadlines ? ["deadline" as const] : []),
    "added",
    "changed",
  ];
}

/** Whether a search is about devices that migrate: by their notes, or in the order of their deadlines. */
export function listsDeadlines({ note, sort }: Pick<DeviceSearch, "note" | "sort">): boolean {
  return note === "migration" || note === "unawaited" || sortedBy({ sort }) === "deadline";
}

/** The choice as the URL has it; undefined for the usual columns, which need no words. */
export function colsOf(ids: readonly ColumnId[], usual: readonly ColumnId[]): string | undefined {
  const cols = ids.join(",");
  return cols === usual.join(",") ? undefined : cols;
}

/** The columns with one of them a place further on (1) or back (-1). */
export function moved(ids: readonly ColumnId[], id: ColumnId, step: 1 | -1): readonly ColumnId[] {
  const from = ids.indexOf(id);
  const to = from + step;
  if (from < 0 || to < 0 || to >= ids.length) return ids;
  return ids.toSpliced(from, 1).toSpliced(to, 0, id);
}
