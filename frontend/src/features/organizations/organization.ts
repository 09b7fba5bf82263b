import { graphql } from "../../gql/gql";

/** What every page knows of an ABM token: each stands for one organization. */
export const OrganizationFragment = graphql(`
  fragment Organization on ABMToken {
    id
    name
    orgName
    state
    expiresAt
    lastSyncedAt
    nextSyncAt
    deviceCount
    heldRemovals
    heldAt
    stateReason {
      message
      hint
    }
    lastRun {
      ...SyncRun
    }
    lastFullRun {
      id
      devicesSeen
      startedAt
      finishedAt
    }
  }
`);

export const OrganizationsDocument = graphql(`
  query Organizations {
    abmTokens(first: 200) {
      nodes {
        ...Organization
      }
    }
  }
`);
