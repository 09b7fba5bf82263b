/* eslint-disable */
import * as types from './graphql';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  fragment TokenExchange on ABMToken {\n    id\n    name\n    state\n    expiresAt\n    serverName\n    adminId\n    orgName\n    orgId\n    certificatePEM\n    certificateSha256\n    renewalStarted\n  }\n": typeof types.TokenExchangeFragmentDoc,
    "\n  query TokenToExchange($id: ID!) {\n    node(id: $id) {\n      __typename\n      ... on ABMToken {\n        ...TokenExchange\n      }\n    }\n  }\n": typeof types.TokenToExchangeDocument,
    "\n  mutation GenerateABMToken($input: GenerateABMTokenInput!) {\n    generateABMToken(input: $input) {\n      abmToken {\n        id\n      }\n      userErrors {\n        field\n        message\n        hint\n        code\n      }\n    }\n  }\n": typeof types.GenerateAbmTokenDocument,
    "\n  mutation UploadABMServerToken($input: UploadABMServerTokenInput!) {\n    uploadABMServerToken(input: $input) {\n      abmToken {\n        ...TokenExchange\n      }\n      userErrors {\n        field\n        message\n        hint\n        code\n      }\n    }\n  }\n": typeof types.UploadAbmServerTokenDocument,
    "\n  fragment TokenCard on ABMToken {\n    id\n    name\n    state\n    expiresAt\n    serverName\n    adminId\n    orgName\n    orgId\n    createdAt\n    lastSyncedAt\n    nextSyncAt\n    deviceCount\n    heldRemovals\n    heldAt\n    renewalStarted\n    stateReason {\n      message\n      hint\n    }\n  }\n": typeof types.TokenCardFragmentDoc,
    "\n  query AbmTokens($after: Cursor) {\n    abmTokens(first: 50, after: $after) {\n      nodes {\n        id\n        ...TokenCard\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.AbmTokensDocument,
    "\n  mutation CheckABMToken($input: CheckABMTokenInput!) {\n    checkABMToken(input: $input) {\n      abmToken {\n        id\n        state\n      }\n      userErrors {\n        field\n        message\n        hint\n        code\n      }\n    }\n  }\n": typeof types.CheckAbmTokenDocument,
    "\n  mutation DeleteABMToken($input: DeleteABMTokenInput!) {\n    deleteABMToken(input: $input) {\n      deletedId\n      devicesRemoved\n      userErrors {\n        field\n        message\n        hint\n        code\n      }\n    }\n  }\n": typeof types.DeleteAbmTokenDocument,
    "\n  query ApiTokens($after: Cursor) {\n    apiTokens(first: 100, after: $after) {\n      nodes {\n        id\n        ...ApiToken\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.ApiTokensDocument,
    "\n  mutation CreateApiToken($input: CreateAPITokenInput!) {\n    createAPIToken(input: $input) {\n      apiToken {\n        id\n        ...ApiToken\n      }\n      secret\n      userErrors {\n        field\n        message\n        hint\n      }\n    }\n  }\n": typeof types.CreateApiTokenDocument,
    "\n  mutation RevokeApiToken($input: RevokeAPITokenInput!) {\n    revokeAPIToken(input: $input) {\n      apiToken {\n        id\n        ...ApiToken\n      }\n      userErrors {\n        message\n        hint\n      }\n    }\n  }\n": typeof types.RevokeApiTokenDocument,
    "\n  fragment ApiToken on APIToken {\n    id\n    name\n    role\n    hint\n    createdAt\n    createdBy\n    lastUsedAt\n    expiresAt\n    revokedAt\n  }\n": typeof types.ApiTokenFragmentDoc,
    "\n  query AuditActors {\n    users(first: 200) {\n      nodes {\n        id\n        name\n      }\n    }\n    apiTokens(first: 200) {\n      nodes {\n        id\n        name\n      }\n    }\n  }\n": typeof types.AuditActorsDocument,
    "\n  query AuditObject($id: ID!) {\n    auditEntries(first: 1, where: { objectId: $id }) {\n      nodes {\n        id\n        objectName\n      }\n    }\n  }\n": typeof types.AuditObjectDocument,
    "\n  fragment AuditEntryFields on AuditEntry {\n    id\n    at\n    actorKind\n    actorId\n    actorName\n    action\n    objectId\n    objectName\n    before\n    after\n    requestId\n    remoteAddress\n  }\n": typeof types.AuditEntryFieldsFragmentDoc,
    "\n  query AuditEntries($where: AuditEntryWhereInput, $after: Cursor) {\n    auditEntries(first: 50, where: $where, after: $after) {\n      nodes {\n        ...AuditEntryFields\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.AuditEntriesDocument,
    "\n  query DeviceDetails($serialNumber: String!) {\n    device(serialNumber: $serialNumber) {\n      id\n      serialNumber\n      model\n      description\n      color\n      assetTag\n      deviceFamily\n      os\n      platform\n      appleProfileUuid\n      appleProfileStatus\n      appleProfileAssignedAt\n      appleProfilePushedAt\n      deviceAssignedAt\n      deviceAssignedBy\n      mdmMigrationDeadline\n      addedAt\n      changedAt\n      removedAt\n      abmToken {\n        id\n        name\n        orgName\n      }\n    }\n  }\n": typeof types.DeviceDetailsDocument,
    "\n  query DeviceEvents($deviceId: ID!, $after: Cursor) {\n    deviceEvents(deviceId: $deviceId, first: 20, after: $after) {\n      nodes {\n        ...DeviceEventFields\n      }\n      pageInfo {\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n": typeof types.DeviceEventsDocument,
    "\n  fragment DeviceRow on Device {\n    id\n    serialNumber\n    model\n    color\n    assetTag\n    deviceFamily\n    platform\n    deviceAssignedAt\n    deviceAssignedBy\n    addedAt\n    changedAt\n    removedAt\n    abmToken {\n      id\n      name\n    }\n  }\n": typeof types.DeviceRowFragmentDoc,
    "\n  query DevicePage(\n    $after: Cursor\n    $first: Int\n    $before: Cursor\n    $last: Int\n    $orderBy: DeviceOrder\n    $where: DeviceWhereInput\n  ) {\n    devices(after: $after, first: $first, before: $before, last: $last, orderBy: $orderBy, where: $where) {\n      nodes {\n        ...DeviceRow\n      }\n      pageInfo {\n        startCursor\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n": typeof types.DevicePageDocument,
    "\n  query DeviceStep(\n    $after: Cursor\n    $first: Int\n    $before: Cursor\n    $last: Int\n    $orderBy: DeviceOrder\n    $where: DeviceWhereInput\n  ) {\n    devices(after: $after, first: $first, before: $before, last: $last, orderBy: $orderBy, where: $where) {\n      pageInfo {\n        startCursor\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n": typeof types.DeviceStepDocument,
    "\n  query DeviceCount($where: DeviceWhereInput) {\n    devices(first: 0, where: $where) {\n      totalCount\n    }\n  }\n": typeof types.DeviceCountDocument,
    "\n  query DevicesAgain($ids: [ID!]!, $before: Cursor, $orderBy: DeviceOrder, $where: DeviceWhereInput) {\n    shown: devices(first: 100, where: { idIn: $ids }) {\n      nodes {\n        ...DeviceRow\n      }\n    }\n    ahead: devices(before: $before, last: 200, orderBy: $orderBy, where: $where) {\n      nodes {\n        id\n      }\n    }\n  }\n": typeof types.DevicesAgainDocument,
    "\n  fragment DeviceEventFields on DeviceEvent {\n    id\n    kind\n    at\n    appleAt\n    changes\n    unannounced\n    syncRunId\n    abmTokenId\n  }\n": typeof types.DeviceEventFieldsFragmentDoc,
    "\n  mutation ConfirmHeldRemovals($input: ConfirmHeldRemovalsInput!) {\n    confirmHeldRemovals(input: $input) {\n      syncRun {\n        ...SyncRun\n      }\n      userErrors {\n        field\n        message\n        hint\n        code\n      }\n    }\n  }\n": typeof types.ConfirmHeldRemovalsDocument,
    "\n  fragment Organization on ABMToken {\n    id\n    name\n    orgName\n    state\n    expiresAt\n    lastSyncedAt\n    nextSyncAt\n    deviceCount\n    heldRemovals\n    heldAt\n    stateReason {\n      message\n      hint\n    }\n    lastRun {\n      ...SyncRun\n    }\n    lastFullRun {\n      id\n      devicesSeen\n      startedAt\n      finishedAt\n    }\n  }\n": typeof types.OrganizationFragmentDoc,
    "\n  query Organizations {\n    abmTokens(first: 200) {\n      nodes {\n        ...Organization\n      }\n    }\n  }\n": typeof types.OrganizationsDocument,
    "\n  fragment FleetTiles on FleetSummary {\n    devices\n    addedIn30Days\n    removed\n    removedIn30Days\n    platforms {\n      platform\n      devices\n      addedIn30Days\n    }\n  }\n": typeof types.FleetTilesFragmentDoc,
    "\n  query NewestDevices($where: DeviceWhereInput!) {\n    devices(first: 8, orderBy: { field: ADDED_AT, direction: DESC }, where: $where) {\n      nodes {\n        id\n        ...NewestDevice\n      }\n    }\n  }\n": typeof types.NewestDevicesDocument,
    "\n  fragment NewestDevice on Device {\n    serialNumber\n    model\n    platform\n    addedAt\n  }\n": typeof types.NewestDeviceFragmentDoc,
    "\n  fragment PlatformCard on FleetSummary {\n    platforms {\n      platform\n      devices\n      addedIn30Days\n    }\n  }\n": typeof types.PlatformCardFragmentDoc,
    "\n  query RecentRuns($where: SyncRunWhereInput) {\n    syncRuns(first: 48, where: $where) {\n      nodes {\n        ...RecentRun\n      }\n    }\n  }\n": typeof types.RecentRunsDocument,
    "\n  fragment RecentRun on SyncRun {\n    id\n    abmTokenId\n    status\n    full\n    added\n    modified\n    removed\n    startedAt\n    finishedAt\n    error {\n      code\n      message\n      hint\n    }\n  }\n": typeof types.RecentRunFragmentDoc,
    "\n  mutation AddUser($input: AddUserInput!) {\n    addUser(input: $input) {\n      user {\n        id\n        ...Person\n      }\n      linkPath\n      userErrors {\n        field\n        message\n        hint\n      }\n    }\n  }\n": typeof types.AddUserDocument,
    "\n  query People($after: Cursor) {\n    users(first: 100, after: $after) {\n      nodes {\n        id\n        ...Person\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.PeopleDocument,
    "\n  mutation ResetUser($input: ResetUserInput!) {\n    resetUser(input: $input) {\n      user {\n        id\n        ...Person\n      }\n      linkPath\n      userErrors {\n        message\n        hint\n      }\n    }\n  }\n": typeof types.ResetUserDocument,
    "\n  mutation RemoveUser($input: RemoveUserInput!) {\n    removeUser(input: $input) {\n      removedId\n      userErrors {\n        message\n        hint\n      }\n    }\n  }\n": typeof types.RemoveUserDocument,
    "\n  fragment Person on User {\n    id\n    name\n    email\n    role\n    status\n    linkExpiresAt\n    lastSeenAt\n  }\n": typeof types.PersonFragmentDoc,
    "\n  mutation UpdateUser($input: UpdateUserInput!) {\n    updateUser(input: $input) {\n      user {\n        id\n        ...Person\n      }\n      userErrors {\n        field\n        message\n        hint\n      }\n    }\n  }\n": typeof types.UpdateUserDocument,
    "\n  mutation ChangePassword($input: ChangePasswordInput!) {\n    changePassword(input: $input) {\n      userErrors {\n        field\n        message\n        hint\n      }\n    }\n  }\n": typeof types.ChangePasswordDocument,
    "\n  query JoinLink($code: String!) {\n    oneTimeLink(code: $code) {\n      purpose\n      email\n      name\n      expiresAt\n    }\n  }\n": typeof types.JoinLinkDocument,
    "\n  mutation RedeemLink($input: RedeemLinkInput!) {\n    redeemLink(input: $input) {\n      viewer {\n        name\n      }\n      userErrors {\n        field\n        message\n        hint\n      }\n    }\n  }\n": typeof types.RedeemLinkDocument,
    "\n  mutation SignIn($input: SignInInput!) {\n    signIn(input: $input) {\n      viewer {\n        name\n      }\n      userErrors {\n        message\n        hint\n      }\n    }\n  }\n": typeof types.SignInDocument,
    "\n  query Instance {\n    instance {\n      viewer {\n        id\n        name\n        email\n        role\n        sessionExpiresAt\n      }\n      version\n      serverTime\n      setupNeeded\n      isApple\n      simulatedPortalUrl\n      syncIntervalSeconds\n      syncPageSize\n    }\n  }\n": typeof types.InstanceDocument,
    "\n  mutation SignOut {\n    signOut {\n      userErrors {\n        message\n      }\n    }\n  }\n": typeof types.SignOutDocument,
    "\n  mutation SignOutEverywhere($input: SignOutEverywhereInput!) {\n    signOutEverywhere(input: $input) {\n      sessionsEnded\n      userErrors {\n        message\n        hint\n      }\n    }\n  }\n": typeof types.SignOutEverywhereDocument,
    "\n  mutation CreateFirstAdmin($input: CreateFirstAdminInput!) {\n    createFirstAdmin(input: $input) {\n      viewer {\n        name\n      }\n      userErrors {\n        field\n        message\n        hint\n      }\n    }\n  }\n": typeof types.CreateFirstAdminDocument,
    "\n  query SetupLink($code: String!) {\n    oneTimeLink(code: $code) {\n      purpose\n      expiresAt\n    }\n  }\n": typeof types.SetupLinkDocument,
    "\n  query SyncDifferences($syncRunId: ID!, $after: Cursor) {\n    syncDifferences(syncRunId: $syncRunId, first: 50, after: $after) {\n      nodes {\n        id\n        device {\n          id\n          serialNumber\n        }\n        ...DeviceEventFields\n      }\n      pageInfo {\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n": typeof types.SyncDifferencesDocument,
    "\n  fragment SyncRun on SyncRun {\n    id\n    abmTokenId\n    status\n    phase\n    trigger\n    full\n    pages\n    devicesSeen\n    added\n    modified\n    removed\n    requests\n    retries\n    throttleWaits\n    throttleSeconds\n    bytesReceived\n    compared\n    missingHere\n    missingAtApple\n    changedUnannounced\n    heldRemovals\n    devicesPerSecond\n    startedAt\n    updatedAt\n    finishedAt\n    requestedBy\n    phases {\n      phase\n      at\n    }\n    error {\n      code\n      message\n      hint\n    }\n  }\n": typeof types.SyncRunFragmentDoc,
    "\n  subscription SyncProgress {\n    syncProgress {\n      ...SyncRun\n    }\n  }\n": typeof types.SyncProgressDocument,
    "\n  mutation StartSync($input: StartSyncInput!) {\n    startSync(input: $input) {\n      syncRun {\n        ...SyncRun\n      }\n      userErrors {\n        field\n        message\n        hint\n        code\n      }\n    }\n  }\n": typeof types.StartSyncDocument,
    "\n  mutation CancelSync($input: CancelSyncInput!) {\n    cancelSync(input: $input) {\n      syncRun {\n        ...SyncRun\n      }\n      userErrors {\n        field\n        message\n        hint\n        code\n      }\n    }\n  }\n": typeof types.CancelSyncDocument,
    "\n  query SyncRuns($after: Cursor, $where: SyncRunWhereInput) {\n    syncRuns(first: 50, after: $after, where: $where) {\n      nodes {\n        ...SyncRun\n      }\n      pageInfo {\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n": typeof types.SyncRunsDocument,
    "\n  query SyncRun($id: ID!) {\n    node(id: $id) {\n      __typename\n      ... on SyncRun {\n        ...SyncRun\n      }\n    }\n  }\n": typeof types.SyncRunDocument,
    "\n  query FleetSummary($abmTokenId: ID) {\n    fleetSummary(abmTokenId: $abmTokenId) {\n      ...FleetTiles\n      ...PlatformCard\n    }\n  }\n": typeof types.FleetSummaryDocument,
};
const documents: Documents = {
    "\n  fragment TokenExchange on ABMToken {\n    id\n    name\n    state\n    expiresAt\n    serverName\n    adminId\n    orgName\n    orgId\n    certificatePEM\n    certificateSha256\n    renewalStarted\n  }\n": types.TokenExchangeFragmentDoc,
    "\n  query TokenToExchange($id: ID!) {\n    node(id: $id) {\n      __typename\n      ... on ABMToken {\n        ...TokenExchange\n      }\n    }\n  }\n": types.TokenToExchangeDocument,
    "\n  mutation GenerateABMToken($input: GenerateABMTokenInput!) {\n    generateABMToken(input: $input) {\n      abmToken {\n        id\n      }\n      userErrors {\n        field\n        message\n        hint\n        code\n      }\n    }\n  }\n": types.GenerateAbmTokenDocument,
    "\n  mutation UploadABMServerToken($input: UploadABMServerTokenInput!) {\n    uploadABMServerToken(input: $input) {\n      abmToken {\n        ...TokenExchange\n      }\n      userErrors {\n        field\n        message\n        hint\n        code\n      }\n    }\n  }\n": types.UploadAbmServerTokenDocument,
    "\n  fragment TokenCard on ABMToken {\n    id\n    name\n    state\n    expiresAt\n    serverName\n    adminId\n    orgName\n    orgId\n    createdAt\n    lastSyncedAt\n    nextSyncAt\n    deviceCount\n    heldRemovals\n    heldAt\n    renewalStarted\n    stateReason {\n      message\n      hint\n    }\n  }\n": types.TokenCardFragmentDoc,
    "\n  query AbmTokens($after: Cursor) {\n    abmTokens(first: 50, after: $after) {\n      nodes {\n        id\n        ...TokenCard\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.AbmTokensDocument,
    "\n  mutation CheckABMToken($input: CheckABMTokenInput!) {\n    checkABMToken(input: $input) {\n      abmToken {\n        id\n        state\n      }\n      userErrors {\n        field\n        message\n        hint\n        code\n      }\n    }\n  }\n": types.CheckAbmTokenDocument,
    "\n  mutation DeleteABMToken($input: DeleteABMTokenInput!) {\n    deleteABMToken(input: $input) {\n      deletedId\n      devicesRemoved\n      userErrors {\n        field\n        message\n        hint\n        code\n      }\n    }\n  }\n": types.DeleteAbmTokenDocument,
    "\n  query ApiTokens($after: Cursor) {\n    apiTokens(first: 100, after: $after) {\n      nodes {\n        id\n        ...ApiToken\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.ApiTokensDocument,
    "\n  mutation CreateApiToken($input: CreateAPITokenInput!) {\n    createAPIToken(input: $input) {\n      apiToken {\n        id\n        ...ApiToken\n      }\n      secret\n      userErrors {\n        field\n        message\n        hint\n      }\n    }\n  }\n": types.CreateApiTokenDocument,
    "\n  mutation RevokeApiToken($input: RevokeAPITokenInput!) {\n    revokeAPIToken(input: $input) {\n      apiToken {\n        id\n        ...ApiToken\n      }\n      userErrors {\n        message\n        hint\n      }\n    }\n  }\n": types.RevokeApiTokenDocument,
    "\n  fragment ApiToken on APIToken {\n    id\n    name\n    role\n    hint\n    createdAt\n    createdBy\n    lastUsedAt\n    expiresAt\n    revokedAt\n  }\n": types.ApiTokenFragmentDoc,
    "\n  query AuditActors {\n    users(first: 200) {\n      nodes {\n        id\n        name\n      }\n    }\n    apiTokens(first: 200) {\n      nodes {\n        id\n        name\n      }\n    }\n  }\n": types.AuditActorsDocument,
    "\n  query AuditObject($id: ID!) {\n    auditEntries(first: 1, where: { objectId: $id }) {\n      nodes {\n        id\n        objectName\n      }\n    }\n  }\n": types.AuditObjectDocument,
    "\n  fragment AuditEntryFields on AuditEntry {\n    id\n    at\n    actorKind\n    actorId\n    actorName\n    action\n    objectId\n    objectName\n    before\n    after\n    requestId\n    remoteAddress\n  }\n": types.AuditEntryFieldsFragmentDoc,
    "\n  query AuditEntries($where: AuditEntryWhereInput, $after: Cursor) {\n    auditEntries(first: 50, where: $where, after: $after) {\n      nodes {\n        ...AuditEntryFields\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.AuditEntriesDocument,
    "\n  query DeviceDetails($serialNumber: String!) {\n    device(serialNumber: $serialNumber) {\n      id\n      serialNumber\n      model\n      description\n      color\n      assetTag\n      deviceFamily\n      os\n      platform\n      appleProfileUuid\n      appleProfileStatus\n      appleProfileAssignedAt\n      appleProfilePushedAt\n      deviceAssignedAt\n      deviceAssignedBy\n      mdmMigrationDeadline\n      addedAt\n      changedAt\n      removedAt\n      abmToken {\n        id\n        name\n        orgName\n      }\n    }\n  }\n": types.DeviceDetailsDocument,
    "\n  query DeviceEvents($deviceId: ID!, $after: Cursor) {\n    deviceEvents(deviceId: $deviceId, first: 20, after: $after) {\n      nodes {\n        ...DeviceEventFields\n      }\n      pageInfo {\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n": types.DeviceEventsDocument,
    "\n  fragment DeviceRow on Device {\n    id\n    serialNumber\n    model\n    color\n    assetTag\n    deviceFamily\n    platform\n    deviceAssignedAt\n    deviceAssignedBy\n    addedAt\n    changedAt\n    removedAt\n    abmToken {\n      id\n      name\n    }\n  }\n": types.DeviceRowFragmentDoc,
    "\n  query DevicePage(\n    $after: Cursor\n    $first: Int\n    $before: Cursor\n    $last: Int\n    $orderBy: DeviceOrder\n    $where: DeviceWhereInput\n  ) {\n    devices(after: $after, first: $first, before: $before, last: $last, orderBy: $orderBy, where: $where) {\n      nodes {\n        ...DeviceRow\n      }\n      pageInfo {\n        startCursor\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n": types.DevicePageDocument,
    "\n  query DeviceStep(\n    $after: Cursor\n    $first: Int\n    $before: Cursor\n    $last: Int\n    $orderBy: DeviceOrder\n    $where: DeviceWhereInput\n  ) {\n    devices(after: $after, first: $first, before: $before, last: $last, orderBy: $orderBy, where: $where) {\n      pageInfo {\n        startCursor\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n": types.DeviceStepDocument,
    "\n  query DeviceCount($where: DeviceWhereInput) {\n    devices(first: 0, where: $where) {\n      totalCount\n    }\n  }\n": types.DeviceCountDocument,
    "\n  query DevicesAgain($ids: [ID!]!, $before: Cursor, $orderBy: DeviceOrder, $where: DeviceWhereInput) {\n    shown: devices(first: 100, where: { idIn: $ids }) {\n      nodes {\n        ...DeviceRow\n      }\n    }\n    ahead: devices(before: $before, last: 200, orderBy: $orderBy, where: $where) {\n      nodes {\n        id\n      }\n    }\n  }\n": types.DevicesAgainDocument,
    "\n  fragment DeviceEventFields on DeviceEvent {\n    id\n    kind\n    at\n    appleAt\n    changes\n    unannounced\n    syncRunId\n    abmTokenId\n  }\n": types.DeviceEventFieldsFragmentDoc,
    "\n  mutation ConfirmHeldRemovals($input: ConfirmHeldRemovalsInput!) {\n    confirmHeldRemovals(input: $input) {\n      syncRun {\n        ...SyncRun\n      }\n      userErrors {\n        field\n        message\n        hint\n        code\n      }\n    }\n  }\n": types.ConfirmHeldRemovalsDocument,
    "\n  fragment Organization on ABMToken {\n    id\n    name\n    orgName\n    state\n    expiresAt\n    lastSyncedAt\n    nextSyncAt\n    deviceCount\n    heldRemovals\n    heldAt\n    stateReason {\n      message\n      hint\n    }\n    lastRun {\n      ...SyncRun\n    }\n    lastFullRun {\n      id\n      devicesSeen\n      startedAt\n      finishedAt\n    }\n  }\n": types.OrganizationFragmentDoc,
    "\n  query Organizations {\n    abmTokens(first: 200) {\n      nodes {\n        ...Organization\n      }\n    }\n  }\n": types.OrganizationsDocument,
    "\n  fragment FleetTiles on FleetSummary {\n    devices\n    addedIn30Days\n    removed\n    removedIn30Days\n    platforms {\n      platform\n      devices\n      addedIn30Days\n    }\n  }\n": types.FleetTilesFragmentDoc,
    "\n  query NewestDevices($where: DeviceWhereInput!) {\n    devices(first: 8, orderBy: { field: ADDED_AT, direction: DESC }, where: $where) {\n      nodes {\n        id\n        ...NewestDevice\n      }\n    }\n  }\n": types.NewestDevicesDocument,
    "\n  fragment NewestDevice on Device {\n    serialNumber\n    model\n    platform\n    addedAt\n  }\n": types.NewestDeviceFragmentDoc,
    "\n  fragment PlatformCard on FleetSummary {\n    platforms {\n      platform\n      devices\n      addedIn30Days\n    }\n  }\n": types.PlatformCardFragmentDoc,
    "\n  query RecentRuns($where: SyncRunWhereInput) {\n    syncRuns(first: 48, where: $where) {\n      nodes {\n        ...RecentRun\n      }\n    }\n  }\n": types.RecentRunsDocument,
    "\n  fragment RecentRun on SyncRun {\n    id\n    abmTokenId\n    status\n    full\n    added\n    modified\n    removed\n    startedAt\n    finishedAt\n    error {\n      code\n      message\n      hint\n    }\n  }\n": types.RecentRunFragmentDoc,
    "\n  mutation AddUser($input: AddUserInput!) {\n    addUser(input: $input) {\n      user {\n        id\n        ...Person\n      }\n      linkPath\n      userErrors {\n        field\n        message\n        hint\n      }\n    }\n  }\n": types.AddUserDocument,
    "\n  query People($after: Cursor) {\n    users(first: 100, after: $after) {\n      nodes {\n        id\n        ...Person\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.PeopleDocument,
    "\n  mutation ResetUser($input: ResetUserInput!) {\n    resetUser(input: $input) {\n      user {\n        id\n        ...Person\n      }\n      linkPath\n      userErrors {\n        message\n        hint\n      }\n    }\n  }\n": types.ResetUserDocument,
    "\n  mutation RemoveUser($input: RemoveUserInput!) {\n    removeUser(input: $input) {\n      removedId\n      userErrors {\n        message\n        hint\n      }\n    }\n  }\n": types.RemoveUserDocument,
    "\n  fragment Person on User {\n    id\n    name\n    email\n    role\n    status\n    linkExpiresAt\n    lastSeenAt\n  }\n": types.PersonFragmentDoc,
    "\n  mutation UpdateUser($input: UpdateUserInput!) {\n    updateUser(input: $input) {\n      user {\n        id\n        ...Person\n      }\n      userErrors {\n        field\n        message\n        hint\n      }\n    }\n  }\n": types.UpdateUserDocument,
    "\n  mutation ChangePassword($input: ChangePasswordInput!) {\n    changePassword(input: $input) {\n      userErrors {\n        field\n        message\n        hint\n      }\n    }\n  }\n": types.ChangePasswordDocument,
    "\n  query JoinLink($code: String!) {\n    oneTimeLink(code: $code) {\n      purpose\n      email\n      name\n      expiresAt\n    }\n  }\n": types.JoinLinkDocument,
    "\n  mutation RedeemLink($input: RedeemLinkInput!) {\n    redeemLink(input: $input) {\n      viewer {\n        name\n      }\n      userErrors {\n        field\n        message\n        hint\n      }\n    }\n  }\n": types.RedeemLinkDocument,
    "\n  mutation SignIn($input: SignInInput!) {\n    signIn(input: $input) {\n      viewer {\n        name\n      }\n      userErrors {\n        message\n        hint\n      }\n    }\n  }\n": types.SignInDocument,
    "\n  query Instance {\n    instance {\n      viewer {\n        id\n        name\n        email\n        role\n        sessionExpiresAt\n      }\n      version\n      serverTime\n      setupNeeded\n      isApple\n      simulatedPortalUrl\n      syncIntervalSeconds\n      syncPageSize\n    }\n  }\n": types.InstanceDocument,
    "\n  mutation SignOut {\n    signOut {\n      userErrors {\n        message\n      }\n    }\n  }\n": types.SignOutDocument,
    "\n  mutation SignOutEverywhere($input: SignOutEverywhereInput!) {\n    signOutEverywhere(input: $input) {\n      sessionsEnded\n      userErrors {\n        message\n        hint\n      }\n    }\n  }\n": types.SignOutEverywhereDocument,
    "\n  mutation CreateFirstAdmin($input: CreateFirstAdminInput!) {\n    createFirstAdmin(input: $input) {\n      viewer {\n        name\n      }\n      userErrors {\n        field\n        message\n        hint\n      }\n    }\n  }\n": types.CreateFirstAdminDocument,
    "\n  query SetupLink($code: String!) {\n    oneTimeLink(code: $code) {\n      purpose\n      expiresAt\n    }\n  }\n": types.SetupLinkDocument,
    "\n  query SyncDifferences($syncRunId: ID!, $after: Cursor) {\n    syncDifferences(syncRunId: $syncRunId, first: 50, after: $after) {\n      nodes {\n        id\n        device {\n          id\n          serialNumber\n        }\n        ...DeviceEventFields\n      }\n      pageInfo {\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n": types.SyncDifferencesDocument,
    "\n  fragment SyncRun on SyncRun {\n    id\n    abmTokenId\n    status\n    phase\n    trigger\n    full\n    pages\n    devicesSeen\n    added\n    modified\n    removed\n    requests\n    retries\n    throttleWaits\n    throttleSeconds\n    bytesReceived\n    compared\n    missingHere\n    missingAtApple\n    changedUnannounced\n    heldRemovals\n    devicesPerSecond\n    startedAt\n    updatedAt\n    finishedAt\n    requestedBy\n    phases {\n      phase\n      at\n    }\n    error {\n      code\n      message\n      hint\n    }\n  }\n": types.SyncRunFragmentDoc,
    "\n  subscription SyncProgress {\n    syncProgress {\n      ...SyncRun\n    }\n  }\n": types.SyncProgressDocument,
    "\n  mutation StartSync($input: StartSyncInput!) {\n    startSync(input: $input) {\n      syncRun {\n        ...SyncRun\n      }\n      userErrors {\n        field\n        message\n        hint\n        code\n      }\n    }\n  }\n": types.StartSyncDocument,
    "\n  mutation CancelSync($input: CancelSyncInput!) {\n    cancelSync(input: $input) {\n      syncRun {\n        ...SyncRun\n      }\n      userErrors {\n        field\n        message\n        hint\n        code\n      }\n    }\n  }\n": types.CancelSyncDocument,
    "\n  query SyncRuns($after: Cursor, $where: SyncRunWhereInput) {\n    syncRuns(first: 50, after: $after, where: $where) {\n      nodes {\n        ...SyncRun\n      }\n      pageInfo {\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n": types.SyncRunsDocument,
    "\n  query SyncRun($id: ID!) {\n    node(id: $id) {\n      __typename\n      ... on SyncRun {\n        ...SyncRun\n      }\n    }\n  }\n": types.SyncRunDocument,
    "\n  query FleetSummary($abmTokenId: ID) {\n    fleetSummary(abmTokenId: $abmTokenId) {\n      ...FleetTiles\n      ...PlatformCard\n    }\n  }\n": types.FleetSummaryDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment TokenExchange on ABMToken {\n    id\n    name\n    state\n    expiresAt\n    serverName\n    adminId\n    orgName\n    orgId\n    certificatePEM\n    certificateSha256\n    renewalStarted\n  }\n"): (typeof documents)["\n  fragment TokenExchange on ABMToken {\n    id\n    name\n    state\n    expiresAt\n    serverName\n    adminId\n    orgName\n    orgId\n    certificatePEM\n    certificateSha256\n    renewalStarted\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query TokenToExchange($id: ID!) {\n    node(id: $id) {\n      __typename\n      ... on ABMToken {\n        ...TokenExchange\n      }\n    }\n  }\n"): (typeof documents)["\n  query TokenToExchange($id: ID!) {\n    node(id: $id) {\n      __typename\n      ... on ABMToken {\n        ...TokenExchange\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation GenerateABMToken($input: GenerateABMTokenInput!) {\n    generateABMToken(input: $input) {\n      abmToken {\n        id\n      }\n      userErrors {\n        field\n        message\n        hint\n        code\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation GenerateABMToken($input: GenerateABMTokenInput!) {\n    generateABMToken(input: $input) {\n      abmToken {\n        id\n      }\n      userErrors {\n        field\n        message\n        hint\n        code\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UploadABMServerToken($input: UploadABMServerTokenInput!) {\n    uploadABMServerToken(input: $input) {\n      abmToken {\n        ...TokenExchange\n      }\n      userErrors {\n        field\n        message\n        hint\n        code\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation UploadABMServerToken($input: UploadABMServerTokenInput!) {\n    uploadABMServerToken(input: $input) {\n      abmToken {\n        ...TokenExchange\n      }\n      userErrors {\n        field\n        message\n        hint\n        code\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment TokenCard on ABMToken {\n    id\n    name\n    state\n    expiresAt\n    serverName\n    adminId\n    orgName\n    orgId\n    createdAt\n    lastSyncedAt\n    nextSyncAt\n    deviceCount\n    heldRemovals\n    heldAt\n    renewalStarted\n    stateReason {\n      message\n      hint\n    }\n  }\n"): (typeof documents)["\n  fragment TokenCard on ABMToken {\n    id\n    name\n    state\n    expiresAt\n    serverName\n    adminId\n    orgName\n    orgId\n    createdAt\n    lastSyncedAt\n    nextSyncAt\n    deviceCount\n    heldRemovals\n    heldAt\n    renewalStarted\n    stateReason {\n      message\n      hint\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AbmTokens($after: Cursor) {\n    abmTokens(first: 50, after: $after) {\n      nodes {\n        id\n        ...TokenCard\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): (typeof documents)["\n  query AbmTokens($after: Cursor) {\n    abmTokens(first: 50, after: $after) {\n      nodes {\n        id\n        ...TokenCard\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CheckABMToken($input: CheckABMTokenInput!) {\n    checkABMToken(input: $input) {\n      abmToken {\n        id\n        state\n      }\n      userErrors {\n        field\n        message\n        hint\n        code\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation CheckABMToken($input: CheckABMTokenInput!) {\n    checkABMToken(input: $input) {\n      abmToken {\n        id\n        state\n      }\n      userErrors {\n        field\n        message\n        hint\n        code\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteABMToken($input: DeleteABMTokenInput!) {\n    deleteABMToken(input: $input) {\n      deletedId\n      devicesRemoved\n      userErrors {\n        field\n        message\n        hint\n        code\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation DeleteABMToken($input: DeleteABMTokenInput!) {\n    deleteABMToken(input: $input) {\n      deletedId\n      devicesRemoved\n      userErrors {\n        field\n        message\n        hint\n        code\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ApiTokens($after: Cursor) {\n    apiTokens(first: 100, after: $after) {\n      nodes {\n        id\n        ...ApiToken\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): (typeof documents)["\n  query ApiTokens($after: Cursor) {\n    apiTokens(first: 100, after: $after) {\n      nodes {\n        id\n        ...ApiToken\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateApiToken($input: CreateAPITokenInput!) {\n    createAPIToken(input: $input) {\n      apiToken {\n        id\n        ...ApiToken\n      }\n      secret\n      userErrors {\n        field\n        message\n        hint\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation CreateApiToken($input: CreateAPITokenInput!) {\n    createAPIToken(input: $input) {\n      apiToken {\n        id\n        ...ApiToken\n      }\n      secret\n      userErrors {\n        field\n        message\n        hint\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RevokeApiToken($input: RevokeAPITokenInput!) {\n    revokeAPIToken(input: $input) {\n      apiToken {\n        id\n        ...ApiToken\n      }\n      userErrors {\n        message\n        hint\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation RevokeApiToken($input: RevokeAPITokenInput!) {\n    revokeAPIToken(input: $input) {\n      apiToken {\n        id\n        ...ApiToken\n      }\n      userErrors {\n        message\n        hint\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ApiToken on APIToken {\n    id\n    name\n    role\n    hint\n    createdAt\n    createdBy\n    lastUsedAt\n    expiresAt\n    revokedAt\n  }\n"): (typeof documents)["\n  fragment ApiToken on APIToken {\n    id\n    name\n    role\n    hint\n    createdAt\n    createdBy\n    lastUsedAt\n    expiresAt\n    revokedAt\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AuditActors {\n    users(first: 200) {\n      nodes {\n        id\n        name\n      }\n    }\n    apiTokens(first: 200) {\n      nodes {\n        id\n        name\n      }\n    }\n  }\n"): (typeof documents)["\n  query AuditActors {\n    users(first: 200) {\n      nodes {\n        id\n        name\n      }\n    }\n    apiTokens(first: 200) {\n      nodes {\n        id\n        name\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AuditObject($id: ID!) {\n    auditEntries(first: 1, where: { objectId: $id }) {\n      nodes {\n        id\n        objectName\n      }\n    }\n  }\n"): (typeof documents)["\n  query AuditObject($id: ID!) {\n    auditEntries(first: 1, where: { objectId: $id }) {\n      nodes {\n        id\n        objectName\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment AuditEntryFields on AuditEntry {\n    id\n    at\n    actorKind\n    actorId\n    actorName\n    action\n    objectId\n    objectName\n    before\n    after\n    requestId\n    remoteAddress\n  }\n"): (typeof documents)["\n  fragment AuditEntryFields on AuditEntry {\n    id\n    at\n    actorKind\n    actorId\n    actorName\n    action\n    objectId\n    objectName\n    before\n    after\n    requestId\n    remoteAddress\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AuditEntries($where: AuditEntryWhereInput, $after: Cursor) {\n    auditEntries(first: 50, where: $where, after: $after) {\n      nodes {\n        ...AuditEntryFields\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): (typeof documents)["\n  query AuditEntries($where: AuditEntryWhereInput, $after: Cursor) {\n    auditEntries(first: 50, where: $where, after: $after) {\n      nodes {\n        ...AuditEntryFields\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query DeviceDetails($serialNumber: String!) {\n    device(serialNumber: $serialNumber) {\n      id\n      serialNumber\n      model\n      description\n      color\n      assetTag\n      deviceFamily\n      os\n      platform\n      appleProfileUuid\n      appleProfileStatus\n      appleProfileAssignedAt\n      appleProfilePushedAt\n      deviceAssignedAt\n      deviceAssignedBy\n      mdmMigrationDeadline\n      addedAt\n      changedAt\n      removedAt\n      abmToken {\n        id\n        name\n        orgName\n      }\n    }\n  }\n"): (typeof documents)["\n  query DeviceDetails($serialNumber: String!) {\n    device(serialNumber: $serialNumber) {\n      id\n      serialNumber\n      model\n      description\n      color\n      assetTag\n      deviceFamily\n      os\n      platform\n      appleProfileUuid\n      appleProfileStatus\n      appleProfileAssignedAt\n      appleProfilePushedAt\n      deviceAssignedAt\n      deviceAssignedBy\n      mdmMigrationDeadline\n      addedAt\n      changedAt\n      removedAt\n      abmToken {\n        id\n        name\n        orgName\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query DeviceEvents($deviceId: ID!, $after: Cursor) {\n    deviceEvents(deviceId: $deviceId, first: 20, after: $after) {\n      nodes {\n        ...DeviceEventFields\n      }\n      pageInfo {\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n"): (typeof documents)["\n  query DeviceEvents($deviceId: ID!, $after: Cursor) {\n    deviceEvents(deviceId: $deviceId, first: 20, after: $after) {\n      nodes {\n        ...DeviceEventFields\n      }\n      pageInfo {\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment DeviceRow on Device {\n    id\n    serialNumber\n    model\n    color\n    assetTag\n    deviceFamily\n    platform\n    deviceAssignedAt\n    deviceAssignedBy\n    addedAt\n    changedAt\n    removedAt\n    abmToken {\n      id\n      name\n    }\n  }\n"): (typeof documents)["\n  fragment DeviceRow on Device {\n    id\n    serialNumber\n    model\n    color\n    assetTag\n    deviceFamily\n    platform\n    deviceAssignedAt\n    deviceAssignedBy\n    addedAt\n    changedAt\n    removedAt\n    abmToken {\n      id\n      name\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query DevicePage(\n    $after: Cursor\n    $first: Int\n    $before: Cursor\n    $last: Int\n    $orderBy: DeviceOrder\n    $where: DeviceWhereInput\n  ) {\n    devices(after: $after, first: $first, before: $before, last: $last, orderBy: $orderBy, where: $where) {\n      nodes {\n        ...DeviceRow\n      }\n      pageInfo {\n        startCursor\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n"): (typeof documents)["\n  query DevicePage(\n    $after: Cursor\n    $first: Int\n    $before: Cursor\n    $last: Int\n    $orderBy: DeviceOrder\n    $where: DeviceWhereInput\n  ) {\n    devices(after: $after, first: $first, before: $before, last: $last, orderBy: $orderBy, where: $where) {\n      nodes {\n        ...DeviceRow\n      }\n      pageInfo {\n        startCursor\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query DeviceStep(\n    $after: Cursor\n    $first: Int\n    $before: Cursor\n    $last: Int\n    $orderBy: DeviceOrder\n    $where: DeviceWhereInput\n  ) {\n    devices(after: $after, first: $first, before: $before, last: $last, orderBy: $orderBy, where: $where) {\n      pageInfo {\n        startCursor\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n"): (typeof documents)["\n  query DeviceStep(\n    $after: Cursor\n    $first: Int\n    $before: Cursor\n    $last: Int\n    $orderBy: DeviceOrder\n    $where: DeviceWhereInput\n  ) {\n    devices(after: $after, first: $first, before: $before, last: $last, orderBy: $orderBy, where: $where) {\n      pageInfo {\n        startCursor\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query DeviceCount($where: DeviceWhereInput) {\n    devices(first: 0, where: $where) {\n      totalCount\n    }\n  }\n"): (typeof documents)["\n  query DeviceCount($where: DeviceWhereInput) {\n    devices(first: 0, where: $where) {\n      totalCount\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query DevicesAgain($ids: [ID!]!, $before: Cursor, $orderBy: DeviceOrder, $where: DeviceWhereInput) {\n    shown: devices(first: 100, where: { idIn: $ids }) {\n      nodes {\n        ...DeviceRow\n      }\n    }\n    ahead: devices(before: $before, last: 200, orderBy: $orderBy, where: $where) {\n      nodes {\n        id\n      }\n    }\n  }\n"): (typeof documents)["\n  query DevicesAgain($ids: [ID!]!, $before: Cursor, $orderBy: DeviceOrder, $where: DeviceWhereInput) {\n    shown: devices(first: 100, where: { idIn: $ids }) {\n      nodes {\n        ...DeviceRow\n      }\n    }\n    ahead: devices(before: $before, last: 200, orderBy: $orderBy, where: $where) {\n      nodes {\n        id\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment DeviceEventFields on DeviceEvent {\n    id\n    kind\n    at\n    appleAt\n    changes\n    unannounced\n    syncRunId\n    abmTokenId\n  }\n"): (typeof documents)["\n  fragment DeviceEventFields on DeviceEvent {\n    id\n    kind\n    at\n    appleAt\n    changes\n    unannounced\n    syncRunId\n    abmTokenId\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ConfirmHeldRemovals($input: ConfirmHeldRemovalsInput!) {\n    confirmHeldRemovals(input: $input) {\n      syncRun {\n        ...SyncRun\n      }\n      userErrors {\n        field\n        message\n        hint\n        code\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ConfirmHeldRemovals($input: ConfirmHeldRemovalsInput!) {\n    confirmHeldRemovals(input: $input) {\n      syncRun {\n        ...SyncRun\n      }\n      userErrors {\n        field\n        message\n        hint\n        code\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Organization on ABMToken {\n    id\n    name\n    orgName\n    state\n    expiresAt\n    lastSyncedAt\n    nextSyncAt\n    deviceCount\n    heldRemovals\n    heldAt\n    stateReason {\n      message\n      hint\n    }\n    lastRun {\n      ...SyncRun\n    }\n    lastFullRun {\n      id\n      devicesSeen\n      startedAt\n      finishedAt\n    }\n  }\n"): (typeof documents)["\n  fragment Organization on ABMToken {\n    id\n    name\n    orgName\n    state\n    expiresAt\n    lastSyncedAt\n    nextSyncAt\n    deviceCount\n    heldRemovals\n    heldAt\n    stateReason {\n      message\n      hint\n    }\n    lastRun {\n      ...SyncRun\n    }\n    lastFullRun {\n      id\n      devicesSeen\n      startedAt\n      finishedAt\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Organizations {\n    abmTokens(first: 200) {\n      nodes {\n        ...Organization\n      }\n    }\n  }\n"): (typeof documents)["\n  query Organizations {\n    abmTokens(first: 200) {\n      nodes {\n        ...Organization\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment FleetTiles on FleetSummary {\n    devices\n    addedIn30Days\n    removed\n    removedIn30Days\n    platforms {\n      platform\n      devices\n      addedIn30Days\n    }\n  }\n"): (typeof documents)["\n  fragment FleetTiles on FleetSummary {\n    devices\n    addedIn30Days\n    removed\n    removedIn30Days\n    platforms {\n      platform\n      devices\n      addedIn30Days\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query NewestDevices($where: DeviceWhereInput!) {\n    devices(first: 8, orderBy: { field: ADDED_AT, direction: DESC }, where: $where) {\n      nodes {\n        id\n        ...NewestDevice\n      }\n    }\n  }\n"): (typeof documents)["\n  query NewestDevices($where: DeviceWhereInput!) {\n    devices(first: 8, orderBy: { field: ADDED_AT, direction: DESC }, where: $where) {\n      nodes {\n        id\n        ...NewestDevice\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment NewestDevice on Device {\n    serialNumber\n    model\n    platform\n    addedAt\n  }\n"): (typeof documents)["\n  fragment NewestDevice on Device {\n    serialNumber\n    model\n    platform\n    addedAt\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment PlatformCard on FleetSummary {\n    platforms {\n      platform\n      devices\n      addedIn30Days\n    }\n  }\n"): (typeof documents)["\n  fragment PlatformCard on FleetSummary {\n    platforms {\n      platform\n      devices\n      addedIn30Days\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RecentRuns($where: SyncRunWhereInput) {\n    syncRuns(first: 48, where: $where) {\n      nodes {\n        ...RecentRun\n      }\n    }\n  }\n"): (typeof documents)["\n  query RecentRuns($where: SyncRunWhereInput) {\n    syncRuns(first: 48, where: $where) {\n      nodes {\n        ...RecentRun\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment RecentRun on SyncRun {\n    id\n    abmTokenId\n    status\n    full\n    added\n    modified\n    removed\n    startedAt\n    finishedAt\n    error {\n      code\n      message\n      hint\n    }\n  }\n"): (typeof documents)["\n  fragment RecentRun on SyncRun {\n    id\n    abmTokenId\n    status\n    full\n    added\n    modified\n    removed\n    startedAt\n    finishedAt\n    error {\n      code\n      message\n      hint\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AddUser($input: AddUserInput!) {\n    addUser(input: $input) {\n      user {\n        id\n        ...Person\n      }\n      linkPath\n      userErrors {\n        field\n        message\n        hint\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation AddUser($input: AddUserInput!) {\n    addUser(input: $input) {\n      user {\n        id\n        ...Person\n      }\n      linkPath\n      userErrors {\n        field\n        message\n        hint\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query People($after: Cursor) {\n    users(first: 100, after: $after) {\n      nodes {\n        id\n        ...Person\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): (typeof documents)["\n  query People($after: Cursor) {\n    users(first: 100, after: $after) {\n      nodes {\n        id\n        ...Person\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ResetUser($input: ResetUserInput!) {\n    resetUser(input: $input) {\n      user {\n        id\n        ...Person\n      }\n      linkPath\n      userErrors {\n        message\n        hint\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ResetUser($input: ResetUserInput!) {\n    resetUser(input: $input) {\n      user {\n        id\n        ...Person\n      }\n      linkPath\n      userErrors {\n        message\n        hint\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RemoveUser($input: RemoveUserInput!) {\n    removeUser(input: $input) {\n      removedId\n      userErrors {\n        message\n        hint\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation RemoveUser($input: RemoveUserInput!) {\n    removeUser(input: $input) {\n      removedId\n      userErrors {\n        message\n        hint\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Person on User {\n    id\n    name\n    email\n    role\n    status\n    linkExpiresAt\n    lastSeenAt\n  }\n"): (typeof documents)["\n  fragment Person on User {\n    id\n    name\n    email\n    role\n    status\n    linkExpiresAt\n    lastSeenAt\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateUser($input: UpdateUserInput!) {\n    updateUser(input: $input) {\n      user {\n        id\n        ...Person\n      }\n      userErrors {\n        field\n        message\n        hint\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation UpdateUser($input: UpdateUserInput!) {\n    updateUser(input: $input) {\n      user {\n        id\n        ...Person\n      }\n      userErrors {\n        field\n        message\n        hint\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ChangePassword($input: ChangePasswordInput!) {\n    changePassword(input: $input) {\n      userErrors {\n        field\n        message\n        hint\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ChangePassword($input: ChangePasswordInput!) {\n    changePassword(input: $input) {\n      userErrors {\n        field\n        message\n        hint\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query JoinLink($code: String!) {\n    oneTimeLink(code: $code) {\n      purpose\n      email\n      name\n      expiresAt\n    }\n  }\n"): (typeof documents)["\n  query JoinLink($code: String!) {\n    oneTimeLink(code: $code) {\n      purpose\n      email\n      name\n      expiresAt\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RedeemLink($input: RedeemLinkInput!) {\n    redeemLink(input: $input) {\n      viewer {\n        name\n      }\n      userErrors {\n        field\n        message\n        hint\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation RedeemLink($input: RedeemLinkInput!) {\n    redeemLink(input: $input) {\n      viewer {\n        name\n      }\n      userErrors {\n        field\n        message\n        hint\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SignIn($input: SignInInput!) {\n    signIn(input: $input) {\n      viewer {\n        name\n      }\n      userErrors {\n        message\n        hint\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation SignIn($input: SignInInput!) {\n    signIn(input: $input) {\n      viewer {\n        name\n      }\n      userErrors {\n        message\n        hint\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Instance {\n    instance {\n      viewer {\n        id\n        name\n        email\n        role\n        sessionExpiresAt\n      }\n      version\n      serverTime\n      setupNeeded\n      isApple\n      simulatedPortalUrl\n      syncIntervalSeconds\n      syncPageSize\n    }\n  }\n"): (typeof documents)["\n  query Instance {\n    instance {\n      viewer {\n        id\n        name\n        email\n        role\n        sessionExpiresAt\n      }\n      version\n      serverTime\n      setupNeeded\n      isApple\n      simulatedPortalUrl\n      syncIntervalSeconds\n      syncPageSize\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SignOut {\n    signOut {\n      userErrors {\n        message\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation SignOut {\n    signOut {\n      userErrors {\n        message\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SignOutEverywhere($input: SignOutEverywhereInput!) {\n    signOutEverywhere(input: $input) {\n      sessionsEnded\n      userErrors {\n        message\n        hint\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation SignOutEverywhere($input: SignOutEverywhereInput!) {\n    signOutEverywhere(input: $input) {\n      sessionsEnded\n      userErrors {\n        message\n        hint\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateFirstAdmin($input: CreateFirstAdminInput!) {\n    createFirstAdmin(input: $input) {\n      viewer {\n        name\n      }\n      userErrors {\n        field\n        message\n        hint\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation CreateFirstAdmin($input: CreateFirstAdminInput!) {\n    createFirstAdmin(input: $input) {\n      viewer {\n        name\n      }\n      userErrors {\n        field\n        message\n        hint\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SetupLink($code: String!) {\n    oneTimeLink(code: $code) {\n      purpose\n      expiresAt\n    }\n  }\n"): (typeof documents)["\n  query SetupLink($code: String!) {\n    oneTimeLink(code: $code) {\n      purpose\n      expiresAt\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SyncDifferences($syncRunId: ID!, $after: Cursor) {\n    syncDifferences(syncRunId: $syncRunId, first: 50, after: $after) {\n      nodes {\n        id\n        device {\n          id\n          serialNumber\n        }\n        ...DeviceEventFields\n      }\n      pageInfo {\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n"): (typeof documents)["\n  query SyncDifferences($syncRunId: ID!, $after: Cursor) {\n    syncDifferences(syncRunId: $syncRunId, first: 50, after: $after) {\n      nodes {\n        id\n        device {\n          id\n          serialNumber\n        }\n        ...DeviceEventFields\n      }\n      pageInfo {\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment SyncRun on SyncRun {\n    id\n    abmTokenId\n    status\n    phase\n    trigger\n    full\n    pages\n    devicesSeen\n    added\n    modified\n    removed\n    requests\n    retries\n    throttleWaits\n    throttleSeconds\n    bytesReceived\n    compared\n    missingHere\n    missingAtApple\n    changedUnannounced\n    heldRemovals\n    devicesPerSecond\n    startedAt\n    updatedAt\n    finishedAt\n    requestedBy\n    phases {\n      phase\n      at\n    }\n    error {\n      code\n      message\n      hint\n    }\n  }\n"): (typeof documents)["\n  fragment SyncRun on SyncRun {\n    id\n    abmTokenId\n    status\n    phase\n    trigger\n    full\n    pages\n    devicesSeen\n    added\n    modified\n    removed\n    requests\n    retries\n    throttleWaits\n    throttleSeconds\n    bytesReceived\n    compared\n    missingHere\n    missingAtApple\n    changedUnannounced\n    heldRemovals\n    devicesPerSecond\n    startedAt\n    updatedAt\n    finishedAt\n    requestedBy\n    phases {\n      phase\n      at\n    }\n    error {\n      code\n      message\n      hint\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription SyncProgress {\n    syncProgress {\n      ...SyncRun\n    }\n  }\n"): (typeof documents)["\n  subscription SyncProgress {\n    syncProgress {\n      ...SyncRun\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation StartSync($input: StartSyncInput!) {\n    startSync(input: $input) {\n      syncRun {\n        ...SyncRun\n      }\n      userErrors {\n        field\n        message\n        hint\n        code\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation StartSync($input: StartSyncInput!) {\n    startSync(input: $input) {\n      syncRun {\n        ...SyncRun\n      }\n      userErrors {\n        field\n        message\n        hint\n        code\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CancelSync($input: CancelSyncInput!) {\n    cancelSync(input: $input) {\n      syncRun {\n        ...SyncRun\n      }\n      userErrors {\n        field\n        message\n        hint\n        code\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation CancelSync($input: CancelSyncInput!) {\n    cancelSync(input: $input) {\n      syncRun {\n        ...SyncRun\n      }\n      userErrors {\n        field\n        message\n        hint\n        code\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SyncRuns($after: Cursor, $where: SyncRunWhereInput) {\n    syncRuns(first: 50, after: $after, where: $where) {\n      nodes {\n        ...SyncRun\n      }\n      pageInfo {\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n"): (typeof documents)["\n  query SyncRuns($after: Cursor, $where: SyncRunWhereInput) {\n    syncRuns(first: 50, after: $after, where: $where) {\n      nodes {\n        ...SyncRun\n      }\n      pageInfo {\n        endCursor\n        hasNextPage\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SyncRun($id: ID!) {\n    node(id: $id) {\n      __typename\n      ... on SyncRun {\n        ...SyncRun\n      }\n    }\n  }\n"): (typeof documents)["\n  query SyncRun($id: ID!) {\n    node(id: $id) {\n      __typename\n      ... on SyncRun {\n        ...SyncRun\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query FleetSummary($abmTokenId: ID) {\n    fleetSummary(abmTokenId: $abmTokenId) {\n      ...FleetTiles\n      ...PlatformCard\n    }\n  }\n"): (typeof documents)["\n  query FleetSummary($abmTokenId: ID) {\n    fleetSummary(abmTokenId: $abmTokenId) {\n      ...FleetTiles\n      ...PlatformCard\n    }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;