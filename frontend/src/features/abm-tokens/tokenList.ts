import { graphql } from "../../gql";
import type { TokenCardFragment as Fields } from "../../gql/graphql";

export type ListedToken = Fields;

export const TokenCardFragment = graphql(`
  fragment TokenCard on ABMToken {
    id
    name
    state
    expiresAt
    serverName
    adminId
    orgName
    orgId
    createdAt
    lastSyncedAt
    nextSyncAt
    deviceCount
    assignmentMode
    heldRemovals
    heldAt
    renewalStarted
    stateReason {
      message
      hint
    }
  }
`);

export const AbmTokensDocument = graphql(`
  query AbmTokens($after: Cursor) {
    abmTokens(first: 50, after: $after) {
      nodes {
        id
        ...TokenCard
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const CheckTokenDocument = graphql(`
  mutation CheckABMToken($input: CheckABMTokenInput!) {
    checkABMToken(input: $input) {
      abmToken {
        id
        state
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

export const DeleteTokenDocument = graphql(`
  mutation DeleteABMToken($input: DeleteABMTokenInput!) {
    deleteABMToken(input: $input) {
      devicesRemoved
      userErrors {
        field
        message
        hint
        code
      }
    }
  }
`);
