import { graphql } from "../../gql";
import type {
  DeviceAuthorityFragment as AuthorityFields,
  PushCertificateFragment as PushFields,
  MdmSettingsFragment as SettingsFields,
  SigningCertificateFragment as SigningFields,
} from "../../gql/graphql";

export type PushCertificate = PushFields;
export type Authority = AuthorityFields;
export type SigningCertificate = SigningFields;
export type MdmSettings = SettingsFields;

export const PushCertificateFragment = graphql(`
  fragment PushCertificate on PushCertificate {
    topic
    subject
    appleAccount
    notAfter
    uploadedAt
    state
    stateReason {
      message
      hint
    }
  }
`);

export const AuthorityFragment = graphql(`
  fragment DeviceAuthority on DeviceCertificateAuthority {
    id
    source
    fingerprint
    subject
    issuer
    expiresAt
    refusedRequests
    claimedSerialNumber
    lastSeenAt
    pinnedAt
    pinnedBy
  }
`);

export const SigningFragment = graphql(`
  fragment SigningCertificate on EnrollmentSigningCertificate {
    subject
    issuer
    expiresAt
    isExpired
    uploadedAt
  }
`);

export const SettingsFragment = graphql(`
  fragment MdmSettings on MDMSettings {
    firstCommands
    possibleFirstCommands
    releaseAfterSeconds
  }
`);

/** How this server manages devices. */
export const MdmServerDocument = graphql(`
  query MdmServer {
    pushCertificate {
      ...PushCertificate
    }
    deviceCAs {
      ...DeviceAuthority
    }
    enrollmentSigningCertificate {
      ...SigningCertificate
    }
    mdmSettings {
      ...MdmSettings
    }
    instance {
      simulatedDevicesEnroll
    }
  }
`);
