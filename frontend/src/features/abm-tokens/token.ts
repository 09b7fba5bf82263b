import { graphql } from "../../gql";
import type { TokenExchangeFragment as Fields } from "../../gql/graphql";

/** What the steps of an exchange need to know of their token. */
export type ExchangedToken = Fields;

export const TokenExchangeFragment = graphql(`
  fragment TokenExchange on ABMToken {
    id
    name
    state
    expiresAt
    serverName
    adminId
    orgName
    orgId
    certificatePEM
    certificateSha256
    renewalStarted
  }
`);

export const TokenToExchangeDocument = graphql(`
  query TokenToExchange($id: ID!) {
    node(id: $id) {
      __typename
      ... on ABMToken {
        ...TokenExchange
      }
    }
  }
`);

export const GenerateTokenDocument = graphql(`
  mutation GenerateABMToken($input: GenerateABMTokenInput!) {
    generateABMToken(input: $input) {
      abmToken {
        id
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

export const UploadServerTokenDocument = graphql(`
  mutation UploadABMServerToken($input: UploadABMServerTokenInput!) {
    uploadABMServerToken(input: $input) {
      abmToken {
        ...TokenExchange
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
