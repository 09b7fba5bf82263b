import { graphql } from "../../gql/gql";

export const SyncRunFragment = graphql(`
  fragment SyncRun on SyncRun {
    id
    abmTokenId
    status
    phase
    trigger
    full
    pages
    devicesSeen
    added
    modified
    removed
    requests
    retries
    throttleWaits
    throttleSeconds
    bytesReceived
    compared
    missingHere
    missingAtApple
    changedUnannounced
    heldRemovals
    devicesPerSecond
    startedAt
    updatedAt
    finishedAt
    requestedBy
    phases {
      phase
      at
    }
    error {
      code
      message
      hint
    }
  }
`);

export const SyncProgressDocument = graphql(`
  subscription SyncProgress {
    syncProgress {
      ...SyncRun
    }
  }
`);

export const StartSyncDocument = graphql(`
  mutation StartSync($input: StartSyncInput!) {
    startSync(input: $input) {
      syncRun {
        ...SyncRun
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

export const CancelSyncDocument = graphql(`
  mutation CancelSync($input: CancelSyncInput!) {
    cancelSync(input: $input) {
      syncRun {
        ...SyncRun
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
