import { graphql } from "../../gql";
import type { AssignmentBatchFieldsFragment as Fields } from "../../gql/graphql";

/** One act that changes what devices have at Apple. */
export type Batch = Fields;

export const AssignmentBatchFragment = graphql(`
  fragment AssignmentBatchFields on AssignmentBatch {
    id
    cause
    status
    title
    requestedBy
    devices
    counted
    total
    succeeded
    failed
    createdAt
    updatedAt
    finishedAt
  }
`);

export const AssignmentProgressDocument = graphql(`
  subscription AssignmentProgress($batchId: ID!) {
    assignmentProgress(batchId: $batchId) {
      ...AssignmentBatchFields
    }
  }
`);

const causes: Readonly<Record<string, string>> = {
  ASSIGN: "Profile assigned",
  UNASSIGN: "Own profiles removed",
  CLEAR: "Profiles taken away",
  GROUP: "Group changed",
  DEFAULT: "OS default changed",
  PUBLISH: "Profile changed",
  MODE: "Enforcing began",
  UNDO: "Taken back",
  DISOWN: "Released for good",
};

/** What was done, in words; one that is not known is its own word. */
export function causeWord(cause: string): string {
  return Object.hasOwn(causes, cause) ? (causes[cause] ?? cause) : cause;
}

/** Devices that Apple was not told of yet. */
export function waitingOf({ total, succeeded, failed }: Pick<Batch, "total" | "succeeded" | "failed">): number {
  return Math.max(0, total - succeeded - failed);
}

/** Whether its devices can get their own choices back. */
export function isUndoable({ cause, status }: Batch): boolean {
  return status !== "RUNNING" && (cause === "ASSIGN" || cause === "UNASSIGN" || cause === "CLEAR");
}
