import { graphql } from "../../gql";
import type {
  OtherMdmRequest,
  OtherMdmWebhookAuthentication,
  OtherMdmRowFragment as RowFields,
} from "../../gql/graphql";

/** An MDM server beside GuardMDM's own. */
export type OtherMdm = RowFields;

export const OtherMdmRowFragment = graphql(`
  fragment OtherMdmRow on OtherMDM {
    id
    name
    source
    url
    request
    hasAuthorization
    webhookAuthentication
    webhookUrl
    lastEventAt
    webhookRefusal {
      at
      code
      message
      count
    }
    profile {
      displayName
      serverUrl
    }
    adeProfiles {
      id
      name
    }
    enrolledDevices
  }
`);

export const OtherMdmsDocument = graphql(`
  query OtherMdms {
    otherMDMs {
      id
      ...OtherMdmRow
    }
  }
`);

/** What devices of a profile can enroll with. */
export const OtherMdmNamesDocument = graphql(`
  query OtherMdmNames {
    otherMDMs {
      id
      name
    }
  }
`);

export const CreateOtherMdmDocument = graphql(`
  mutation CreateOtherMDM($input: CreateOtherMDMInput!) {
    createOtherMDM(input: $input) {
      otherMdm {
        id
        ...OtherMdmRow
      }
      webhookSecret
      userErrors {
        field
        message
        hint
      }
    }
  }
`);

export const UpdateOtherMdmDocument = graphql(`
  mutation UpdateOtherMDM($input: UpdateOtherMDMInput!) {
    updateOtherMDM(input: $input) {
      otherMdm {
        id
        ...OtherMdmRow
      }
      userErrors {
        field
        message
        hint
      }
    }
  }
`);

/** What a server takes of a file at most. */
export const mostProfileBytes = 512 * 1024;

export const requestWords: Record<OtherMdmRequest, string> = {
  GET: "Nothing about the device",
  GET_WITH_HEADER: "Machine information, in a header",
  POST: "Machine information, as the device sent it",
};

export const authenticationWords: Record<OtherMdmWebhookAuthentication, string> = {
  HMAC: "Signature (NanoMDM)",
  BASIC: "Password (MicroMDM)",
};
