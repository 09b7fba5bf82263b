import { graphql } from "../../gql";
import type { AuditEntryFieldsFragment } from "../../gql/graphql";

export const AuditEntryFragment = graphql(`
  fragment AuditEntryFields on AuditEntry {
    id
    at
    actorKind
    actorId
    actorName
    action
    objectId
    objectName
    before
    after
    requestId
    remoteAddress
  }
`);

export const AuditEntriesDocument = graphql(`
  query AuditEntries($where: AuditEntryWhereInput, $after: Cursor) {
    auditEntries(first: 50, where: $where, after: $after) {
      nodes {
        ...AuditEntryFields
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export type Entry = AuditEntryFieldsFragment;
