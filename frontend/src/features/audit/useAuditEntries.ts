import { readFragment } from "../../gql";
import type { AuditEntriesQuery, AuditEntryWhereInput } from "../../gql/graphql";
import { rowsOf, useNewestFirst } from "../../graphql/useNewestFirst";
import { AuditEntriesDocument, AuditEntryFragment } from "./entry";

const entriesOf = ({ auditEntries: { nodes, pageInfo } }: AuditEntriesQuery) =>
  rowsOf(
    nodes.map((node) => readFragment(AuditEntryFragment, node)),
    pageInfo,
  );

/** The entries that match, newest first. For another filter it needs another component (a key). */
export function useAuditEntries(where: AuditEntryWhereInput) {
  return useNewestFirst(AuditEntriesDocument, { where }, entriesOf);
}
