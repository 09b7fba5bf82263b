import { graphql } from "../../gql";
import type { CommandBatch } from "./batch";

export const ResendCommandDocument = graphql(`
  mutation ResendCommand($input: ResendCommandInput!) {
    resendCommand(input: $input) {
      commandBatch {
        ...CommandBatchFields
      }
      userErrors {
        field
        message
        hint
        code
      }
    }
  }
`);

/** The devices of a batch in one state, by their serial numbers. */
export const ResendSerialsDocument = graphql(`
  query ResendSerials($batchId: ID!, $status: MDMCommandStatus!, $after: Cursor) {
    mdmCommands(commandBatchId: $batchId, status: $status, first: 200, after: $after) {
      nodes {
        id
        device {
          id
          serialNumber
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

/** Devices that are done with the command and did not do it: they get it again. */
export const notDoneOf = ({ counts: { failed, canceled, dropped } }: CommandBatch) => failed + canceled + dropped;

/** Devices that have it still to do: they are asked to call once more. */
export const openOf = ({ counts: { queued, sent, notNow } }: CommandBatch) => queued + sent + notNow;
