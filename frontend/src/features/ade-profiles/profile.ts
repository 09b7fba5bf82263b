import { graphql } from "../../gql";
import type {
  AdeProfileContentFragment as ContentFields,
  AdeProfileEditorFragment as EditorFields,
  AdeProfileRowFragment as RowFields,
  AdeProfileVersionRowFragment as VersionFields,
} from "../../gql/graphql";

export const ContentFragment = graphql(`
  fragment AdeProfileContent on ADEProfileContent {
    isSupervised
    isMandatory
    isMdmRemovable
    awaitDeviceConfigured
    isMultiUser
    autoAdvanceSetup
    language
    region
    skipSetupItems
    department
    supportPhoneNumber
    supportEmailAddress
    orgMagic
    allowPairing
    anchorCerts
    supervisingHostCerts
    doNotUseProfileFromBackup
    isReturnToService
    configurationWebUrl
  }
`);

export type Content = Omit<ContentFields, " $fragmentName">;

/** A profile in the list. */
export const ProfileRowFragment = graphql(`
  fragment AdeProfileRow on ADEProfile {
    id
    name
    platforms
    deviceCount
    deviceCountAtApple
    updatedAt
    publishedVersion {
      id
      number
    }
    draft {
      isMandatory
    }
    deviceGroups {
      id
      name
    }
    defaults {
      id
      platform
    }
    ownDevices
    registrations {
      error {
        code
      }
    }
  }
`);

export type ProfileRow = RowFields;

export const ProfilesDocument = graphql(`
  query AdeProfiles($after: Cursor) {
    adeProfiles(first: 50, after: $after) {
      nodes {
        id
        ...AdeProfileRow
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

/** All that the editor shows of a profile. */
export const ProfileEditorFragment = graphql(`
  fragment AdeProfileEditor on ADEProfile {
    id
    name
    platforms
    minimumOS {
      platform
      version
    }
    otherMdm {
      id
    }
    publishedVersion {
      id
      number
      publishedAt
      publishedBy
      json
      content {
        ...AdeProfileContent
      }
    }
    draft {
      ...AdeProfileContent
    }
    warnings {
      field
      message
    }
    deviceGroups {
      id
      name
    }
    defaults {
      id
      platform
      abmToken {
        id
        name
      }
    }
    ownDevices
    registrations {
      abmToken {
        id
        name
      }
      version {
        id
        number
      }
      appleProfileUuid
      registeredAt
      url
      nextAttemptAt
      error {
        code
        message
        hint
      }
    }
  }
`);

export type Profile = EditorFields;

export const ProfileDocument = graphql(`
  query AdeProfile($id: ID!) {
    node(id: $id) {
      __typename
      ... on ADEProfile {
        id
        ...AdeProfileEditor
      }
    }
  }
`);

/** How many devices have the profile by the rules. */
export const ProfileDevicesDocument = graphql(`
  query AdeProfileDevices($id: ID!) {
    devices(first: 0, where: { adeProfileId: $id, removedAtIsNil: true }) {
      totalCount
    }
  }
`);

export const VersionRowFragment = graphql(`
  fragment AdeProfileVersionRow on ADEProfileVersion {
    id
    number
    publishedAt
    publishedBy
    json
  }
`);

export type Version = VersionFields;

/** What may be chosen where a profile is picked. */
export const NamedProfilesDocument = graphql(`
  query AdeProfileNames {
    adeProfiles(first: 200) {
      nodes {
        id
        name
        platforms
        publishedVersion {
          id
          number
        }
      }
    }
  }
`);
