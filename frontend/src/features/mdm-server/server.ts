import { graphql } from "../../gql";
import type {
  DeviceAuthorityFragment as AuthorityFields,
  IdentityAuthorityFragment as IdentityFields,
  ProfileMinimumOsFragment as MinimumOsFields,
  PushCertificateFragment as PushFields,
  MdmSettingsFragment as SettingsFields,
  SigningCertificateFragment as SigningFields,
} from "../../gql/graphql";

export type PushCertificate = PushFields;
export type Authority = AuthorityFields;
export type SigningCertificate = SigningFields;
export type MdmSettings = SettingsFields;
export type IdentityAuthority = IdentityFields;
export type ProfileMinimumOs = MinimumOsFields;

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

export const IdentityAuthorityFragment = graphql(`
  fragment IdentityAuthority on IdentityAuthority {
    fingerprint
    subject
    expiresAt
  }
`);

export const ProfileMinimumOsFragment = graphql(`
  fragment ProfileMinimumOs on ADEProfile {
    id
    name
    minimumOS {
      platform
      version
    }
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
    identityAuthorities {
      ...IdentityAuthority
    }
    publicUrl {
      url
    }
    adeProfiles(first: 200) {
      nodes {
        ...ProfileMinimumOs
      }
    }
    instance {
      simulatedDevicesEnroll
    }
  }
`);
