/** Rows that follow on each other and have a label in common. */
export type Group<Row> = { label: string; rows: Row[] };

/** Divides rows, which are in order, where their label changes: into days, such as "Today, Thursday 17 September". */
export function grouped<Row>(rows: readonly Row[], labelOf: (row: Row) => string): Group<Row>[] {
  const groups: Group<Row>[] = [];
  for (const row of rows) {
    const label = labelOf(row);
    const last = groups.at(-1);
    if (last?.label === label) last.rows.push(row);
    else groups.push({ label, rows: [row] });
  }
  return groups;
}
