import type { AuditEntryWhereInput } from "../../gql/graphql";

/** The filter as the page's address has it. */
export type AuditFilter = {
  actor?: string | undefined;
  action?: string | undefined;
  object?: string | undefined;
};

/** Stands in `actor` for whoever has no identifier: GuardMDM itself, and the command line. */
export const withoutAccount = "system";

export function whereOf({ actor, action, object }: AuditFilter): AuditEntryWhereInput {
  return {
    ...(actor && (actor === withoutAccount ? { actorIdIsNil: true } : { actorId: actor })),
    ...(action && { action }),
    ...(object && { objectId: object }),
  };
}
