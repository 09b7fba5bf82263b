/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** What kind of actor made a change. */
export type ActorKind =
  /** A program with an API token. */
  | 'API_TOKEN'
  /** Somebody at the server's command line. */
  | 'CONSOLE'
  /** GuardMDM itself. */
  | 'SYSTEM'
  /** A person who signed in. */
  | 'USER';

/** Input of addDevicesToGroup: the group, and one way to say which devices. */
export type AddDevicesToGroupInput = {
  /** The group. */
  deviceGroupId: string | number;
  /** These devices, at most 1,000. */
  deviceIds?: Array<string | number> | null | undefined;
  /** Devices that match and are left out, at most 1,000; with `where`. */
  exceptIds?: Array<string | number> | null | undefined;
  /** How many devices were seen to be meant, those of `exceptIds` included; another number is a user error that shows both. */
  expectedCount?: number | null | undefined;
  /** The devices of an imported list. */
  serialListId?: string | number | null | undefined;
  /** The devices with these serial numbers, at most 1,000. */
  serialNumbers?: Array<string> | null | undefined;
  /** All devices that match. Needs `expectedCount`. */
  where?: DeviceWhereInput | null | undefined;
};

/** Input of addUser. */
export type AddUserInput = {
  /** Email address: the sign-in name. Each address is taken once. */
  email: string;
  /** Name shown to others, up to 125 bytes. */
  name: string;
  /** What the person may do. */
  role: Role;
};

/** Input of assignADEProfile: the profile, and one way to say which devices. */
export type AssignAdeProfileInput = {
  /** The profile; it has to be published. */
  adeProfileId: string | number;
  /** The group gets the profile. */
  deviceGroupId?: string | number | null | undefined;
  /** These devices, at most 1,000. */
  deviceIds?: Array<string | number> | null | undefined;
  /** Devices that match and are left out, at most 1,000; with `where`. */
  exceptIds?: Array<string | number> | null | undefined;
  /** How many devices were seen to match; another number is a user error that shows both. */
  expectedCount?: number | null | undefined;
  /** The devices of an imported list. */
  serialListId?: string | number | null | undefined;
  /** The devices with these serial numbers, at most 1,000. */
  serialNumbers?: Array<string> | null | undefined;
  /** All devices that match. Needs `expectedCount`. */
  where?: DeviceWhereInput | null | undefined;
};

/** How a batch stands. */
export type AssignmentBatchStatus =
  /** Stopped by a person: what Apple has taken stays. */
  | 'CANCELED'
  /** Nothing of it is left to do. */
  | 'FINISHED'
  /** Devices of it still wait. */
  | 'RUNNING';

/** What made a batch. Expect more values in the future. */
export type AssignmentCause =
  /** Devices got a profile of their own. */
  | 'ASSIGN'
  /** Profiles were taken away at Apple. */
  | 'CLEAR'
  /** A platform's default changed. */
  | 'DEFAULT'
  /** Devices were released from the organization, for good. */
  | 'DISOWN'
  /** A group changed: its profile, its rule, its members, its place or its existence. */
  | 'GROUP'
  /** A token began to enforce. */
  | 'MODE'
  /** A new version of a profile was published, or the profile was deleted. */
  | 'PUBLISH'
  /** The devices' own choices were taken back. */
  | 'UNASSIGN'
  /** An earlier batch was taken back. */
  | 'UNDO';

/** Whether GuardMDM writes profiles to Apple. */
export type AssignmentMode =
  /** It makes Apple agree with the rules. */
  | 'ENFORCE'
  /** It only says what it would do. */
  | 'OBSERVE';

/** Input of assignmentPreview: a change, and which devices it would be for. */
export type AssignmentPreviewInput = {
  /** See `defaultPlatform`. */
  abmTokenId?: string | number | null | undefined;
  /** Profile to assign; null: take the devices' own choices back (unassign). */
  adeProfileId?: string | number | null | undefined;
  /** The devices of this platform: its default would become the profile; with `abmTokenId`, of this token alone. */
  defaultPlatform?: Platform | null | undefined;
  /** The devices of a group: the group would get the profile. */
  deviceGroupId?: string | number | null | undefined;
  /** These devices, at most 1,000. */
  deviceIds?: Array<string | number> | null | undefined;
  /** Devices that match and are left out, at most 1,000; with `where`. */
  exceptIds?: Array<string | number> | null | undefined;
  /** The devices of an imported list. */
  serialListId?: string | number | null | undefined;
  /** The devices with these serial numbers, at most 1,000. */
  serialNumbers?: Array<string> | null | undefined;
  /** All devices that match. */
  where?: DeviceWhereInput | null | undefined;
};

/** What became of a device of a batch. */
export type AssignmentResultStatus =
  /** Apple failed: another attempt follows. */
  | 'FAILED'
  /** Apple says that the device does not belong to this MDM server. */
  | 'NOT_ACCESSIBLE'
  /** It waits for its turn. */
  | 'PENDING'
  /** Apple has it as wanted. */
  | 'SUCCEEDED'
  /** A later change decided otherwise before Apple was asked. */
  | 'SUPERSEDED'
  /** Apple wants a pause for this device: another attempt follows. */
  | 'THROTTLED'
  /** Apple had it as wanted before. */
  | 'UNCHANGED';

/** Whether Apple has the profile that the rules say. Expect more values in the future. */
export type AssignmentStatus =
  /** Apple has it, and the device has not fetched it. */
  | 'ASSIGNED'
  /** Apple failed: another attempt follows. */
  | 'FAILED'
  /** Apple says that the device does not belong to this MDM server. */
  | 'NOT_ACCESSIBLE'
  /** Apple has to be told. */
  | 'PENDING'
  /** The device has fetched it. */
  | 'PUSHED'
  /** The device left the MDM server. */
  | 'REMOVED'
  /** Apple wants a pause for this device: another attempt follows. */
  | 'THROTTLED'
  /** The rules name no profile. */
  | 'UNASSIGNED';

/** Filter of `AuditEntry` rows. Conditions side by side must all hold. At most 3 levels of and/or/not. */
export type AuditEntryWhereInput = {
  /** `action` is this. */
  action?: string | null | undefined;
  /** `action` is one of these, at most 500. */
  actionIn?: Array<string> | null | undefined;
  /** `actorId` is this. */
  actorId?: string | number | null | undefined;
  /** `actorId` is one of these, at most 500. */
  actorIdIn?: Array<string | number> | null | undefined;
  /** `actorId` is not set. */
  actorIdIsNil?: boolean | null | undefined;
  /** `actorId` is set. */
  actorIdNotNil?: boolean | null | undefined;
  /** All of these hold. */
  and?: Array<AuditEntryWhereInput> | null | undefined;
  /** `id` is this. */
  id?: string | number | null | undefined;
  /** `id` is one of these, at most 500. */
  idIn?: Array<string | number> | null | undefined;
  /** This does not hold. */
  not?: AuditEntryWhereInput | null | undefined;
  /** `objectId` is this. */
  objectId?: string | number | null | undefined;
  /** `objectId` is one of these, at most 500. */
  objectIdIn?: Array<string | number> | null | undefined;
  /** `objectId` is not set. */
  objectIdIsNil?: boolean | null | undefined;
  /** `objectId` is set. */
  objectIdNotNil?: boolean | null | undefined;
  /** At least one of these holds. */
  or?: Array<AuditEntryWhereInput> | null | undefined;
};

/** Input of cancelAssignmentBatch. */
export type CancelAssignmentBatchInput = {
  /** The batch. */
  assignmentBatchId: string | number;
};

/** Input of cancelCommands: one of both. */
export type CancelCommandsInput = {
  /** The batch. */
  commandBatchId?: string | number | null | undefined;
  /** The command of one device. */
  mdmCommandId?: string | number | null | undefined;
};

/** Input of cancelSync. */
export type CancelSyncInput = {
  /** The run to stop. */
  syncRunId: string | number;
};

/** Input of changePassword. */
export type ChangePasswordInput = {
  /** The present password. Wrong ones count like failed sign-ins. */
  currentPassword: string;
  /** The new one, 12 to 200 characters. */
  newPassword: string;
};

/** Input of checkABMToken. */
export type CheckAbmTokenInput = {
  /** The token to check. */
  abmTokenId: string | number;
};

/** Input of clearADEProfile: one way to say which devices. */
export type ClearAdeProfileInput = {
  /** These devices, at most 1,000. */
  deviceIds?: Array<string | number> | null | undefined;
  /** Devices that match and are left out, at most 1,000; with `where`. */
  exceptIds?: Array<string | number> | null | undefined;
  /** How many devices were seen to match; another number is a user error that shows both. */
  expectedCount?: number | null | undefined;
  /** The devices of an imported list. */
  serialListId?: string | number | null | undefined;
  /** The devices with these serial numbers, at most 1,000. */
  serialNumbers?: Array<string> | null | undefined;
  /** All devices that match. Needs `expectedCount`. */
  where?: DeviceWhereInput | null | undefined;
};

/** How a batch stands. Expect more values in the future. */
export type CommandBatchStatus =
  /** It was taken back from the devices that had not done it. */
  | 'CANCELED'
  /** Every device has answered. */
  | 'FINISHED'
  /** Devices still have to answer. */
  | 'RUNNING';

/** Input of confirmHeldRemovals. */
export type ConfirmHeldRemovalsInput = {
  /** The ABM token whose removals are held. */
  abmTokenId: string | number;
  /** How many removals are confirmed: `heldRemovals` of the token. Another number is a user error that shows both. */
  expectedCount: number;
};

/** Input of confirmPublicURL. */
export type ConfirmPublicUrlInput = {
  /** How many devices are affected, as seen in `PublicURL.devices`: another number is refused. Left out: any. */
  expectedCount?: number | null | undefined;
  /** The URL, as GUARDMDM_PUBLIC_URL says it: another one is refused. */
  publicUrl: string;
};

/** Input of createADEProfile. Booleans left out are as Apple has them: false, but `isMdmRemovable` and `allowPairing` are true. */
export type CreateAdeProfileInput = {
  /** See ADEProfileContent. */
  allowPairing?: boolean | null | undefined;
  /** See ADEProfileContent; at most 20. */
  anchorCerts?: Array<string> | null | undefined;
  /** See ADEProfileContent. */
  autoAdvanceSetup?: boolean | null | undefined;
  /** See ADEProfileContent. */
  awaitDeviceConfigured?: boolean | null | undefined;
  /** See ADEProfileContent; at most 2,000 characters. */
  configurationWebUrl?: string | null | undefined;
  /** See ADEProfileContent; at most 125 characters. */
  department?: string | null | undefined;
  /** See ADEProfileContent. */
  doNotUseProfileFromBackup?: boolean | null | undefined;
  /** Whether to keep it as a draft instead of publishing it. */
  draft?: boolean | null | undefined;
  /** See ADEProfileContent. */
  isMandatory?: boolean | null | undefined;
  /** See ADEProfileContent. */
  isMdmRemovable?: boolean | null | undefined;
  /** See ADEProfileContent. */
  isMultiUser?: boolean | null | undefined;
  /** See ADEProfileContent. */
  isReturnToService?: boolean | null | undefined;
  /** See ADEProfileContent. */
  isSupervised?: boolean | null | undefined;
  /** See ADEProfileContent; 2 or 3 lower-case letters. */
  language?: string | null | undefined;
  /** See ADEProfile; each platform once; left out: any version. */
  minimumOS?: Array<MinimumOsInput> | null | undefined;
  /** Name, unique, 1 to 125 characters. */
  name: string;
  /** See ADEProfileContent; at most 256 characters. */
  orgMagic?: string | null | undefined;
  /** The MDM server that devices enroll with; left out or null: GuardMDM itself. */
  otherMdmId?: string | number | null | undefined;
  /** Platforms that it is meant for; left out: all. */
  platforms?: Array<Platform> | null | undefined;
  /** See ADEProfileContent; 2 upper-case letters. */
  region?: string | null | undefined;
  /** See ADEProfileContent; each key once, at most 200. */
  skipSetupItems?: Array<string> | null | undefined;
  /** See ADEProfileContent; at most 20. */
  supervisingHostCerts?: Array<string> | null | undefined;
  /** See ADEProfileContent; at most 250 characters. */
  supportEmailAddress?: string | null | undefined;
  /** See ADEProfileContent; at most 50 characters. */
  supportPhoneNumber?: string | null | undefined;
};

/** Input of createAPIToken. */
export type CreateApiTokenInput = {
  /** When the token stops working; left out, never. */
  expiresAt?: string | null | undefined;
  /** What the token is for, 1 to 125 bytes. */
  name: string;
  /** What the token may do. */
  role: Role;
};

/** Input of createDeviceGroup. */
export type CreateDeviceGroupInput = {
  /** Profile of the group's devices; left out: the group decides nothing. */
  adeProfileId?: string | number | null | undefined;
  /** What the group is for, at most 500 bytes. */
  description?: string | null | undefined;
  /** Name, unique, 1 to 125 bytes. */
  name: string;
  /** Which devices are in it; left out: those that are put into it. */
  rule?: DeviceRuleInput | null | undefined;
};

/** Input of createFirstAdmin. */
export type CreateFirstAdminInput = {
  /** The code at the end of the setup link. */
  code: string;
  /** Email address: the sign-in name. */
  email: string;
  /** Name, up to 125 bytes. */
  name: string;
  /** Password of 12 to 200 characters. */
  password: string;
};

/** Input of createOtherMDM: with one of `url` and `profileBase64`. */
export type CreateOtherMdmInput = {
  /** Value of the header Authorization of these requests, such as `Bearer …`; at most 4,096 characters. It is kept sealed, and never shown. */
  authorization?: string | null | undefined;
  /** Name, unique, 1 to 100 characters. */
  name: string;
  /** The enrollment profile itself, a .mobileconfig of at most 512 KiB, in base64, signed or not. It is kept sealed. */
  profileBase64?: string | null | undefined;
  /** How the URL is asked; left out: GET. */
  request?: OtherMdmRequest | null | undefined;
  /** Where the enrollment profile is fetched: https, at most 2,000 characters, without user name and password. It is kept sealed. */
  url?: string | null | undefined;
  /** How the server proves that it calls the webhook; left out: HMAC. */
  webhookAuthentication?: OtherMdmWebhookAuthentication | null | undefined;
};

/** Input of createPushCertificateRequest. */
export type CreatePushCertificateRequestInput = {
  /** Apple Account that the certificate will be made with, to remember it; at most 254 bytes. */
  appleAccount?: string | null | undefined;
};

/** Input of deleteABMToken. */
export type DeleteAbmTokenInput = {
  /** The ABM token to forget. */
  abmTokenId: string | number;
};

/** Input of deleteADEProfile. */
export type DeleteAdeProfileInput = {
  /** The profile. */
  adeProfileId: string | number;
  /** Whether its devices fall back to the next rule instead: its defaults and groups' choices end, and devices lose it as their own. */
  fallBack?: boolean | null | undefined;
  /** Profile that takes its place wherever it is in use: defaults, groups and devices' own choices. */
  replaceWithId?: string | number | null | undefined;
};

/** Input of deleteDeviceGroup. */
export type DeleteDeviceGroupInput = {
  /** The group. */
  deviceGroupId: string | number;
};

/** Input of deleteOtherMDM. */
export type DeleteOtherMdmInput = {
  /** The server. */
  otherMdmId: string | number;
};

/** Why an authority for devices is believed. */
export type DeviceCaSource =
  /** Apple's own, built in. */
  | 'APPLE'
  /** Of GUARDMDM_DEVICE_CA_FILE, for simulations. */
  | 'CONFIGURED'
  /** Pinned by an administrator. */
  | 'PINNED'
  /** Not believed: it was seen in a request, which was refused. */
  | 'SEEN';

/** A command that can be sent. Expect more values in the future. */
export type DeviceCommand =
  /** The device tells what it is: name, system, storage, battery. That brings its facts here up to date. */
  | 'DEVICE_INFORMATION'
  /** Locks the device; a Mac restarts and wants `pin`, which it needs. */
  | 'DEVICE_LOCK'
  /** Erases the device, for good. ADMIN, `serialNumbers` and `expectedCount` only. */
  | 'ERASE_DEVICE'
  /** Installs a configuration profile: see `profileBase64`. */
  | 'INSTALL_PROFILE'
  /** The device tells which profiles it has. */
  | 'PROFILE_LIST'
  /** A command of Apple's protocol that has no form here: see `rawBase64`. ADMIN only. */
  | 'RAW'
  /** Removes a profile that MDM installed: see `profileIdentifier`. */
  | 'REMOVE_PROFILE'
  /** Restarts the device. iPhones and iPads have to be supervised. */
  | 'RESTART_DEVICE';

/** The steps of a device's way, in their order. */
export type DeviceDiagnosisStepKind =
  /** It checked in: it is enrolled. */
  | 'CHECKED_IN'
  /** It came to this server and got its enrollment profile. */
  | 'CONTACTED_SERVER'
  /** It got its identity certificate. */
  | 'IDENTITY_ISSUED'
  /** GuardMDM lists it. */
  | 'IN_INVENTORY'
  /** Apple has it assigned to an MDM server of this installation. */
  | 'KNOWN_AT_APPLE'
  /** Apple has this profile for it. */
  | 'PROFILE_AT_APPLE'
  /** The rules give it a profile. */
  | 'PROFILE_BY_RULES'
  /** It fetched the profile from Apple: it was switched on. */
  | 'PROFILE_FETCHED'
  /** Setup Assistant let its user in. */
  | 'RELEASED'
  /** The server token of its organization works. */
  | 'TOKEN_WORKS';

/** How a device stands at a step. */
export type DeviceDiagnosisVerdict =
  /** Something is wrong. */
  | 'FAILED'
  /** A step before it comes first. */
  | 'NOT_REACHED'
  /** It has passed it. */
  | 'PASSED'
  /** It could not be found out, because Apple did not answer for instance. */
  | 'UNKNOWN'
  /** Nothing is wrong: its time has not come, or somebody has to act. */
  | 'WAITING';

/** What happened to a device. Expect more values in the future. */
export type DeviceEventKind =
  /** It was assigned to the MDM server for the first time. */
  | 'ADDED'
  /** Apple took the ADE profile that the rules say for it: see `changes`. */
  | 'ASSIGNED'
  /** Apple did not take the ADE profile for it, or did not let it be touched; `changes` holds Apple's word. */
  | 'ASSIGNMENT_FAILED'
  /** Apple took its ADE profile away, because the rules name none. */
  | 'CLEARED'
  /** It did what a command said: see `changes`. */
  | 'COMMAND_ACKNOWLEDGED'
  /** A command was taken back before it had it. */
  | 'COMMAND_CANCELED'
  /** It could not do what a command said; `changes` holds its words. */
  | 'COMMAND_FAILED'
  /** A command waits for it: see `changes`. */
  | 'COMMAND_QUEUED'
  /** It was released from the organization, for good. */
  | 'DISOWNED'
  /** It is managed (its first TokenUpdate). */
  | 'ENROLLED'
  /** It began to enroll (Authenticate). */
  | 'ENROLLING'
  /** It asked for its enrollment profile and was refused; `changes` holds why. */
  | 'ENROLLMENT_REFUSED'
  /** Something about it changed: see `changes`. */
  | 'MODIFIED'
  /** It was assigned to this MDM server instead of another one that GuardMDM knows. */
  | 'MOVED'
  /** It fetched its enrollment profile from GuardMDM. */
  | 'PROFILE_FETCHED'
  /** It was switched on and fetched its ADE profile from Apple. */
  | 'PUSHED'
  /** Setup Assistant went on after its first commands. */
  | 'RELEASED'
  /** It left the MDM server. */
  | 'REMOVED'
  /** Apple exchanged it for another device. */
  | 'REPLACED_BY'
  /** Apple gave it in exchange for another device. */
  | 'REPLACES'
  /** It had been removed and was assigned again. */
  | 'RETURNED'
  /** It is not managed any more (CheckOut). */
  | 'UNENROLLED';

/** Order of `Device` rows. Equal values are ordered by identifier. */
export type DeviceOrder = {
  /** Direction; ascending unless told otherwise. */
  direction?: OrderDirection;
  /** What to order by. */
  field: DeviceOrderField;
};

/** What `Device` rows can be ordered by. */
export type DeviceOrderField =
  /** By added at. */
  | 'ADDED_AT'
  /** By mdm migration deadline. */
  | 'MDM_MIGRATION_DEADLINE'
  /** By serial number. */
  | 'SERIAL_NUMBER';

/** What a condition of a rule is about. Expect more values in the future. */
export type DeviceRuleField =
  /** ABM token, by identifier. */
  | 'ABM_TOKEN'
  /** When GuardMDM first saw the device, RFC 3339. */
  | 'ADDED_AT'
  /** The organization's asset tag. */
  | 'ASSET_TAG'
  /** Colour as Apple wrote it. */
  | 'COLOR'
  /** Apple's sales text. */
  | 'DESCRIPTION'
  /** Device family as Apple wrote it. */
  | 'DEVICE_FAMILY'
  /** Marketing name. */
  | 'MODEL'
  /** Operating system as Apple wrote it. */
  | 'OS'
  /** Platform: IOS, IPADOS, MACOS, TVOS, VISIONOS, WATCHOS, UNKNOWN. */
  | 'PLATFORM'
  /** Serial number. */
  | 'SERIAL_NUMBER';

/** A rule: see DeviceRule. */
export type DeviceRuleInput = {
  /** All of these hold; 1 to 50. */
  all?: Array<DeviceRuleInput> | null | undefined;
  /** At least one of these holds; 1 to 50. */
  any?: Array<DeviceRuleInput> | null | undefined;
  /** The field that a condition is about. */
  field?: DeviceRuleField | null | undefined;
  /** This does not hold. */
  not?: DeviceRuleInput | null | undefined;
  /** How the field is compared. */
  operator?: DeviceRuleOperator | null | undefined;
  /** What it is compared with; each at most 200 characters. */
  values?: Array<string> | null | undefined;
};

/** How a condition compares: the letters A to Z in any case. Expect more values in the future. */
export type DeviceRuleOperator =
  /** Is earlier than the one value; for ADDED_AT. */
  | 'BEFORE'
  /** Begins with one of the values, 1 to 50 of them; not for ABM_TOKEN, PLATFORM and ADDED_AT. */
  | 'BEGINS_WITH'
  /** Contains one of the values, 1 to 50 of them; for MODEL, COLOR, ASSET_TAG and DESCRIPTION. */
  | 'CONTAINS'
  /** Equals one of the values, 1 to 500 of them. */
  | 'IS_ANY_OF'
  /** Is the one value or later; for ADDED_AT. */
  | 'SINCE';

/** Filter of `Device` rows. Conditions side by side must all hold. At most 3 levels of and/or/not. */
export type DeviceWhereInput = {
  /** `abmTokenId` is this. */
  abmTokenId?: string | number | null | undefined;
  /** `abmTokenId` is one of these, at most 500. */
  abmTokenIdIn?: Array<string | number> | null | undefined;
  /** The device has this ADE profile by the rules. */
  adeProfileId?: string | number | null | undefined;
  /** All of these hold. */
  and?: Array<DeviceWhereInput> | null | undefined;
  /** Whether the profile at Apple acts only when the device is erased. */
  appliesAfterErase?: boolean | null | undefined;
  /** Whether Apple has the profile that the rules say. */
  assignmentStatus?: AssignmentStatus | null | undefined;
  /** The device is in this group. */
  deviceGroupId?: string | number | null | undefined;
  /** Whether the device enrolled with GuardMDM itself the last time, or is enrolling. */
  enrolledWithOwnMdm?: boolean | null | undefined;
  /** The device has come so far. */
  enrollmentStatus?: EnrollmentStatus | null | undefined;
  /** Whether the device has a migration deadline. */
  hasMigrationDeadline?: boolean | null | undefined;
  /** `id` is this. */
  id?: string | number | null | undefined;
  /** `id` is one of these, at most 500. */
  idIn?: Array<string | number> | null | undefined;
  /** Whether the device has a migration deadline, and by the rules a profile that does not wait until it is configured. */
  migrationNotAwaited?: boolean | null | undefined;
  /** This does not hold. */
  not?: DeviceWhereInput | null | undefined;
  /** At least one of these holds. */
  or?: Array<DeviceWhereInput> | null | undefined;
  /** The device enrolled with this MDM server the last time, or is enrolling, as far as that told. */
  otherMdmId?: string | number | null | undefined;
  /** `platform` is this. */
  platform?: Platform | null | undefined;
  /** `platform` is one of these, at most 500. */
  platformIn?: Array<Platform> | null | undefined;
  /** What decides the device's profile. */
  profileSource?: ProfileSource | null | undefined;
  /** `removedAt` is this. */
  removedAt?: string | null | undefined;
  /** `removedAt` is later. */
  removedAtGT?: string | null | undefined;
  /** `removedAt` is this or later. */
  removedAtGTE?: string | null | undefined;
  /** `removedAt` is one of these, at most 500. */
  removedAtIn?: Array<string> | null | undefined;
  /** `removedAt` is not set. */
  removedAtIsNil?: boolean | null | undefined;
  /** `removedAt` is earlier. */
  removedAtLT?: string | null | undefined;
  /** `removedAt` is this or earlier. */
  removedAtLTE?: string | null | undefined;
  /** `removedAt` is set. */
  removedAtNotNil?: boolean | null | undefined;
  /** The device is in this imported list of serial numbers. */
  serialListId?: string | number | null | undefined;
  /** `serialNumber` is this. */
  serialNumber?: string | null | undefined;
  /** The serial number begins with this, in any case; 1 to 64 characters. */
  serialNumberHasPrefix?: string | null | undefined;
  /** `serialNumber` is one of these, at most 500. */
  serialNumberIn?: Array<string> | null | undefined;
};

/** What can be done about a diagnosis. Expect more values in the future. */
export type DiagnosisActionKind =
  /** Ask Apple whether the token works (`checkABMToken`). */
  | 'CHECK_TOKEN'
  /** Confirm the public URL (`confirmPublicURL`). */
  | 'CONFIRM_PUBLIC_URL'
  /** Confirm the held removals (`confirmHeldRemovals`). */
  | 'CONFIRM_REMOVALS'
  /** Go on with the token exchange (`generateABMToken`, `uploadABMServerToken`). */
  | 'CONNECT_TOKEN'
  /** Look at the profile and change it (`updateADEProfile`). */
  | 'EDIT_PROFILE'
  /** Begin to enforce the rules (`setAssignmentMode`). */
  | 'ENFORCE'
  /** Open Apple Business Manager. */
  | 'OPEN_ABM'
  /** Publish the profile's draft (`publishADEProfile`). */
  | 'PUBLISH_PROFILE'
  /** Let the device go on in Setup Assistant (`releaseFromSetupAssistant`). */
  | 'RELEASE_DEVICE'
  /** Renew the server token (`generateABMToken` with `abmTokenId`). */
  | 'RENEW_TOKEN'
  /** Set the default of the platform (`setDefaultADEProfile`). */
  | 'SET_DEFAULT'
  /** Look at the device. */
  | 'SHOW_DEVICE'
  /** Look at the devices. */
  | 'SHOW_DEVICES'
  /** Look at the other MDM servers (`otherMDMs`), and give one a new secret (`rotateOtherMDMWebhookSecret`). */
  | 'SHOW_OTHER_MDMS'
  /** Fetch the whole list (`startSync` with `full`). */
  | 'START_FULL_SYNC'
  /** Sync now (`startSync`). */
  | 'START_SYNC'
  /** Upload or renew the push certificate (`createPushCertificateRequest`, `uploadPushCertificate`). */
  | 'UPLOAD_PUSH_CERTIFICATE';

/** How urgent a diagnosis is. */
export type DiagnosisSeverity =
  /** Something has stopped working. */
  | 'CRITICAL'
  /** Worth knowing; nothing has to be done at once. */
  | 'INFO'
  /** Something will stop working, or does not work for some devices. */
  | 'WARNING';

/** Input of discardADEProfileDraft. */
export type DiscardAdeProfileDraftInput = {
  /** The profile. */
  adeProfileId: string | number;
};

/** Input of disownDevices. */
export type DisownDevicesInput = {
  /** How many devices are meant, as the caller has seen and typed it: another number than that of the devices found is a user error that shows both, and nothing is done. */
  expectedCount: number;
  /** The devices, by serial number: 1 to 1,000. There is no other way to name them. */
  serialNumbers: Array<string>;
};

/** How far a device has come, by what it did itself. A wiped device never says goodbye: see when it was last seen. */
export type EnrollmentStatus =
  /** It is managed: its own channel sent a TokenUpdate. */
  | 'ENROLLED'
  /** It began (Authenticate) and has not finished. */
  | 'ENROLLING'
  /** It did not begin to enroll. */
  | 'NOT_ENROLLED'
  /** It said goodbye (CheckOut). */
  | 'UNENROLLED';

/** Input of generateABMToken. */
export type GenerateAbmTokenInput = {
  /** The ABM token to renew; left out, a new one is made. */
  abmTokenId?: string | number | null | undefined;
  /** Name for the token in GuardMDM, 1 to 125 characters; "Apple Business Manager" when left out. Not allowed together with `abmTokenId`. */
  name?: string | null | undefined;
};

/** What a one-time link is for. */
export type LinkPurpose =
  /** Joining: a person who was added chooses a password. */
  | 'INVITATION'
  /** Choosing a new password. */
  | 'RESET'
  /** Making the first administrator of a new server. */
  | 'SETUP';

/** Why a command was queued. Expect more values in the future. */
export type MdmCommandPurpose =
  /** One of those that every device gets when it enrolled. */
  | 'FIRST'
  /** A person or a program asked for it. */
  | 'PERSON'
  /** It lets Setup Assistant go on. */
  | 'RELEASE'
  /** It gives the device a new identity before the old one expires. */
  | 'RENEWAL';

/** How far a command has come. */
export type MdmCommandStatus =
  /** The device did it. */
  | 'ACKNOWLEDGED'
  /** It was taken back before the device had it. */
  | 'CANCELED'
  /** It was taken out of the queue, as the device enrolled anew or unenrolled. */
  | 'DROPPED'
  /** The device could not do it: see `errorMessage`. */
  | 'ERROR'
  /** The device did not understand it. */
  | 'FORMAT_ERROR'
  /** The device cannot do it now: it is sent again when the device calls next. */
  | 'NOT_NOW'
  /** It waits until the device calls. */
  | 'QUEUED'
  /** It was sent; the answer is awaited. */
  | 'SENT';

/** The oldest version of a platform's operating system with which devices enroll. One that is older is sent to update if it can, and enrolls otherwise, marked as below. */
export type MinimumOsInput = {
  /** The platform: IOS, IPADOS, MACOS, TVOS or VISIONOS. */
  platform: Platform;
  /** The version, such as `26` or `26.1`: up to three numbers. */
  version: string;
};

/** Direction of an order. */
export type OrderDirection =
  /** Smallest, earliest or first in the alphabet first. */
  | 'ASC'
  /** Largest, latest or last in the alphabet first. */
  | 'DESC';

/** How something went that was tried. */
export type OtherMdmFindingResult =
  /** Devices do not enroll like this. */
  | 'FAILED'
  /** As it has to. */
  | 'PASSED'
  /** It works, and is worth a second look. */
  | 'WARNING';

/** How the URL of an enrollment profile is asked. */
export type OtherMdmRequest =
  /** GET, without a word about the device. */
  | 'GET'
  /** GET with the device's signed machine information in the header `x-apple-aspen-deviceinfo`, base64. */
  | 'GET_WITH_HEADER'
  /** POST of the device's signed machine information, as the device sent it. */
  | 'POST';

/** Where the enrollment profile of another MDM server comes from. */
export type OtherMdmSource =
  /** It was uploaded; every device gets the same. */
  | 'FILE'
  /** It is fetched for every device that asks. */
  | 'URL';

/** How another MDM server proves that it is the one that calls the webhook. */
export type OtherMdmWebhookAuthentication =
  /** It sends the secret as the password of HTTP Basic. MicroMDM does with a URL that holds it, and cannot sign. */
  | 'BASIC'
  /** It signs the body: `X-Hmac-Signature` holds its HMAC-SHA256 in base64. NanoMDM does. */
  | 'HMAC';

/** Input of pinDeviceCA: one of both. */
export type PinDeviceCaInput = {
  /** The certificate of one, PEM. */
  certificatePem?: string | null | undefined;
  /** One that was seen. */
  deviceCaId?: string | number | null | undefined;
};

/** Operating system family. Expect more values in the future. */
export type Platform =
  /** iPhone and iPod touch. */
  | 'IOS'
  /** iPad. */
  | 'IPADOS'
  /** Mac. */
  | 'MACOS'
  /** Apple TV. */
  | 'TVOS'
  /** A family that GuardMDM does not know: see `deviceFamily` for what Apple wrote. */
  | 'UNKNOWN'
  /** Apple Vision Pro. */
  | 'VISIONOS'
  /** Apple Watch. Apple Business Manager lists none today. */
  | 'WATCHOS';

/** What decides a device's ADE profile. Expect more values in the future. */
export type ProfileSource =
  /** The device's own choice. */
  | 'DEVICE'
  /** The first of its groups that has a profile. */
  | 'GROUP'
  /** Nothing: the device is Unassigned. */
  | 'NONE'
  /** The default of its platform. */
  | 'PLATFORM_DEFAULT';

/** What a rule says about a device's profile. */
export type ProfileVerdict =
  /** It decides. */
  | 'DECIDES'
  /** It names no profile. */
  | 'NOTHING_SET'
  /** It would decide if none before it did. */
  | 'OVERRULED';

/** Input of publishADEProfile. */
export type PublishAdeProfileInput = {
  /** The profile. */
  adeProfileId: string | number;
  /** An earlier version to publish again; left out: the draft. */
  versionId?: string | number | null | undefined;
};

/** How the push certificate stands. */
export type PushCertificateState =
  /** Apple takes it. */
  | 'ACTIVE'
  /** Expired: no device can be enrolled or asked to call until it is renewed. Enrolled devices stay enrolled. */
  | 'EXPIRED'
  /** Apple takes it, and it expires within 30 days. */
  | 'EXPIRING';

/** Input of redeemLink. */
export type RedeemLinkInput = {
  /** The code at the end of the link. */
  code: string;
  /** Password of 12 to 200 characters. */
  password: string;
};

/** Which device may go on. */
export type ReleaseFromSetupAssistantInput = {
  /** The device. */
  deviceId: string | number;
};

/** Input of removeDevicesFromGroup: the group, and one way to say which devices. */
export type RemoveDevicesFromGroupInput = {
  /** The group. */
  deviceGroupId: string | number;
  /** These devices, at most 1,000. */
  deviceIds?: Array<string | number> | null | undefined;
  /** Devices that match and are left out, at most 1,000; with `where`. */
  exceptIds?: Array<string | number> | null | undefined;
  /** How many devices were seen to be meant, those of `exceptIds` included; another number is a user error that shows both. */
  expectedCount?: number | null | undefined;
  /** The devices of an imported list. */
  serialListId?: string | number | null | undefined;
  /** The devices with these serial numbers, at most 1,000. */
  serialNumbers?: Array<string> | null | undefined;
  /** All devices that match. Needs `expectedCount`. */
  where?: DeviceWhereInput | null | undefined;
};

/** Input of removeUser. */
export type RemoveUserInput = {
  /** The person. */
  userId: string | number;
};

/** Input of resendCommand. */
export type ResendCommandInput = {
  /** The batch. */
  commandBatchId: string | number;
  /**
   * How many devices were seen to get it again: `failed`, `canceled` and `dropped` of the batch's counts together; with `serialNumbers`, how many these are. Another number is a
   * user error that shows both.
   */
  expectedCount: number;
  /** To these of its devices that did not do it, at most 1,000; left out: to all of them. ERASE_DEVICE and a RAW command that erases need it. */
  serialNumbers?: Array<string> | null | undefined;
};

/** Input of resetUser. */
export type ResetUserInput = {
  /** The person. */
  userId: string | number;
};

/** Input of revokeAPIToken. */
export type RevokeApiTokenInput = {
  /** The token. */
  apiTokenId: string | number;
};

/** What a person or an API token may do. */
export type Role =
  /** Everything. */
  | 'ADMIN'
  /** Everything but ABM tokens, people, API tokens and settings. */
  | 'OPERATOR'
  /** Reads everything but secrets. */
  | 'VIEWER';

/** Input of rotateOtherMDMWebhookSecret. */
export type RotateOtherMdmWebhookSecretInput = {
  /** The server. */
  otherMdmId: string | number;
};

/** Input of sendCommand: the command with its parameters, and one way to say which devices. */
export type SendCommandInput = {
  /** The command. */
  command: DeviceCommand;
  /** The devices that are in this group now. */
  deviceGroupId?: string | number | null | undefined;
  /** These devices, at most 1,000. */
  deviceIds?: Array<string | number> | null | undefined;
  /** Devices that match and are left out, at most 1,000; with `where`. */
  exceptIds?: Array<string | number> | null | undefined;
  /** How many devices were seen to be meant; another number is a user error that shows both. */
  expectedCount?: number | null | undefined;
  /** For DEVICE_LOCK: what the locked device shows, at most 500 characters. */
  message?: string | null | undefined;
  /** For DEVICE_LOCK: the number that the locked device shows, at most 50 characters. */
  phoneNumber?: string | null | undefined;
  /** For DEVICE_LOCK and ERASE_DEVICE: the 6 digits that unlock a Mac. They are never shown again. */
  pin?: string | null | undefined;
  /** For INSTALL_PROFILE: a configuration profile (.mobileconfig), signed or not, at most 512 KiB, in Base64. */
  profileBase64?: string | null | undefined;
  /** For REMOVE_PROFILE: the profile's PayloadIdentifier. */
  profileIdentifier?: string | null | undefined;
  /** For RAW: a property list in XML or binary, at most 512 KiB, in Base64: a dictionary with RequestType, or one with Command that holds it. CommandUUID is GuardMDM's own. */
  rawBase64?: string | null | undefined;
  /** The devices of an imported list. */
  serialListId?: string | number | null | undefined;
  /** The devices with these serial numbers, at most 1,000. */
  serialNumbers?: Array<string> | null | undefined;
  /** All devices that match. Needs `expectedCount`. */
  where?: DeviceWhereInput | null | undefined;
};

/** Input of setAssignmentMode. */
export type SetAssignmentModeInput = {
  /** The ABM token. */
  abmTokenId: string | number;
  /** With ENFORCE: how many devices have a profile that GuardMDM did not define and would get another one, `foreignToReplace` of the token. Another number is a user error that shows both. */
  expectedCount?: number | null | undefined;
  /** The mode. */
  mode: AssignmentMode;
};

/** Input of setDefaultADEProfile. */
export type SetDefaultAdeProfileInput = {
  /** The ABM token whose devices it is for; left out: every token that has no default of its own. */
  abmTokenId?: string | number | null | undefined;
  /** The profile; left out or null: the default ends. */
  adeProfileId?: string | number | null | undefined;
  /** The platform. WATCHOS and UNKNOWN have no default. */
  platform: Platform;
};

/** Input of signIn. */
export type SignInInput = {
  /** Email address, in any case. */
  email: string;
  /** Password. */
  password: string;
};

/** Input of signOutEverywhere. */
export type SignOutEverywhereInput = {
  /** The person; left out, the one who calls. Only an ADMIN may name another. */
  userId?: string | number | null | undefined;
};

/** Input of startSync. */
export type StartSyncInput = {
  /** The ABM token to sync. */
  abmTokenId: string | number;
  /** Fetch the whole device list anew (a full reconciliation) instead of the changes since the last run. */
  full?: boolean | null | undefined;
};

/** What a run is doing. */
export type SyncPhase =
  /** Opening a session with Apple and asking who we are. */
  | 'CONNECT'
  /** Fetching and storing pages of devices. */
  | 'FETCH'
  /** Writing the result; also the phase of a run that ended well. */
  | 'FINISH'
  /** After the last page of a full fetch: finding the devices that no page contained, and fetching what changed meanwhile. */
  | 'RECONCILE';

/** Filter of `SyncRun` rows. Conditions side by side must all hold. At most 3 levels of and/or/not. */
export type SyncRunWhereInput = {
  /** `abmTokenId` is this. */
  abmTokenId?: string | number | null | undefined;
  /** `abmTokenId` is one of these, at most 500. */
  abmTokenIdIn?: Array<string | number> | null | undefined;
  /** All of these hold. */
  and?: Array<SyncRunWhereInput> | null | undefined;
  /** `id` is this. */
  id?: string | number | null | undefined;
  /** `id` is one of these, at most 500. */
  idIn?: Array<string | number> | null | undefined;
  /** This does not hold. */
  not?: SyncRunWhereInput | null | undefined;
  /** The run is worth a look: it changed something, is going on, did not end well, held removals back, or a person asked for it. Periodic runs that found nothing are most of all runs. */
  notable?: boolean | null | undefined;
  /** At least one of these holds. */
  or?: Array<SyncRunWhereInput> | null | undefined;
  /** `status` is this. */
  status?: SyncStatus | null | undefined;
  /** `status` is one of these, at most 500. */
  statusIn?: Array<SyncStatus> | null | undefined;
};

/** How a run stands. */
export type SyncStatus =
  /** Stopped by a person. What was stored until then stays. */
  | 'CANCELED'
  /** Ended by an error: see `error`. What was stored until then stays, and the next run goes on from there. */
  | 'FAILED'
  /** Going on. */
  | 'RUNNING'
  /** Ended well: the inventory equalled Apple's. */
  | 'SUCCEEDED';

/** What began a run. */
export type SyncTrigger =
  /** A person or a program asked for it. */
  | 'MANUAL'
  /** The timer, every 5 minutes. */
  | 'PERIODIC'
  /** It had been interrupted (the server stopped or lost its lease) and went on. */
  | 'RESUME';

/** Input of testOtherMDM. */
export type TestOtherMdmInput = {
  /** The server. */
  otherMdmId: string | number;
};

/** What the last evidence says about an ABM token. */
export type TokenState =
  /** Syncs. */
  | 'ACTIVE'
  /** The key pair exists; the server token from Apple Business Manager was not uploaded yet. */
  | 'AWAITING_SERVER_TOKEN'
  /** Expired: devices do not sync and new ones cannot enroll until it is renewed. */
  | 'EXPIRED'
  /** Syncs, and expires within 30 days. */
  | 'EXPIRING'
  /** Apple does not accept it: the person who made it left, lost the right or changed the password, or a newer one was made. Renew it. */
  | 'REJECTED'
  /** Apple has new terms: an administrator has to accept them at business.apple.com. It then goes on by itself. */
  | 'TERMS_NOT_ACCEPTED';

/** Input of unassignADEProfile: one way to say which devices. */
export type UnassignAdeProfileInput = {
  /** The group loses its profile. */
  deviceGroupId?: string | number | null | undefined;
  /** These devices, at most 1,000. */
  deviceIds?: Array<string | number> | null | undefined;
  /** Devices that match and are left out, at most 1,000; with `where`. */
  exceptIds?: Array<string | number> | null | undefined;
  /** How many devices were seen to match; another number is a user error that shows both. */
  expectedCount?: number | null | undefined;
  /** The devices of an imported list. */
  serialListId?: string | number | null | undefined;
  /** The devices with these serial numbers, at most 1,000. */
  serialNumbers?: Array<string> | null | undefined;
  /** All devices that match. Needs `expectedCount`. */
  where?: DeviceWhereInput | null | undefined;
};

/** Input of undoAssignmentBatch. */
export type UndoAssignmentBatchInput = {
  /** The batch. */
  assignmentBatchId: string | number;
};

/** Input of unpinDeviceCA. */
export type UnpinDeviceCaInput = {
  /** The authority. */
  deviceCaId: string | number;
};

/** Input of updateADEProfile. Null takes a text away. */
export type UpdateAdeProfileInput = {
  /** The profile. */
  adeProfileId: string | number;
  /** See ADEProfileContent. */
  allowPairing?: boolean | null | undefined;
  /** See ADEProfileContent; at most 20. */
  anchorCerts?: Array<string> | null | undefined;
  /** See ADEProfileContent. */
  autoAdvanceSetup?: boolean | null | undefined;
  /** See ADEProfileContent. */
  awaitDeviceConfigured?: boolean | null | undefined;
  /** See ADEProfileContent; at most 2,000 characters. */
  configurationWebUrl?: string | null | undefined;
  /** See ADEProfileContent; at most 125 characters. */
  department?: string | null | undefined;
  /** See ADEProfileContent. */
  doNotUseProfileFromBackup?: boolean | null | undefined;
  /** Whether to keep the changes as a draft instead of publishing them. */
  draft?: boolean | null | undefined;
  /** See ADEProfileContent. */
  isMandatory?: boolean | null | undefined;
  /** See ADEProfileContent. */
  isMdmRemovable?: boolean | null | undefined;
  /** See ADEProfileContent. */
  isMultiUser?: boolean | null | undefined;
  /** See ADEProfileContent. */
  isReturnToService?: boolean | null | undefined;
  /** See ADEProfileContent. */
  isSupervised?: boolean | null | undefined;
  /** See ADEProfileContent; 2 or 3 lower-case letters. */
  language?: string | null | undefined;
  /** See ADEProfile; each platform once. Those that are left out of a list take any version. */
  minimumOS?: Array<MinimumOsInput> | null | undefined;
  /** Another name. */
  name?: string | null | undefined;
  /** See ADEProfileContent; at most 256 characters. */
  orgMagic?: string | null | undefined;
  /** The MDM server that devices enroll with from now on; null: GuardMDM itself. It belongs to no version and counts at once. */
  otherMdmId?: string | number | null | undefined;
  /** Platforms that it is meant for; empty: all. */
  platforms?: Array<Platform> | null | undefined;
  /** See ADEProfileContent; 2 upper-case letters. */
  region?: string | null | undefined;
  /** See ADEProfileContent; each key once, at most 200. */
  skipSetupItems?: Array<string> | null | undefined;
  /** See ADEProfileContent; at most 20. */
  supervisingHostCerts?: Array<string> | null | undefined;
  /** See ADEProfileContent; at most 250 characters. */
  supportEmailAddress?: string | null | undefined;
  /** See ADEProfileContent; at most 50 characters. */
  supportPhoneNumber?: string | null | undefined;
};

/** Input of updateDeviceGroup. */
export type UpdateDeviceGroupInput = {
  /** Another profile; null: the group decides nothing any more. */
  adeProfileId?: string | number | null | undefined;
  /** What the group is for. */
  description?: string | null | undefined;
  /** The group. */
  deviceGroupId: string | number;
  /** Another name. */
  name?: string | null | undefined;
  /** Its new place in the order, from 1 to the number of groups; those in between move on. */
  position?: number | null | undefined;
  /** Another rule, of a group that has one. */
  rule?: DeviceRuleInput | null | undefined;
};

/** What to change; what is left out stays. */
export type UpdateMdmSettingsInput = {
  /** Commands that a device gets first; DeviceInformation comes along when it is not named. */
  firstCommands?: Array<string> | null | undefined;
  /** For how many seconds a device waits in Setup Assistant at most, 60 to 86,400. */
  releaseAfterSeconds?: number | null | undefined;
};

/** Input of updateOtherMDM. */
export type UpdateOtherMdmInput = {
  /** See CreateOtherMDMInput; null takes it away. */
  authorization?: string | null | undefined;
  /** Another name. */
  name?: string | null | undefined;
  /** The server. */
  otherMdmId: string | number;
  /** See CreateOtherMDMInput. */
  profileBase64?: string | null | undefined;
  /** See CreateOtherMDMInput. */
  request?: OtherMdmRequest | null | undefined;
  /** See CreateOtherMDMInput. */
  url?: string | null | undefined;
  /** See CreateOtherMDMInput. */
  webhookAuthentication?: OtherMdmWebhookAuthentication | null | undefined;
};

/** Input of updateUser. What is left out stays. */
export type UpdateUserInput = {
  /** Whether the person is kept from signing in. */
  disabled?: boolean | null | undefined;
  /** Name shown to others, up to 125 bytes. */
  name?: string | null | undefined;
  /** What the person may do. */
  role?: Role | null | undefined;
  /** The person. */
  userId: string | number;
};

/** Input of uploadABMServerToken. */
export type UploadAbmServerTokenInput = {
  /** The ABM token whose key the server token was made for. */
  abmTokenId: string | number;
  /**
   * Confirms what a renewal would change: another consumer key, another Apple Account, another server or organization name. Without
   * it such a change is a user error that shows both sides. Another server or organization is refused always.
   */
  acceptChanges?: boolean | null | undefined;
  /** The .p7m file as Apple Business Manager offered it, base64; at most 64 KiB before encoding. */
  contentBase64: string;
};

/** Input of uploadEnrollmentSigningCertificate. */
export type UploadEnrollmentSigningCertificateInput = {
  /** The certificate, followed by those above it, PEM, at most 8. One that devices trust. */
  certificatePem: string;
  /** Its private key, PEM without a password: RSA of at least 2048 bits, or ECDSA. */
  privateKeyPem: string;
};

/** Input of uploadPushCertificate. */
export type UploadPushCertificateInput = {
  /** Apple Account that it was made with; left out, what is known stays. */
  appleAccount?: string | null | undefined;
  /** The certificate, with or without those above it: PEM, or DER in base64; at most 64 KiB. */
  certificate: string;
  /** Its private key, PEM without a password. Left out for the certificate of a request, whose key is here. */
  privateKey?: string | null | undefined;
};

/** Whether a person may sign in. */
export type UserStatus =
  /** May sign in. */
  | 'ACTIVE'
  /** May not sign in. */
  | 'DISABLED'
  /** Was added, and has not chosen a password yet. */
  | 'INVITED';

export type CreateExplorerTokenMutationVariables = Exact<{ [key: string]: never; }>;


export type CreateExplorerTokenMutation = { createExplorerToken: { secret: string | null, expiresAt: string | null, userErrors: Array<{ message: string }> } };

export type ForeignProfilesQueryVariables = Exact<{
  id: string | number;
}>;


export type ForeignProfilesQuery = { node:
    | { __typename: 'ABMToken', id: string, foreignToReplace: number }
    | { __typename: 'ADEProfile' }
    | { __typename: 'ADEProfileVersion' }
    | { __typename: 'APIToken' }
    | { __typename: 'AssignmentBatch' }
    | { __typename: 'AssignmentResult' }
    | { __typename: 'AuditEntry' }
    | { __typename: 'CommandBatch' }
    | { __typename: 'Device' }
    | { __typename: 'DeviceEnrollment' }
    | { __typename: 'DeviceEvent' }
    | { __typename: 'DeviceGroup' }
    | { __typename: 'EnrollmentRefusal' }
    | { __typename: 'IdentityCertificate' }
    | { __typename: 'MDMCommand' }
    | { __typename: 'OtherMDM' }
    | { __typename: 'SyncRun' }
    | { __typename: 'User' }
   | null };

export type SetAssignmentModeMutationVariables = Exact<{
  input: SetAssignmentModeInput;
}>;


export type SetAssignmentModeMutation = { setAssignmentMode: { abmToken: { id: string, assignmentMode: AssignmentMode | null } | null, assignmentBatch: { id: string } | null, userErrors: Array<{ field: Array<string> | null, message: string, hint: string | null, code: string }> } };

export type TokenExchangeFragment = { id: string, name: string, state: TokenState, expiresAt: string | null, serverName: string, adminId: string, orgName: string, orgId: string, certificatePEM: string, certificateSha256: string, renewalStarted: boolean } & { ' $fragmentName'?: 'TokenExchangeFragment' };

export type TokenToExchangeQueryVariables = Exact<{
  id: string | number;
}>;


export type TokenToExchangeQuery = { node:
    | (
      { __typename: 'ABMToken' }
      & { ' $fragmentRefs'?: { 'TokenExchangeFragment': TokenExchangeFragment } }
    )
    | { __typename: 'ADEProfile' }
    | { __typename: 'ADEProfileVersion' }
    | { __typename: 'APIToken' }
    | { __typename: 'AssignmentBatch' }
    | { __typename: 'AssignmentResult' }
    | { __typename: 'AuditEntry' }
    | { __typename: 'CommandBatch' }
    | { __typename: 'Device' }
    | { __typename: 'DeviceEnrollment' }
    | { __typename: 'DeviceEvent' }
    | { __typename: 'DeviceGroup' }
    | { __typename: 'EnrollmentRefusal' }
    | { __typename: 'IdentityCertificate' }
    | { __typename: 'MDMCommand' }
    | { __typename: 'OtherMDM' }
    | { __typename: 'SyncRun' }
    | { __typename: 'User' }
   | null };

export type GenerateAbmTokenMutationVariables = Exact<{
  input: GenerateAbmTokenInput;
}>;


export type GenerateAbmTokenMutation = { generateABMToken: { abmToken: { id: string } | null, userErrors: Array<{ field: Array<string> | null, message: string, hint: string | null, code: string }> } };

export type UploadAbmServerTokenMutationVariables = Exact<{
  input: UploadAbmServerTokenInput;
}>;


export type UploadAbmServerTokenMutation = { uploadABMServerToken: { abmToken: { ' $fragmentRefs'?: { 'TokenExchangeFragment': TokenExchangeFragment } } | null, userErrors: Array<{ field: Array<string> | null, message: string, hint: string | null, code: string }> } };

export type TokenCardFragment = { id: string, name: string, state: TokenState, expiresAt: string | null, serverName: string, adminId: string, orgName: string, orgId: string, createdAt: string, lastSyncedAt: string | null, nextSyncAt: string | null, deviceCount: number, assignmentMode: AssignmentMode | null, heldRemovals: number, heldAt: string | null, renewalStarted: boolean, stateReason: { message: string, hint: string | null } | null } & { ' $fragmentName'?: 'TokenCardFragment' };

export type AbmTokensQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type AbmTokensQuery = { abmTokens: { nodes: Array<(
      { id: string }
      & { ' $fragmentRefs'?: { 'TokenCardFragment': TokenCardFragment } }
    )>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type CheckAbmTokenMutationVariables = Exact<{
  input: CheckAbmTokenInput;
}>;


export type CheckAbmTokenMutation = { checkABMToken: { abmToken: { id: string, state: TokenState } | null, userErrors: Array<{ field: Array<string> | null, message: string, hint: string | null, code: string }> } };

export type DeleteAbmTokenMutationVariables = Exact<{
  input: DeleteAbmTokenInput;
}>;


export type DeleteAbmTokenMutation = { deleteABMToken: { devicesRemoved: number, userErrors: Array<{ field: Array<string> | null, message: string, hint: string | null, code: string }> } };

export type AdeProfileSkippedPanesQueryVariables = Exact<{ [key: string]: never; }>;


export type AdeProfileSkippedPanesQuery = { adeProfiles: { nodes: Array<{ id: string, name: string, publishedVersion: { id: string, content: { skipSetupItems: Array<string> } } | null, draft: { skipSetupItems: Array<string> } | null }> } };

export type AdeProfileVersionsQueryVariables = Exact<{
  adeProfileId: string | number;
}>;


export type AdeProfileVersionsQuery = { adeProfileVersions: { nodes: Array<(
      { id: string }
      & { ' $fragmentRefs'?: { 'AdeProfileVersionRowFragment': AdeProfileVersionRowFragment } }
    )>, pageInfo: { hasNextPage: boolean } } };

export type CreateAdeProfileMutationVariables = Exact<{
  input: CreateAdeProfileInput;
}>;


export type CreateAdeProfileMutation = { createADEProfile: { adeProfile: { id: string } | null, userErrors: Array<{ field: Array<string> | null, message: string, hint: string | null }> } };

export type UpdateAdeProfileMutationVariables = Exact<{
  input: UpdateAdeProfileInput;
}>;


export type UpdateAdeProfileMutation = { updateADEProfile: { adeProfile: (
      { id: string }
      & { ' $fragmentRefs'?: { 'AdeProfileEditorFragment': AdeProfileEditorFragment } }
    ) | null, userErrors: Array<{ field: Array<string> | null, message: string, hint: string | null }> } };

export type PublishAdeProfileMutationVariables = Exact<{
  input: PublishAdeProfileInput;
}>;


export type PublishAdeProfileMutation = { publishADEProfile: { adeProfile: (
      { id: string }
      & { ' $fragmentRefs'?: { 'AdeProfileEditorFragment': AdeProfileEditorFragment } }
    ) | null, assignmentBatch: { ' $fragmentRefs'?: { 'AssignmentBatchFieldsFragment': AssignmentBatchFieldsFragment } } | null, userErrors: Array<{ field: Array<string> | null, message: string, hint: string | null }> } };

export type DiscardAdeProfileDraftMutationVariables = Exact<{
  input: DiscardAdeProfileDraftInput;
}>;


export type DiscardAdeProfileDraftMutation = { discardADEProfileDraft: { adeProfile: (
      { id: string }
      & { ' $fragmentRefs'?: { 'AdeProfileEditorFragment': AdeProfileEditorFragment } }
    ) | null, userErrors: Array<{ message: string, hint: string | null }> } };

export type DeleteAdeProfileMutationVariables = Exact<{
  input: DeleteAdeProfileInput;
}>;


export type DeleteAdeProfileMutation = { deleteADEProfile: { userErrors: Array<{ field: Array<string> | null, message: string, hint: string | null }> } };

export type AdeProfilePaneFragment = { key: string, title: string, description: string, availability: Array<{ platform: Platform, since: string, deprecatedSince: string | null, removedIn: string | null, notAlwaysSkippable: boolean }> } & { ' $fragmentName'?: 'AdeProfilePaneFragment' };

export type SetupAssistantPanesQueryVariables = Exact<{ [key: string]: never; }>;


export type SetupAssistantPanesQuery = { setupAssistantPanes: Array<{ ' $fragmentRefs'?: { 'AdeProfilePaneFragment': AdeProfilePaneFragment } }> };

export type AdeProfileContentFragment = { isSupervised: boolean, isMandatory: boolean, isMdmRemovable: boolean, awaitDeviceConfigured: boolean, isMultiUser: boolean, autoAdvanceSetup: boolean, language: string | null, region: string | null, skipSetupItems: Array<string>, department: string | null, supportPhoneNumber: string | null, supportEmailAddress: string | null, orgMagic: string | null, allowPairing: boolean, anchorCerts: Array<string>, supervisingHostCerts: Array<string>, doNotUseProfileFromBackup: boolean, isReturnToService: boolean, configurationWebUrl: string | null } & { ' $fragmentName'?: 'AdeProfileContentFragment' };

export type AdeProfileRowFragment = { id: string, name: string, platforms: Array<Platform>, deviceCount: number, deviceCountAtApple: number, updatedAt: string, ownDevices: number, publishedVersion: { id: string, number: number } | null, draft: { isMandatory: boolean } | null, deviceGroups: Array<{ id: string, name: string }>, defaults: Array<{ id: string, platform: Platform }>, registrations: Array<{ error: { code: string } | null }> } & { ' $fragmentName'?: 'AdeProfileRowFragment' };

export type AdeProfilesQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type AdeProfilesQuery = { adeProfiles: { nodes: Array<(
      { id: string }
      & { ' $fragmentRefs'?: { 'AdeProfileRowFragment': AdeProfileRowFragment } }
    )>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type AdeProfileEditorFragment = { id: string, name: string, platforms: Array<Platform>, ownDevices: number, minimumOS: Array<{ platform: Platform, version: string }>, otherMdm: { id: string } | null, publishedVersion: { id: string, number: number, publishedAt: string, publishedBy: string, json: string, content: { ' $fragmentRefs'?: { 'AdeProfileContentFragment': AdeProfileContentFragment } } } | null, draft: { ' $fragmentRefs'?: { 'AdeProfileContentFragment': AdeProfileContentFragment } } | null, warnings: Array<{ field: string, message: string }>, deviceGroups: Array<{ id: string, name: string }>, defaults: Array<{ id: string, platform: Platform, abmToken: { id: string, name: string } | null }>, registrations: Array<{ appleProfileUuid: string | null, registeredAt: string | null, url: string, nextAttemptAt: string | null, abmToken: { id: string, name: string }, version: { id: string, number: number }, error: { code: string, message: string, hint: string | null } | null }> } & { ' $fragmentName'?: 'AdeProfileEditorFragment' };

export type AdeProfileQueryVariables = Exact<{
  id: string | number;
}>;


export type AdeProfileQuery = { node:
    | { __typename: 'ABMToken' }
    | (
      { __typename: 'ADEProfile', id: string }
      & { ' $fragmentRefs'?: { 'AdeProfileEditorFragment': AdeProfileEditorFragment } }
    )
    | { __typename: 'ADEProfileVersion' }
    | { __typename: 'APIToken' }
    | { __typename: 'AssignmentBatch' }
    | { __typename: 'AssignmentResult' }
    | { __typename: 'AuditEntry' }
    | { __typename: 'CommandBatch' }
    | { __typename: 'Device' }
    | { __typename: 'DeviceEnrollment' }
    | { __typename: 'DeviceEvent' }
    | { __typename: 'DeviceGroup' }
    | { __typename: 'EnrollmentRefusal' }
    | { __typename: 'IdentityCertificate' }
    | { __typename: 'MDMCommand' }
    | { __typename: 'OtherMDM' }
    | { __typename: 'SyncRun' }
    | { __typename: 'User' }
   | null };

export type AdeProfileDevicesQueryVariables = Exact<{
  id: string | number;
}>;


export type AdeProfileDevicesQuery = { devices: { totalCount: number } };

export type AdeProfileVersionRowFragment = { id: string, number: number, publishedAt: string, publishedBy: string, json: string } & { ' $fragmentName'?: 'AdeProfileVersionRowFragment' };

export type AdeProfileNamesQueryVariables = Exact<{ [key: string]: never; }>;


export type AdeProfileNamesQuery = { adeProfiles: { nodes: Array<{ id: string, name: string, platforms: Array<Platform>, publishedVersion: { id: string, number: number } | null }> } };

export type ApiTokensQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type ApiTokensQuery = { apiTokens: { nodes: Array<(
      { id: string }
      & { ' $fragmentRefs'?: { 'ApiTokenFragment': ApiTokenFragment } }
    )>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type CreateApiTokenMutationVariables = Exact<{
  input: CreateApiTokenInput;
}>;


export type CreateApiTokenMutation = { createAPIToken: { secret: string | null, apiToken: (
      { id: string }
      & { ' $fragmentRefs'?: { 'ApiTokenFragment': ApiTokenFragment } }
    ) | null, userErrors: Array<{ field: Array<string> | null, message: string, hint: string | null }> } };

export type RevokeApiTokenMutationVariables = Exact<{
  input: RevokeApiTokenInput;
}>;


export type RevokeApiTokenMutation = { revokeAPIToken: { apiToken: (
      { id: string }
      & { ' $fragmentRefs'?: { 'ApiTokenFragment': ApiTokenFragment } }
    ) | null, userErrors: Array<{ message: string, hint: string | null }> } };

export type ApiTokenFragment = { id: string, name: string, role: Role, hint: string, createdAt: string, createdBy: string, lastUsedAt: string | null, expiresAt: string | null, revokedAt: string | null } & { ' $fragmentName'?: 'ApiTokenFragment' };

export type CancelAssignmentBatchMutationVariables = Exact<{
  input: CancelAssignmentBatchInput;
}>;


export type CancelAssignmentBatchMutation = { cancelAssignmentBatch: { assignmentBatch: { ' $fragmentRefs'?: { 'AssignmentBatchFieldsFragment': AssignmentBatchFieldsFragment } } | null, userErrors: Array<{ field: Array<string> | null, message: string, hint: string | null, code: string }> } };

export type UndoAssignmentBatchMutationVariables = Exact<{
  input: UndoAssignmentBatchInput;
}>;


export type UndoAssignmentBatchMutation = { undoAssignmentBatch: { assignmentBatch: { ' $fragmentRefs'?: { 'AssignmentBatchFieldsFragment': AssignmentBatchFieldsFragment } } | null, userErrors: Array<{ field: Array<string> | null, message: string, hint: string | null, code: string }> } };

export type AssignmentBatchesQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type AssignmentBatchesQuery = { assignmentBatches: { nodes: Array<{ ' $fragmentRefs'?: { 'AssignmentBatchFieldsFragment': AssignmentBatchFieldsFragment } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type AssignmentResultsQueryVariables = Exact<{
  batchId: string | number;
  status?: AssignmentResultStatus | null | undefined;
  after?: string | null | undefined;
}>;


export type AssignmentResultsQuery = { assignmentResults: { nodes: Array<{ id: string, status: AssignmentResultStatus, message: string, updatedAt: string, device: { id: string, serialNumber: string, model: string } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type AssignmentPreviewFieldsFragment = { devices: number, unchanged: number, observed: number, foreign: number, activated: number, throttled: number, migrationsNotAwaited: number, changes: Array<{ devices: number, from: { id: string, name: string } | null, to: { id: string, name: string } | null }>, warnings: Array<{ field: string, message: string }> } & { ' $fragmentName'?: 'AssignmentPreviewFieldsFragment' };

export type AssignmentPreviewQueryVariables = Exact<{
  input: AssignmentPreviewInput;
}>;


export type AssignmentPreviewQuery = { assignmentPreview: { preview: { ' $fragmentRefs'?: { 'AssignmentPreviewFieldsFragment': AssignmentPreviewFieldsFragment } } | null, userErrors: Array<{ field: Array<string> | null, message: string, hint: string | null, code: string }> } };

export type AssignAdeProfileMutationVariables = Exact<{
  input: AssignAdeProfileInput;
}>;


export type AssignAdeProfileMutation = { assignADEProfile: { assignmentBatch: { ' $fragmentRefs'?: { 'AssignmentBatchFieldsFragment': AssignmentBatchFieldsFragment } } | null, userErrors: Array<{ field: Array<string> | null, message: string, hint: string | null, code: string }> } };

export type UnassignAdeProfileMutationVariables = Exact<{
  input: UnassignAdeProfileInput;
}>;


export type UnassignAdeProfileMutation = { unassignADEProfile: { assignmentBatch: { ' $fragmentRefs'?: { 'AssignmentBatchFieldsFragment': AssignmentBatchFieldsFragment } } | null, userErrors: Array<{ field: Array<string> | null, message: string, hint: string | null, code: string }> } };

export type ClearAdeProfileMutationVariables = Exact<{
  input: ClearAdeProfileInput;
}>;


export type ClearAdeProfileMutation = { clearADEProfile: { assignmentBatch: { ' $fragmentRefs'?: { 'AssignmentBatchFieldsFragment': AssignmentBatchFieldsFragment } } | null, userErrors: Array<{ field: Array<string> | null, message: string, hint: string | null, code: string }> } };

export type ClearPreviewQueryVariables = Exact<{
  all: DeviceWhereInput;
  fetched: DeviceWhereInput;
  without: DeviceWhereInput;
}>;


export type ClearPreviewQuery = { all: { totalCount: number }, fetched: { totalCount: number }, without: { totalCount: number } };

export type AssignmentBatchFieldsFragment = { id: string, cause: AssignmentCause, status: AssignmentBatchStatus, title: string, requestedBy: string, devices: number, counted: boolean, total: number, succeeded: number, failed: number, createdAt: string, updatedAt: string, finishedAt: string | null } & { ' $fragmentName'?: 'AssignmentBatchFieldsFragment' };

export type AssignmentProgressSubscriptionVariables = Exact<{
  batchId: string | number;
}>;


export type AssignmentProgressSubscription = { assignmentProgress: { ' $fragmentRefs'?: { 'AssignmentBatchFieldsFragment': AssignmentBatchFieldsFragment } } };

export type SelectedSerialsQueryVariables = Exact<{
  where: DeviceWhereInput;
  after?: string | null | undefined;
}>;


export type SelectedSerialsQuery = { devices: { nodes: Array<{ id: string, serialNumber: string }>, pageInfo: { endCursor: string | null, hasNextPage: boolean } } };

export type DisownDevicesMutationVariables = Exact<{
  input: DisownDevicesInput;
}>;


export type DisownDevicesMutation = { disownDevices: { unknownSerialNumbers: Array<string>, assignmentBatch: { ' $fragmentRefs'?: { 'AssignmentBatchFieldsFragment': AssignmentBatchFieldsFragment } } | null, results: Array<{ serialNumber: string, status: AssignmentResultStatus, message: string }>, userErrors: Array<{ field: Array<string> | null, message: string, hint: string | null, code: string }> } };

export type ProfileChoiceFragment = { id: string, name: string, platforms: Array<Platform>, deviceCount: number, publishedVersion: { id: string, number: number, content: { isSupervised: boolean, isMandatory: boolean, isMdmRemovable: boolean, skipSetupItems: Array<string> } } | null } & { ' $fragmentName'?: 'ProfileChoiceFragment' };

export type ProfileChoicesQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type ProfileChoicesQuery = { adeProfiles: { nodes: Array<{ ' $fragmentRefs'?: { 'ProfileChoiceFragment': ProfileChoiceFragment } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type AuditActorsQueryVariables = Exact<{ [key: string]: never; }>;


export type AuditActorsQuery = { users: { nodes: Array<{ id: string, name: string }> }, apiTokens: { nodes: Array<{ id: string, name: string }> } };

export type AuditObjectQueryVariables = Exact<{
  id: string | number;
}>;


export type AuditObjectQuery = { auditEntries: { nodes: Array<{ id: string, objectName: string }> } };

export type AuditEntryFieldsFragment = { id: string, at: string, actorKind: ActorKind, actorId: string | null, actorName: string, action: string, objectId: string | null, objectName: string, before: unknown, after: unknown, requestId: string, remoteAddress: string } & { ' $fragmentName'?: 'AuditEntryFieldsFragment' };

export type AuditEntriesQueryVariables = Exact<{
  where?: AuditEntryWhereInput | null | undefined;
  after?: string | null | undefined;
}>;


export type AuditEntriesQuery = { auditEntries: { nodes: Array<{ ' $fragmentRefs'?: { 'AuditEntryFieldsFragment': AuditEntryFieldsFragment } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type MdmCommandAnswerQueryVariables = Exact<{
  id: string | number;
}>;


export type MdmCommandAnswerQuery = { mdmCommandAnswer: { plist: string | null } };

export type CancelCommandsMutationVariables = Exact<{
  input: CancelCommandsInput;
}>;


export type CancelCommandsMutation = { cancelCommands: { canceled: number, commandBatch: { ' $fragmentRefs'?: { 'CommandBatchFieldsFragment': CommandBatchFieldsFragment } } | null, mdmCommand: { id: string, status: MdmCommandStatus } | null, userErrors: Array<{ field: Array<string> | null, message: string, hint: string | null, code: string }> } };

export type CommandBatchesQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type CommandBatchesQuery = { commandBatches: { nodes: Array<{ ' $fragmentRefs'?: { 'CommandBatchFieldsFragment': CommandBatchFieldsFragment } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type MdmCommandFragment = { id: string, requestType: string, purpose: MdmCommandPurpose, status: MdmCommandStatus, errorMessage: string, attempts: number, queuedAt: string, sentAt: string | null, answeredAt: string | null, requestedBy: string, isForUser: boolean } & { ' $fragmentName'?: 'MdmCommandFragment' };

export type MdmCommandsQueryVariables = Exact<{
  deviceId: string | number;
  after?: string | null | undefined;
}>;


export type MdmCommandsQuery = { mdmCommands: { nodes: Array<{ ' $fragmentRefs'?: { 'MdmCommandFragment': MdmCommandFragment } }>, pageInfo: { endCursor: string | null, hasNextPage: boolean } } };

export type CommandResultsQueryVariables = Exact<{
  batchId: string | number;
  status?: MdmCommandStatus | null | undefined;
  after?: string | null | undefined;
}>;


export type CommandResultsQuery = { mdmCommands: { nodes: Array<{ id: string, status: MdmCommandStatus, errorMessage: string, attempts: number, queuedAt: string, sentAt: string | null, answeredAt: string | null, device: { id: string, serialNumber: string, model: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type CommandBatchFieldsFragment = { id: string, requestType: string, title: string, status: CommandBatchStatus, requestedBy: string, devices: number, notEnrolled: number, total: number, isQueued: boolean, createdAt: string, finishedAt: string | null, counts: { queued: number, sent: number, notNow: number, acknowledged: number, failed: number, canceled: number, dropped: number } } & { ' $fragmentName'?: 'CommandBatchFieldsFragment' };

export type CommandBatchQueryVariables = Exact<{
  id: string | number;
}>;


export type CommandBatchQuery = { node:
    | { __typename: 'ABMToken' }
    | { __typename: 'ADEProfile' }
    | { __typename: 'ADEProfileVersion' }
    | { __typename: 'APIToken' }
    | { __typename: 'AssignmentBatch' }
    | { __typename: 'AssignmentResult' }
    | { __typename: 'AuditEntry' }
    | (
      { __typename: 'CommandBatch', canResend: boolean, notEnrolledSerialNumbers: Array<string> }
      & { ' $fragmentRefs'?: { 'CommandBatchFieldsFragment': CommandBatchFieldsFragment } }
    )
    | { __typename: 'Device' }
    | { __typename: 'DeviceEnrollment' }
    | { __typename: 'DeviceEvent' }
    | { __typename: 'DeviceGroup' }
    | { __typename: 'EnrollmentRefusal' }
    | { __typename: 'IdentityCertificate' }
    | { __typename: 'MDMCommand' }
    | { __typename: 'OtherMDM' }
    | { __typename: 'SyncRun' }
    | { __typename: 'User' }
   | null };

export type SendCommandMutationVariables = Exact<{
  input: SendCommandInput;
}>;


export type SendCommandMutation = { sendCommand: { commandBatch: { ' $fragmentRefs'?: { 'CommandBatchFieldsFragment': CommandBatchFieldsFragment } } | null, userErrors: Array<{ field: Array<string> | null, message: string, hint: string | null, code: string }> } };

export type CommandPreviewQueryVariables = Exact<{
  all: DeviceWhereInput;
  enrolled: DeviceWhereInput;
  macs: DeviceWhereInput;
}>;


export type CommandPreviewQuery = { all: { totalCount: number }, enrolled: { totalCount: number }, macs: { totalCount: number } };

export type ResendCommandMutationVariables = Exact<{
  input: ResendCommandInput;
}>;


export type ResendCommandMutation = { resendCommand: { commandBatch: { ' $fragmentRefs'?: { 'CommandBatchFieldsFragment': CommandBatchFieldsFragment } } | null, userErrors: Array<{ field: Array<string> | null, message: string, hint: string | null, code: string }> } };

export type ResendSerialsQueryVariables = Exact<{
  batchId: string | number;
  status: MdmCommandStatus;
  after?: string | null | undefined;
}>;


export type ResendSerialsQuery = { mdmCommands: { nodes: Array<{ id: string, device: { id: string, serialNumber: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type DeviceEventsQueryVariables = Exact<{
  deviceId: string | number;
  after?: string | null | undefined;
}>;


export type DeviceEventsQuery = { deviceEvents: { nodes: Array<{ ' $fragmentRefs'?: { 'DeviceEventFieldsFragment': DeviceEventFieldsFragment } }>, pageInfo: { endCursor: string | null, hasNextPage: boolean } } };

export type ProfileNamesQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type ProfileNamesQuery = { adeProfiles: { nodes: Array<{ id: string, name: string }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type GroupNamesQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type GroupNamesQuery = { deviceGroups: { nodes: Array<{ id: string, name: string }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type DeviceRowFragment = { id: string, serialNumber: string, model: string, color: string, assetTag: string, deviceFamily: string, platform: Platform, deviceAssignedAt: string | null, deviceAssignedBy: string, addedAt: string, changedAt: string, removedAt: string | null, profileSource: ProfileSource, assignmentStatus: AssignmentStatus, enrollmentStatus: EnrollmentStatus, appliesAfterErase: boolean, mdmMigrationDeadline: string | null, adeProfile: { id: string, name: string } | null, abmToken: { id: string, name: string } } & { ' $fragmentName'?: 'DeviceRowFragment' };

export type DevicePageQueryVariables = Exact<{
  after?: string | null | undefined;
  first?: number | null | undefined;
  before?: string | null | undefined;
  last?: number | null | undefined;
  orderBy?: DeviceOrder | null | undefined;
  where?: DeviceWhereInput | null | undefined;
}>;


export type DevicePageQuery = { devices: { nodes: Array<{ ' $fragmentRefs'?: { 'DeviceRowFragment': DeviceRowFragment } }>, pageInfo: { startCursor: string | null, endCursor: string | null, hasNextPage: boolean } } };

export type DeviceStepQueryVariables = Exact<{
  after?: string | null | undefined;
  first?: number | null | undefined;
  before?: string | null | undefined;
  last?: number | null | undefined;
  orderBy?: DeviceOrder | null | undefined;
  where?: DeviceWhereInput | null | undefined;
}>;


export type DeviceStepQuery = { devices: { pageInfo: { startCursor: string | null, endCursor: string | null, hasNextPage: boolean } } };

export type DeviceCountQueryVariables = Exact<{
  where?: DeviceWhereInput | null | undefined;
}>;


export type DeviceCountQuery = { devices: { totalCount: number } };

export type ViewCountQueryVariables = Exact<{
  where?: DeviceWhereInput | null | undefined;
}>;


export type ViewCountQuery = { devices: { totalCount: number } };

export type DevicesAgainQueryVariables = Exact<{
  ids: Array<string | number> | string | number;
  before?: string | null | undefined;
  orderBy?: DeviceOrder | null | undefined;
  where?: DeviceWhereInput | null | undefined;
}>;


export type DevicesAgainQuery = { shown: { nodes: Array<{ ' $fragmentRefs'?: { 'DeviceRowFragment': DeviceRowFragment } }> }, ahead: { nodes: Array<{ id: string }> } };

export type DeviceDetailsQueryVariables = Exact<{
  serialNumber: string;
}>;


export type DeviceDetailsQuery = { device: (
    { id: string, serialNumber: string, model: string, description: string, color: string, assetTag: string, deviceFamily: string, os: string, platform: Platform, appleProfileUuid: string, appleProfileStatus: string, appleProfileAssignedAt: string | null, appleProfilePushedAt: string | null, deviceAssignedAt: string | null, deviceAssignedBy: string, mdmMigrationDeadline: string | null, addedAt: string, changedAt: string, removedAt: string | null, assignmentStatus: AssignmentStatus, enrollmentStatus: EnrollmentStatus, abmToken: { id: string, name: string, orgName: string } }
    & { ' $fragmentRefs'?: { 'DeviceProfileFragment': DeviceProfileFragment;'DeviceEnrollmentFragment': DeviceEnrollmentFragment } }
  ) | null };

export type DeviceEventFieldsFragment = { id: string, kind: DeviceEventKind, at: string, appleAt: string | null, changes: unknown, unannounced: boolean, syncRunId: string | null, abmTokenId: string, requestedBy: string, otherSerialNumber: string | null, otherDevice: { id: string } | null } & { ' $fragmentName'?: 'DeviceEventFieldsFragment' };

export type DeviceProfileFragment = { id: string, serialNumber: string, removedAt: string | null, profileSource: ProfileSource, assignmentStatus: AssignmentStatus, hasForeignProfile: boolean, appliesAfterErase: boolean, mdmMigrationDeadline: string | null, assignmentProblem: { code: string, message: string, hint: string | null, nextAttemptAt: string | null, attempts: number } | null, profileExplanation: Array<{ source: ProfileSource, verdict: ProfileVerdict, text: string, adeProfile: { id: string, name: string } | null, deviceGroup: { id: string, name: string, position: number } | null, abmToken: { id: string, name: string } | null }>, deviceGroups: Array<{ id: string, name: string }> } & { ' $fragmentName'?: 'DeviceProfileFragment' };

export type RegisteredProfilesQueryVariables = Exact<{ [key: string]: never; }>;


export type RegisteredProfilesQuery = { adeProfiles: { nodes: Array<{ id: string, name: string, registrations: Array<{ appleProfileUuid: string | null, version: { id: string, number: number } }> }> } };

export type PublicUrlQueryVariables = Exact<{ [key: string]: never; }>;


export type PublicUrlQuery = { publicUrl: { url: string | null, configuredUrl: string | null, devices: number } };

export type ConfirmPublicUrlMutationVariables = Exact<{
  input: ConfirmPublicUrlInput;
}>;


export type ConfirmPublicUrlMutation = { confirmPublicURL: { publicUrl: { url: string | null } | null, userErrors: Array<{ field: Array<string> | null, message: string, hint: string | null, code: string }> } };

export type DiagnoseDeviceQueryVariables = Exact<{
  serialNumber: string;
}>;


export type DiagnoseDeviceQuery = { diagnoseDevice: { serialNumber: string, standsAt: DeviceDiagnosisStepKind | null, device: { id: string, serialNumber: string, model: string } | null, abmToken: { id: string, name: string } | null, adeProfile: { id: string } | null, steps: Array<{ kind: DeviceDiagnosisStepKind, verdict: DeviceDiagnosisVerdict, text: string, evidence: Array<string>, at: string | null, fix: { text: string, actions: Array<{ kind: DiagnosisActionKind, role: Role }> } }> } };

export type DiagnosesQueryVariables = Exact<{
  abmTokenId?: string | number | null | undefined;
}>;


export type DiagnosesQuery = { diagnoses: Array<{ key: string, code: string, severity: DiagnosisSeverity, symptom: string, cause: string, evidence: Array<string>, sinceAt: string | null, affectedDevices: number, affectedWhere: unknown, exampleSerialNumbers: Array<string>, fix: { text: string, actions: Array<{ kind: DiagnosisActionKind, role: Role }> }, abmToken: { id: string } | null, adeProfile: { id: string } | null }> };

export type PassedChecksQueryVariables = Exact<{
  abmTokenId?: string | number | null | undefined;
}>;


export type PassedChecksQuery = { passedChecks: Array<{ code: string, name: string, detail: string }> };

export type FleetEventsSubscriptionVariables = Exact<{
  abmTokenId?: string | number | null | undefined;
  kinds?: Array<DeviceEventKind> | DeviceEventKind | null | undefined;
}>;


export type FleetEventsSubscription = { fleetEvents: { kind: DeviceEventKind } };

export type ReleaseFromSetupAssistantMutationVariables = Exact<{
  input: ReleaseFromSetupAssistantInput;
}>;


export type ReleaseFromSetupAssistantMutation = { releaseFromSetupAssistant: { device: { ' $fragmentRefs'?: { 'DeviceEnrollmentFragment': DeviceEnrollmentFragment } } | null, userErrors: Array<{ field: Array<string> | null, message: string, hint: string | null }> } };

export type DeviceEnrollmentFragment = { id: string, serialNumber: string, enrollmentStatus: EnrollmentStatus, enrollment: { id: string, udid: string, product: string, modelName: string, deviceName: string, osVersion: string, buildVersion: string, belowMinimumOs: boolean, profileFetchedAt: string | null, authenticatedAt: string | null, enrolledAt: string | null, unenrolledAt: string | null, lastSeenAt: string | null, enrollments: number, awaitingConfiguration: boolean, releasedAt: string | null, takesCommands: boolean, pushedAt: string | null, pushError: string | null, otherMdm: { id: string, name: string } | null, offeredMdm: { id: string, name: string } | null, adeProfileVersion: { id: string, number: number, adeProfile: { id: string, name: string } } | null, identity: { id: string, serial: string, fingerprint: string, expiresAt: string, revokedAt: string | null, revokedBecause: string } | null } | null } & { ' $fragmentName'?: 'DeviceEnrollmentFragment' };

export type EnrollmentRefusalFragment = { id: string, code: string, serialNumber: string, message: string, udid: string, product: string, osVersion: string, address: string, count: number, lastAt: string } & { ' $fragmentName'?: 'EnrollmentRefusalFragment' };

export type DeviceRefusalsQueryVariables = Exact<{
  serialNumber: string;
}>;


export type DeviceRefusalsQuery = { enrollmentRefusals: { nodes: Array<(
      { id: string }
      & { ' $fragmentRefs'?: { 'EnrollmentRefusalFragment': EnrollmentRefusalFragment } }
    )> } };

export type DeviceGroupRowFragment = { id: string, name: string, description: string, position: number, deviceCount: number, decidedCount: number, adeProfile: { id: string, name: string } | null, rule: (
    { all: Array<{ ' $fragmentRefs'?: { 'RuleTermFragment': RuleTermFragment } }> | null, any: Array<{ ' $fragmentRefs'?: { 'RuleTermFragment': RuleTermFragment } }> | null, not: { ' $fragmentRefs'?: { 'RuleTermFragment': RuleTermFragment } } | null }
    & { ' $fragmentRefs'?: { 'RuleTermFragment': RuleTermFragment } }
  ) | null } & { ' $fragmentName'?: 'DeviceGroupRowFragment' };

export type DeviceGroupsQueryVariables = Exact<{
  after?: string | null | undefined;
  nameContains?: string | null | undefined;
}>;


export type DeviceGroupsQuery = { deviceGroups: { nodes: Array<{ ' $fragmentRefs'?: { 'DeviceGroupRowFragment': DeviceGroupRowFragment } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type UpdateDeviceGroupMutationVariables = Exact<{
  input: UpdateDeviceGroupInput;
}>;


export type UpdateDeviceGroupMutation = { updateDeviceGroup: { deviceGroup: { id: string } | null, userErrors: Array<{ field: Array<string> | null, message: string, hint: string | null, code: string }> } };

export type AddDevicesToGroupMutationVariables = Exact<{
  input: AddDevicesToGroupInput;
}>;


export type AddDevicesToGroupMutation = { addDevicesToGroup: { added: number | null, unknownSerialNumbers: Array<string>, userErrors: Array<{ field: Array<string> | null, message: string, hint: string | null, code: string }> } };

export type RemoveDevicesFromGroupMutationVariables = Exact<{
  input: RemoveDevicesFromGroupInput;
}>;


export type RemoveDevicesFromGroupMutation = { removeDevicesFromGroup: { removed: number | null, unknownSerialNumbers: Array<string>, userErrors: Array<{ field: Array<string> | null, message: string, hint: string | null, code: string }> } };

export type DeviceGroupDetailsFragment = { id: string, name: string, description: string, position: number, deviceCount: number, decidedCount: number, adeProfile: { id: string, name: string } | null, rule: { ' $fragmentRefs'?: { 'RuleLevel1Fragment': RuleLevel1Fragment } } | null } & { ' $fragmentName'?: 'DeviceGroupDetailsFragment' };

export type DeviceGroupQueryVariables = Exact<{
  id: string | number;
}>;


export type DeviceGroupQuery = { node:
    | { __typename: 'ABMToken' }
    | { __typename: 'ADEProfile' }
    | { __typename: 'ADEProfileVersion' }
    | { __typename: 'APIToken' }
    | { __typename: 'AssignmentBatch' }
    | { __typename: 'AssignmentResult' }
    | { __typename: 'AuditEntry' }
    | { __typename: 'CommandBatch' }
    | { __typename: 'Device' }
    | { __typename: 'DeviceEnrollment' }
    | { __typename: 'DeviceEvent' }
    | (
      { __typename: 'DeviceGroup' }
      & { ' $fragmentRefs'?: { 'DeviceGroupDetailsFragment': DeviceGroupDetailsFragment } }
    )
    | { __typename: 'EnrollmentRefusal' }
    | { __typename: 'IdentityCertificate' }
    | { __typename: 'MDMCommand' }
    | { __typename: 'OtherMDM' }
    | { __typename: 'SyncRun' }
    | { __typename: 'User' }
   | null };

export type CreateDeviceGroupMutationVariables = Exact<{
  input: CreateDeviceGroupInput;
}>;


export type CreateDeviceGroupMutation = { createDeviceGroup: { deviceGroup: { id: string } | null, userErrors: Array<{ field: Array<string> | null, message: string, hint: string | null, code: string }> } };

export type DeleteDeviceGroupMutationVariables = Exact<{
  input: DeleteDeviceGroupInput;
}>;


export type DeleteDeviceGroupMutation = { deleteDeviceGroup: { userErrors: Array<{ field: Array<string> | null, message: string, hint: string | null, code: string }> } };

export type RuleTermFragment = { field: DeviceRuleField | null, operator: DeviceRuleOperator | null, values: Array<string> | null } & { ' $fragmentName'?: 'RuleTermFragment' };

export type RuleLevel1Fragment = (
  { all: Array<{ ' $fragmentRefs'?: { 'RuleLevel2Fragment': RuleLevel2Fragment } }> | null, any: Array<{ ' $fragmentRefs'?: { 'RuleLevel2Fragment': RuleLevel2Fragment } }> | null, not: { ' $fragmentRefs'?: { 'RuleLevel2Fragment': RuleLevel2Fragment } } | null }
  & { ' $fragmentRefs'?: { 'RuleTermFragment': RuleTermFragment } }
) & { ' $fragmentName'?: 'RuleLevel1Fragment' };

export type RuleLevel2Fragment = (
  { all: Array<{ ' $fragmentRefs'?: { 'RuleLevel3Fragment': RuleLevel3Fragment } }> | null, any: Array<{ ' $fragmentRefs'?: { 'RuleLevel3Fragment': RuleLevel3Fragment } }> | null, not: { ' $fragmentRefs'?: { 'RuleLevel3Fragment': RuleLevel3Fragment } } | null }
  & { ' $fragmentRefs'?: { 'RuleTermFragment': RuleTermFragment } }
) & { ' $fragmentName'?: 'RuleLevel2Fragment' };

export type RuleLevel3Fragment = (
  { all: Array<{ ' $fragmentRefs'?: { 'RuleLevel4Fragment': RuleLevel4Fragment } }> | null, any: Array<{ ' $fragmentRefs'?: { 'RuleLevel4Fragment': RuleLevel4Fragment } }> | null, not: { ' $fragmentRefs'?: { 'RuleLevel4Fragment': RuleLevel4Fragment } } | null }
  & { ' $fragmentRefs'?: { 'RuleTermFragment': RuleTermFragment } }
) & { ' $fragmentName'?: 'RuleLevel3Fragment' };

export type RuleLevel4Fragment = (
  { all: Array<{ ' $fragmentRefs'?: { 'RuleTermFragment': RuleTermFragment } }> | null, any: Array<{ ' $fragmentRefs'?: { 'RuleTermFragment': RuleTermFragment } }> | null, not: { ' $fragmentRefs'?: { 'RuleTermFragment': RuleTermFragment } } | null }
  & { ' $fragmentRefs'?: { 'RuleTermFragment': RuleTermFragment } }
) & { ' $fragmentName'?: 'RuleLevel4Fragment' };

export type DeviceGroupRuleChangeQueryVariables = Exact<{
  deviceGroupId: string | number;
  rule: DeviceRuleInput;
}>;


export type DeviceGroupRuleChangeQuery = { deviceGroupRuleChange: { joining: { devices: number, exact: boolean, examples: Array<{ id: string, serialNumber: string, model: string }> }, leaving: { devices: number, exact: boolean, examples: Array<{ id: string, serialNumber: string, model: string }> } } | null };

export type DeviceRuleMatchesQueryVariables = Exact<{
  rule: DeviceRuleInput;
}>;


export type DeviceRuleMatchesQuery = { deviceRuleMatches: { devices: number, exact: boolean } };

export type ConfirmHeldRemovalsMutationVariables = Exact<{
  input: ConfirmHeldRemovalsInput;
}>;


export type ConfirmHeldRemovalsMutation = { confirmHeldRemovals: { syncRun: { ' $fragmentRefs'?: { 'SyncRunFragment': SyncRunFragment } } | null, userErrors: Array<{ field: Array<string> | null, message: string, hint: string | null, code: string }> } };

export type UpdateMdmSettingsMutationVariables = Exact<{
  input: UpdateMdmSettingsInput;
}>;


export type UpdateMdmSettingsMutation = { updateMDMSettings: { mdmSettings: { ' $fragmentRefs'?: { 'MdmSettingsFragment': MdmSettingsFragment } } | null, userErrors: Array<{ field: Array<string> | null, message: string, hint: string | null }> } };

export type CreatePushCertificateRequestMutationVariables = Exact<{
  input: CreatePushCertificateRequestInput;
}>;


export type CreatePushCertificateRequestMutation = { createPushCertificateRequest: { requestPEM: string | null, userErrors: Array<{ field: Array<string> | null, message: string, hint: string | null }> } };

export type PushCertificateRequestsQueryVariables = Exact<{ [key: string]: never; }>;


export type PushCertificateRequestsQuery = { pushCertificateRequests: Array<{ requestPEM: string, appleAccount: string, createdAt: string }> };

export type UploadPushCertificateMutationVariables = Exact<{
  input: UploadPushCertificateInput;
}>;


export type UploadPushCertificateMutation = { uploadPushCertificate: { pushCertificate: { ' $fragmentRefs'?: { 'PushCertificateFragment': PushCertificateFragment } } | null, userErrors: Array<{ field: Array<string> | null, message: string, hint: string | null }> } };

export type EnrollmentRefusalsQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type EnrollmentRefusalsQuery = { enrollmentRefusals: { nodes: Array<(
      { id: string }
      & { ' $fragmentRefs'?: { 'EnrollmentRefusalFragment': EnrollmentRefusalFragment } }
    )>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type RemoveEnrollmentSigningCertificateMutationVariables = Exact<{ [key: string]: never; }>;


export type RemoveEnrollmentSigningCertificateMutation = { removeEnrollmentSigningCertificate: { userErrors: Array<{ field: Array<string> | null, message: string, hint: string | null }> } };

export type UploadEnrollmentSigningCertificateMutationVariables = Exact<{
  input: UploadEnrollmentSigningCertificateInput;
}>;


export type UploadEnrollmentSigningCertificateMutation = { uploadEnrollmentSigningCertificate: { enrollmentSigningCertificate: { ' $fragmentRefs'?: { 'SigningCertificateFragment': SigningCertificateFragment } } | null, userErrors: Array<{ field: Array<string> | null, message: string, hint: string | null }> } };

export type PinDeviceCaMutationVariables = Exact<{
  input: PinDeviceCaInput;
}>;


export type PinDeviceCaMutation = { pinDeviceCA: { deviceCA: { ' $fragmentRefs'?: { 'DeviceAuthorityFragment': DeviceAuthorityFragment } } | null, userErrors: Array<{ field: Array<string> | null, message: string, hint: string | null }> } };

export type UnpinDeviceCaMutationVariables = Exact<{
  input: UnpinDeviceCaInput;
}>;


export type UnpinDeviceCaMutation = { unpinDeviceCA: { deviceCA: { ' $fragmentRefs'?: { 'DeviceAuthorityFragment': DeviceAuthorityFragment } } | null, userErrors: Array<{ field: Array<string> | null, message: string, hint: string | null }> } };

export type PushCertificateFragment = { topic: string, subject: string, appleAccount: string, notAfter: string, uploadedAt: string, state: PushCertificateState, stateReason: { message: string, hint: string | null } | null } & { ' $fragmentName'?: 'PushCertificateFragment' };

export type DeviceAuthorityFragment = { id: string | null, source: DeviceCaSource, fingerprint: string, subject: string, issuer: string, expiresAt: string, refusedRequests: number, claimedSerialNumber: string | null, lastSeenAt: string | null, pinnedAt: string | null, pinnedBy: string | null } & { ' $fragmentName'?: 'DeviceAuthorityFragment' };

export type SigningCertificateFragment = { subject: string, issuer: string, expiresAt: string, isExpired: boolean, uploadedAt: string } & { ' $fragmentName'?: 'SigningCertificateFragment' };

export type MdmSettingsFragment = { firstCommands: Array<string>, possibleFirstCommands: Array<string>, releaseAfterSeconds: number } & { ' $fragmentName'?: 'MdmSettingsFragment' };

export type IdentityAuthorityFragment = { fingerprint: string, subject: string, expiresAt: string } & { ' $fragmentName'?: 'IdentityAuthorityFragment' };

export type ProfileMinimumOsFragment = { id: string, name: string, minimumOS: Array<{ platform: Platform, version: string }> } & { ' $fragmentName'?: 'ProfileMinimumOsFragment' };

export type MdmServerQueryVariables = Exact<{ [key: string]: never; }>;


export type MdmServerQuery = { pushCertificate: { ' $fragmentRefs'?: { 'PushCertificateFragment': PushCertificateFragment } } | null, deviceCAs: Array<{ ' $fragmentRefs'?: { 'DeviceAuthorityFragment': DeviceAuthorityFragment } }>, enrollmentSigningCertificate: { ' $fragmentRefs'?: { 'SigningCertificateFragment': SigningCertificateFragment } } | null, mdmSettings: { ' $fragmentRefs'?: { 'MdmSettingsFragment': MdmSettingsFragment } }, identityAuthorities: Array<{ ' $fragmentRefs'?: { 'IdentityAuthorityFragment': IdentityAuthorityFragment } }>, publicUrl: { url: string | null }, adeProfiles: { nodes: Array<{ ' $fragmentRefs'?: { 'ProfileMinimumOsFragment': ProfileMinimumOsFragment } }> }, instance: { simulatedDevicesEnroll: boolean } };

export type OrganizationFragment = { id: string, name: string, orgName: string, state: TokenState, expiresAt: string | null, lastSyncedAt: string | null, nextSyncAt: string | null, deviceCount: number, heldRemovals: number, heldAt: string | null, stateReason: { message: string, hint: string | null } | null, lastRun: { ' $fragmentRefs'?: { 'SyncRunFragment': SyncRunFragment } } | null, lastFullRun: { id: string, devicesSeen: number, startedAt: string, finishedAt: string | null } | null } & { ' $fragmentName'?: 'OrganizationFragment' };

export type OrganizationsQueryVariables = Exact<{ [key: string]: never; }>;


export type OrganizationsQuery = { abmTokens: { nodes: Array<{ ' $fragmentRefs'?: { 'OrganizationFragment': OrganizationFragment } }> } };

export type SetDefaultAdeProfileMutationVariables = Exact<{
  input: SetDefaultAdeProfileInput;
}>;


export type SetDefaultAdeProfileMutation = { setDefaultADEProfile: { defaultADEProfile: (
      { id: string }
      & { ' $fragmentRefs'?: { 'OsDefaultFragment': OsDefaultFragment } }
    ) | null, assignmentBatch: { ' $fragmentRefs'?: { 'AssignmentBatchFieldsFragment': AssignmentBatchFieldsFragment } } | null, userErrors: Array<{ message: string, hint: string | null }> } };

export type OsDefaultFragment = { id: string, platform: Platform, adeProfile: { id: string, name: string }, abmToken: { id: string } | null } & { ' $fragmentName'?: 'OsDefaultFragment' };

export type OsDefaultsQueryVariables = Exact<{ [key: string]: never; }>;


export type OsDefaultsQuery = { defaultADEProfiles: Array<(
    { id: string }
    & { ' $fragmentRefs'?: { 'OsDefaultFragment': OsDefaultFragment } }
  )> };

export type OsDefaultsRowQueryVariables = Exact<{
  abmTokenId: string | number;
}>;


export type OsDefaultsRowQuery = { fleetSummary: { platforms: Array<{ platform: Platform, devices: number }> }, iosWaiting: { totalCount: number }, macosWaiting: { totalCount: number }, tvosWaiting: { totalCount: number }, visionosWaiting: { totalCount: number }, iosByDefault: { totalCount: number }, macosByDefault: { totalCount: number }, tvosByDefault: { totalCount: number }, visionosByDefault: { totalCount: number } };

export type OsDefaultsRuleCountsQueryVariables = Exact<{
  abmTokenId?: string | number | null | undefined;
}>;


export type OsDefaultsRuleCountsQuery = { own: { totalCount: number }, group: { totalCount: number }, byDefault: { totalCount: number }, none: { totalCount: number } };

export type DeleteOtherMdmMutationVariables = Exact<{
  input: DeleteOtherMdmInput;
}>;


export type DeleteOtherMdmMutation = { deleteOtherMDM: { userErrors: Array<{ message: string, hint: string | null }> } };

export type RotateOtherMdmWebhookSecretMutationVariables = Exact<{
  input: RotateOtherMdmWebhookSecretInput;
}>;


export type RotateOtherMdmWebhookSecretMutation = { rotateOtherMDMWebhookSecret: { webhookSecret: string | null, otherMdm: { id: string } | null, userErrors: Array<{ message: string, hint: string | null }> } };

export type TestOtherMdmMutationVariables = Exact<{
  input: TestOtherMdmInput;
}>;


export type TestOtherMdmMutation = { testOtherMDM: { findings: Array<{ result: OtherMdmFindingResult, message: string, hint: string | null }>, profile: { displayName: string, organization: string, serverUrl: string, topic: string, identity: string } | null, userErrors: Array<{ message: string, hint: string | null }> } };

export type OtherMdmRowFragment = { id: string, name: string, source: OtherMdmSource, url: string, request: OtherMdmRequest, hasAuthorization: boolean, webhookAuthentication: OtherMdmWebhookAuthentication, webhookUrl: string | null, lastEventAt: string | null, enrolledDevices: number, webhookRefusal: { at: string, code: string, message: string, count: number } | null, profile: { displayName: string, serverUrl: string } | null, adeProfiles: Array<{ id: string, name: string }> } & { ' $fragmentName'?: 'OtherMdmRowFragment' };

export type OtherMdmsQueryVariables = Exact<{ [key: string]: never; }>;


export type OtherMdmsQuery = { otherMDMs: Array<(
    { id: string }
    & { ' $fragmentRefs'?: { 'OtherMdmRowFragment': OtherMdmRowFragment } }
  )> };

export type OtherMdmNamesQueryVariables = Exact<{ [key: string]: never; }>;


export type OtherMdmNamesQuery = { otherMDMs: Array<{ id: string, name: string }> };

export type CreateOtherMdmMutationVariables = Exact<{
  input: CreateOtherMdmInput;
}>;


export type CreateOtherMdmMutation = { createOtherMDM: { webhookSecret: string | null, otherMdm: (
      { id: string }
      & { ' $fragmentRefs'?: { 'OtherMdmRowFragment': OtherMdmRowFragment } }
    ) | null, userErrors: Array<{ field: Array<string> | null, message: string, hint: string | null }> } };

export type UpdateOtherMdmMutationVariables = Exact<{
  input: UpdateOtherMdmInput;
}>;


export type UpdateOtherMdmMutation = { updateOtherMDM: { otherMdm: (
      { id: string }
      & { ' $fragmentRefs'?: { 'OtherMdmRowFragment': OtherMdmRowFragment } }
    ) | null, userErrors: Array<{ field: Array<string> | null, message: string, hint: string | null }> } };

export type EnrollmentCardFragment = { devices: number, enrollments: { enrolling: number, enrolled: number, unenrolled: number, awaitingConfiguration: number } } & { ' $fragmentName'?: 'EnrollmentCardFragment' };

export type EnrollmentFunnelQueryVariables = Exact<{
  abmTokenId?: string | number | null | undefined;
}>;


export type EnrollmentFunnelQuery = { fleetSummary: { profiled: { assigned: number, assignedNotEnrolled: number, pushed: number, pushedNotEnrolled: number } } };

export type FleetTilesFragment = { devices: number, addedIn30Days: number, removed: number, removedIn30Days: number, enrollments: { enrolled: number }, unfinished: { waiting: number, unassigned: number, notAccessible: number } } & { ' $fragmentName'?: 'FleetTilesFragment' };

export type FleetFeedSubscriptionVariables = Exact<{
  abmTokenId?: string | number | null | undefined;
  kinds?: Array<DeviceEventKind> | DeviceEventKind | null | undefined;
}>;


export type FleetFeedSubscription = { fleetEvents: { id: string, kind: DeviceEventKind, at: string, device: { id: string, serialNumber: string, model: string } } };

export type NewestDevicesQueryVariables = Exact<{
  where: DeviceWhereInput;
}>;


export type NewestDevicesQuery = { devices: { nodes: Array<(
      { id: string }
      & { ' $fragmentRefs'?: { 'NewestDeviceFragment': NewestDeviceFragment } }
    )> } };

export type NewestDeviceFragment = { serialNumber: string, model: string, platform: Platform, addedAt: string } & { ' $fragmentName'?: 'NewestDeviceFragment' };

export type PlatformCardFragment = { platforms: Array<{ platform: Platform, devices: number, addedIn30Days: number }> } & { ' $fragmentName'?: 'PlatformCardFragment' };

export type FleetDaysQueryVariables = Exact<{
  abmTokenId?: string | number | null | undefined;
  days: number;
}>;


export type FleetDaysQuery = { fleetDays: Array<{ startsAt: string, platform: Platform, devices: number }> };

export type RecentRunsQueryVariables = Exact<{
  where?: SyncRunWhereInput | null | undefined;
}>;


export type RecentRunsQuery = { syncRuns: { nodes: Array<{ ' $fragmentRefs'?: { 'RecentRunFragment': RecentRunFragment } }> } };

export type RecentRunFragment = { id: string, abmTokenId: string, status: SyncStatus, full: boolean, added: number, modified: number, removed: number, startedAt: string, finishedAt: string | null, error: { code: string, message: string, hint: string | null } | null } & { ' $fragmentName'?: 'RecentRunFragment' };

export type AddUserMutationVariables = Exact<{
  input: AddUserInput;
}>;


export type AddUserMutation = { addUser: { linkPath: string | null, user: (
      { id: string }
      & { ' $fragmentRefs'?: { 'PersonFragment': PersonFragment } }
    ) | null, userErrors: Array<{ field: Array<string> | null, message: string, hint: string | null }> } };

export type PeopleQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type PeopleQuery = { users: { nodes: Array<(
      { id: string }
      & { ' $fragmentRefs'?: { 'PersonFragment': PersonFragment } }
    )>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type ResetUserMutationVariables = Exact<{
  input: ResetUserInput;
}>;


export type ResetUserMutation = { resetUser: { linkPath: string | null, user: (
      { id: string }
      & { ' $fragmentRefs'?: { 'PersonFragment': PersonFragment } }
    ) | null, userErrors: Array<{ message: string, hint: string | null }> } };

export type RemoveUserMutationVariables = Exact<{
  input: RemoveUserInput;
}>;


export type RemoveUserMutation = { removeUser: { userErrors: Array<{ message: string, hint: string | null }> } };

export type PersonFragment = { id: string, name: string, email: string, role: Role, status: UserStatus, linkExpiresAt: string | null, lastSeenAt: string | null } & { ' $fragmentName'?: 'PersonFragment' };

export type UpdateUserMutationVariables = Exact<{
  input: UpdateUserInput;
}>;


export type UpdateUserMutation = { updateUser: { user: (
      { id: string }
      & { ' $fragmentRefs'?: { 'PersonFragment': PersonFragment } }
    ) | null, userErrors: Array<{ field: Array<string> | null, message: string, hint: string | null }> } };

export type ChangePasswordMutationVariables = Exact<{
  input: ChangePasswordInput;
}>;


export type ChangePasswordMutation = { changePassword: { userErrors: Array<{ field: Array<string> | null, message: string, hint: string | null }> } };

export type JoinLinkQueryVariables = Exact<{
  code: string;
}>;


export type JoinLinkQuery = { oneTimeLink: { purpose: LinkPurpose, email: string | null, name: string | null, expiresAt: string } | null };

export type RedeemLinkMutationVariables = Exact<{
  input: RedeemLinkInput;
}>;


export type RedeemLinkMutation = { redeemLink: { viewer: { name: string } | null, userErrors: Array<{ field: Array<string> | null, message: string, hint: string | null }> } };

export type SignInMutationVariables = Exact<{
  input: SignInInput;
}>;


export type SignInMutation = { signIn: { viewer: { name: string } | null, userErrors: Array<{ message: string, hint: string | null }> } };

export type InstanceQueryVariables = Exact<{ [key: string]: never; }>;


export type InstanceQuery = { instance: { version: string, serverTime: string, setupNeeded: boolean, isApple: boolean, simulatedPortalUrl: string | null, syncIntervalSeconds: number, syncPageSize: number, viewer: { id: string | null, name: string, email: string | null, role: Role, sessionExpiresAt: string | null } | null } };

export type SignOutMutationVariables = Exact<{ [key: string]: never; }>;


export type SignOutMutation = { signOut: { userErrors: Array<{ message: string }> } };

export type SignOutEverywhereMutationVariables = Exact<{
  input: SignOutEverywhereInput;
}>;


export type SignOutEverywhereMutation = { signOutEverywhere: { userErrors: Array<{ message: string, hint: string | null }> } };

export type CreateFirstAdminMutationVariables = Exact<{
  input: CreateFirstAdminInput;
}>;


export type CreateFirstAdminMutation = { createFirstAdmin: { viewer: { name: string } | null, userErrors: Array<{ field: Array<string> | null, message: string, hint: string | null }> } };

export type SetupLinkQueryVariables = Exact<{
  code: string;
}>;


export type SetupLinkQuery = { oneTimeLink: { purpose: LinkPurpose, expiresAt: string } | null };

export type PaletteDevicesQueryVariables = Exact<{
  prefix: string;
}>;


export type PaletteDevicesQuery = { devices: { nodes: Array<{ id: string, serialNumber: string, model: string, platform: Platform, enrollmentStatus: EnrollmentStatus }> } };

export type PaletteNamesQueryVariables = Exact<{
  name: string;
}>;


export type PaletteNamesQuery = { deviceGroups: { nodes: Array<{ id: string, name: string }> }, adeProfiles: { nodes: Array<{ id: string, name: string }> } };

export type SyncDifferencesQueryVariables = Exact<{
  syncRunId: string | number;
  after?: string | null | undefined;
}>;


export type SyncDifferencesQuery = { syncDifferences: { nodes: Array<(
      { id: string, device: { id: string, serialNumber: string } }
      & { ' $fragmentRefs'?: { 'DeviceEventFieldsFragment': DeviceEventFieldsFragment } }
    )>, pageInfo: { endCursor: string | null, hasNextPage: boolean } } };

export type SyncRunFragment = { id: string, abmTokenId: string, status: SyncStatus, phase: SyncPhase, trigger: SyncTrigger, full: boolean, pages: number, devicesSeen: number, added: number, modified: number, removed: number, requests: number, retries: number, throttleWaits: number, throttleSeconds: number, bytesReceived: number, compared: boolean, missingHere: number, missingAtApple: number, changedUnannounced: number, heldRemovals: number, devicesPerSecond: number, startedAt: string, updatedAt: string, finishedAt: string | null, requestedBy: string, phases: Array<{ phase: SyncPhase, at: string }>, error: { code: string, message: string, hint: string | null } | null } & { ' $fragmentName'?: 'SyncRunFragment' };

export type SyncProgressSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type SyncProgressSubscription = { syncProgress: { ' $fragmentRefs'?: { 'SyncRunFragment': SyncRunFragment } } };

export type StartSyncMutationVariables = Exact<{
  input: StartSyncInput;
}>;


export type StartSyncMutation = { startSync: { syncRun: { ' $fragmentRefs'?: { 'SyncRunFragment': SyncRunFragment } } | null, userErrors: Array<{ field: Array<string> | null, message: string, hint: string | null, code: string }> } };

export type CancelSyncMutationVariables = Exact<{
  input: CancelSyncInput;
}>;


export type CancelSyncMutation = { cancelSync: { syncRun: { ' $fragmentRefs'?: { 'SyncRunFragment': SyncRunFragment } } | null, userErrors: Array<{ field: Array<string> | null, message: string, hint: string | null, code: string }> } };

export type SyncRunsQueryVariables = Exact<{
  after?: string | null | undefined;
  where?: SyncRunWhereInput | null | undefined;
}>;


export type SyncRunsQuery = { syncRuns: { nodes: Array<{ ' $fragmentRefs'?: { 'SyncRunFragment': SyncRunFragment } }>, pageInfo: { endCursor: string | null, hasNextPage: boolean } } };

export type SyncRunQueryVariables = Exact<{
  id: string | number;
}>;


export type SyncRunQuery = { node:
    | { __typename: 'ABMToken' }
    | { __typename: 'ADEProfile' }
    | { __typename: 'ADEProfileVersion' }
    | { __typename: 'APIToken' }
    | { __typename: 'AssignmentBatch' }
    | { __typename: 'AssignmentResult' }
    | { __typename: 'AuditEntry' }
    | { __typename: 'CommandBatch' }
    | { __typename: 'Device' }
    | { __typename: 'DeviceEnrollment' }
    | { __typename: 'DeviceEvent' }
    | { __typename: 'DeviceGroup' }
    | { __typename: 'EnrollmentRefusal' }
    | { __typename: 'IdentityCertificate' }
    | { __typename: 'MDMCommand' }
    | { __typename: 'OtherMDM' }
    | (
      { __typename: 'SyncRun' }
      & { ' $fragmentRefs'?: { 'SyncRunFragment': SyncRunFragment } }
    )
    | { __typename: 'User' }
   | null };

export type AssignmentBatchQueryVariables = Exact<{
  id: string | number;
}>;


export type AssignmentBatchQuery = { node:
    | { __typename: 'ABMToken' }
    | { __typename: 'ADEProfile' }
    | { __typename: 'ADEProfileVersion' }
    | { __typename: 'APIToken' }
    | (
      { __typename: 'AssignmentBatch' }
      & { ' $fragmentRefs'?: { 'AssignmentBatchFieldsFragment': AssignmentBatchFieldsFragment } }
    )
    | { __typename: 'AssignmentResult' }
    | { __typename: 'AuditEntry' }
    | { __typename: 'CommandBatch' }
    | { __typename: 'Device' }
    | { __typename: 'DeviceEnrollment' }
    | { __typename: 'DeviceEvent' }
    | { __typename: 'DeviceGroup' }
    | { __typename: 'EnrollmentRefusal' }
    | { __typename: 'IdentityCertificate' }
    | { __typename: 'MDMCommand' }
    | { __typename: 'OtherMDM' }
    | { __typename: 'SyncRun' }
    | { __typename: 'User' }
   | null };

export type FleetSummaryQueryVariables = Exact<{
  abmTokenId?: string | number | null | undefined;
}>;


export type FleetSummaryQuery = { fleetSummary: { ' $fragmentRefs'?: { 'EnrollmentCardFragment': EnrollmentCardFragment;'PlatformCardFragment': PlatformCardFragment } } };

export type FleetStandingQueryVariables = Exact<{
  abmTokenId?: string | number | null | undefined;
}>;


export type FleetStandingQuery = { fleetSummary: { ' $fragmentRefs'?: { 'FleetTilesFragment': FleetTilesFragment } } };

export const TokenExchangeFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TokenExchange"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ABMToken"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"serverName"}},{"kind":"Field","name":{"kind":"Name","value":"adminId"}},{"kind":"Field","name":{"kind":"Name","value":"orgName"}},{"kind":"Field","name":{"kind":"Name","value":"orgId"}},{"kind":"Field","name":{"kind":"Name","value":"certificatePEM"}},{"kind":"Field","name":{"kind":"Name","value":"certificateSha256"}},{"kind":"Field","name":{"kind":"Name","value":"renewalStarted"}}]}}]} as unknown as DocumentNode<TokenExchangeFragment, unknown>;
export const TokenCardFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TokenCard"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ABMToken"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"serverName"}},{"kind":"Field","name":{"kind":"Name","value":"adminId"}},{"kind":"Field","name":{"kind":"Name","value":"orgName"}},{"kind":"Field","name":{"kind":"Name","value":"orgId"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastSyncedAt"}},{"kind":"Field","name":{"kind":"Name","value":"nextSyncAt"}},{"kind":"Field","name":{"kind":"Name","value":"deviceCount"}},{"kind":"Field","name":{"kind":"Name","value":"assignmentMode"}},{"kind":"Field","name":{"kind":"Name","value":"heldRemovals"}},{"kind":"Field","name":{"kind":"Name","value":"heldAt"}},{"kind":"Field","name":{"kind":"Name","value":"renewalStarted"}},{"kind":"Field","name":{"kind":"Name","value":"stateReason"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]} as unknown as DocumentNode<TokenCardFragment, unknown>;
export const AdeProfilePaneFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AdeProfilePane"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SetupAssistantPane"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"availability"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"platform"}},{"kind":"Field","name":{"kind":"Name","value":"since"}},{"kind":"Field","name":{"kind":"Name","value":"deprecatedSince"}},{"kind":"Field","name":{"kind":"Name","value":"removedIn"}},{"kind":"Field","name":{"kind":"Name","value":"notAlwaysSkippable"}}]}}]}}]} as unknown as DocumentNode<AdeProfilePaneFragment, unknown>;
export const AdeProfileRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AdeProfileRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ADEProfile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"platforms"}},{"kind":"Field","name":{"kind":"Name","value":"deviceCount"}},{"kind":"Field","name":{"kind":"Name","value":"deviceCountAtApple"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"publishedVersion"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}}]}},{"kind":"Field","name":{"kind":"Name","value":"draft"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"isMandatory"}}]}},{"kind":"Field","name":{"kind":"Name","value":"deviceGroups"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"defaults"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"platform"}}]}},{"kind":"Field","name":{"kind":"Name","value":"ownDevices"}},{"kind":"Field","name":{"kind":"Name","value":"registrations"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}}]}}]}}]}}]} as unknown as DocumentNode<AdeProfileRowFragment, unknown>;
export const AdeProfileContentFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AdeProfileContent"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ADEProfileContent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"isSupervised"}},{"kind":"Field","name":{"kind":"Name","value":"isMandatory"}},{"kind":"Field","name":{"kind":"Name","value":"isMdmRemovable"}},{"kind":"Field","name":{"kind":"Name","value":"awaitDeviceConfigured"}},{"kind":"Field","name":{"kind":"Name","value":"isMultiUser"}},{"kind":"Field","name":{"kind":"Name","value":"autoAdvanceSetup"}},{"kind":"Field","name":{"kind":"Name","value":"language"}},{"kind":"Field","name":{"kind":"Name","value":"region"}},{"kind":"Field","name":{"kind":"Name","value":"skipSetupItems"}},{"kind":"Field","name":{"kind":"Name","value":"department"}},{"kind":"Field","name":{"kind":"Name","value":"supportPhoneNumber"}},{"kind":"Field","name":{"kind":"Name","value":"supportEmailAddress"}},{"kind":"Field","name":{"kind":"Name","value":"orgMagic"}},{"kind":"Field","name":{"kind":"Name","value":"allowPairing"}},{"kind":"Field","name":{"kind":"Name","value":"anchorCerts"}},{"kind":"Field","name":{"kind":"Name","value":"supervisingHostCerts"}},{"kind":"Field","name":{"kind":"Name","value":"doNotUseProfileFromBackup"}},{"kind":"Field","name":{"kind":"Name","value":"isReturnToService"}},{"kind":"Field","name":{"kind":"Name","value":"configurationWebUrl"}}]}}]} as unknown as DocumentNode<AdeProfileContentFragment, unknown>;
export const AdeProfileEditorFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AdeProfileEditor"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ADEProfile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"platforms"}},{"kind":"Field","name":{"kind":"Name","value":"minimumOS"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"platform"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"otherMdm"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"publishedVersion"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"publishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"publishedBy"}},{"kind":"Field","name":{"kind":"Name","value":"json"}},{"kind":"Field","name":{"kind":"Name","value":"content"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AdeProfileContent"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"draft"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AdeProfileContent"}}]}},{"kind":"Field","name":{"kind":"Name","value":"warnings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"Field","name":{"kind":"Name","value":"deviceGroups"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"defaults"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"platform"}},{"kind":"Field","name":{"kind":"Name","value":"abmToken"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"ownDevices"}},{"kind":"Field","name":{"kind":"Name","value":"registrations"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"abmToken"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"version"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}}]}},{"kind":"Field","name":{"kind":"Name","value":"appleProfileUuid"}},{"kind":"Field","name":{"kind":"Name","value":"registeredAt"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"nextAttemptAt"}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AdeProfileContent"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ADEProfileContent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"isSupervised"}},{"kind":"Field","name":{"kind":"Name","value":"isMandatory"}},{"kind":"Field","name":{"kind":"Name","value":"isMdmRemovable"}},{"kind":"Field","name":{"kind":"Name","value":"awaitDeviceConfigured"}},{"kind":"Field","name":{"kind":"Name","value":"isMultiUser"}},{"kind":"Field","name":{"kind":"Name","value":"autoAdvanceSetup"}},{"kind":"Field","name":{"kind":"Name","value":"language"}},{"kind":"Field","name":{"kind":"Name","value":"region"}},{"kind":"Field","name":{"kind":"Name","value":"skipSetupItems"}},{"kind":"Field","name":{"kind":"Name","value":"department"}},{"kind":"Field","name":{"kind":"Name","value":"supportPhoneNumber"}},{"kind":"Field","name":{"kind":"Name","value":"supportEmailAddress"}},{"kind":"Field","name":{"kind":"Name","value":"orgMagic"}},{"kind":"Field","name":{"kind":"Name","value":"allowPairing"}},{"kind":"Field","name":{"kind":"Name","value":"anchorCerts"}},{"kind":"Field","name":{"kind":"Name","value":"supervisingHostCerts"}},{"kind":"Field","name":{"kind":"Name","value":"doNotUseProfileFromBackup"}},{"kind":"Field","name":{"kind":"Name","value":"isReturnToService"}},{"kind":"Field","name":{"kind":"Name","value":"configurationWebUrl"}}]}}]} as unknown as DocumentNode<AdeProfileEditorFragment, unknown>;
export const AdeProfileVersionRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AdeProfileVersionRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ADEProfileVersion"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"publishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"publishedBy"}},{"kind":"Field","name":{"kind":"Name","value":"json"}}]}}]} as unknown as DocumentNode<AdeProfileVersionRowFragment, unknown>;
export const ApiTokenFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ApiToken"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"APIToken"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"createdBy"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"revokedAt"}}]}}]} as unknown as DocumentNode<ApiTokenFragment, unknown>;
export const AssignmentPreviewFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AssignmentPreviewFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AssignmentPreview"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"devices"}},{"kind":"Field","name":{"kind":"Name","value":"changes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"devices"}},{"kind":"Field","name":{"kind":"Name","value":"from"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"to"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"unchanged"}},{"kind":"Field","name":{"kind":"Name","value":"observed"}},{"kind":"Field","name":{"kind":"Name","value":"foreign"}},{"kind":"Field","name":{"kind":"Name","value":"activated"}},{"kind":"Field","name":{"kind":"Name","value":"throttled"}},{"kind":"Field","name":{"kind":"Name","value":"migrationsNotAwaited"}},{"kind":"Field","name":{"kind":"Name","value":"warnings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]} as unknown as DocumentNode<AssignmentPreviewFieldsFragment, unknown>;
export const AssignmentBatchFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AssignmentBatchFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AssignmentBatch"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"cause"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"requestedBy"}},{"kind":"Field","name":{"kind":"Name","value":"devices"}},{"kind":"Field","name":{"kind":"Name","value":"counted"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"succeeded"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}}]}}]} as unknown as DocumentNode<AssignmentBatchFieldsFragment, unknown>;
export const ProfileChoiceFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ProfileChoice"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ADEProfile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"platforms"}},{"kind":"Field","name":{"kind":"Name","value":"deviceCount"}},{"kind":"Field","name":{"kind":"Name","value":"publishedVersion"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"content"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"isSupervised"}},{"kind":"Field","name":{"kind":"Name","value":"isMandatory"}},{"kind":"Field","name":{"kind":"Name","value":"isMdmRemovable"}},{"kind":"Field","name":{"kind":"Name","value":"skipSetupItems"}}]}}]}}]}}]} as unknown as DocumentNode<ProfileChoiceFragment, unknown>;
export const AuditEntryFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AuditEntryFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AuditEntry"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"actorKind"}},{"kind":"Field","name":{"kind":"Name","value":"actorId"}},{"kind":"Field","name":{"kind":"Name","value":"actorName"}},{"kind":"Field","name":{"kind":"Name","value":"action"}},{"kind":"Field","name":{"kind":"Name","value":"objectId"}},{"kind":"Field","name":{"kind":"Name","value":"objectName"}},{"kind":"Field","name":{"kind":"Name","value":"before"}},{"kind":"Field","name":{"kind":"Name","value":"after"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"Field","name":{"kind":"Name","value":"remoteAddress"}}]}}]} as unknown as DocumentNode<AuditEntryFieldsFragment, unknown>;
export const MdmCommandFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MdmCommand"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MDMCommand"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"requestType"}},{"kind":"Field","name":{"kind":"Name","value":"purpose"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"errorMessage"}},{"kind":"Field","name":{"kind":"Name","value":"attempts"}},{"kind":"Field","name":{"kind":"Name","value":"queuedAt"}},{"kind":"Field","name":{"kind":"Name","value":"sentAt"}},{"kind":"Field","name":{"kind":"Name","value":"answeredAt"}},{"kind":"Field","name":{"kind":"Name","value":"requestedBy"}},{"kind":"Field","name":{"kind":"Name","value":"isForUser"}}]}}]} as unknown as DocumentNode<MdmCommandFragment, unknown>;
export const CommandBatchFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CommandBatchFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CommandBatch"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"requestType"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"requestedBy"}},{"kind":"Field","name":{"kind":"Name","value":"devices"}},{"kind":"Field","name":{"kind":"Name","value":"notEnrolled"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"isQueued"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"counts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"queued"}},{"kind":"Field","name":{"kind":"Name","value":"sent"}},{"kind":"Field","name":{"kind":"Name","value":"notNow"}},{"kind":"Field","name":{"kind":"Name","value":"acknowledged"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"canceled"}},{"kind":"Field","name":{"kind":"Name","value":"dropped"}}]}}]}}]} as unknown as DocumentNode<CommandBatchFieldsFragment, unknown>;
export const DeviceRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DeviceRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Device"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"serialNumber"}},{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"color"}},{"kind":"Field","name":{"kind":"Name","value":"assetTag"}},{"kind":"Field","name":{"kind":"Name","value":"deviceFamily"}},{"kind":"Field","name":{"kind":"Name","value":"platform"}},{"kind":"Field","name":{"kind":"Name","value":"deviceAssignedAt"}},{"kind":"Field","name":{"kind":"Name","value":"deviceAssignedBy"}},{"kind":"Field","name":{"kind":"Name","value":"addedAt"}},{"kind":"Field","name":{"kind":"Name","value":"changedAt"}},{"kind":"Field","name":{"kind":"Name","value":"removedAt"}},{"kind":"Field","name":{"kind":"Name","value":"profileSource"}},{"kind":"Field","name":{"kind":"Name","value":"assignmentStatus"}},{"kind":"Field","name":{"kind":"Name","value":"enrollmentStatus"}},{"kind":"Field","name":{"kind":"Name","value":"appliesAfterErase"}},{"kind":"Field","name":{"kind":"Name","value":"mdmMigrationDeadline"}},{"kind":"Field","name":{"kind":"Name","value":"adeProfile"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"abmToken"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<DeviceRowFragment, unknown>;
export const DeviceEventFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DeviceEventFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"appleAt"}},{"kind":"Field","name":{"kind":"Name","value":"changes"}},{"kind":"Field","name":{"kind":"Name","value":"unannounced"}},{"kind":"Field","name":{"kind":"Name","value":"syncRunId"}},{"kind":"Field","name":{"kind":"Name","value":"abmTokenId"}},{"kind":"Field","name":{"kind":"Name","value":"requestedBy"}},{"kind":"Field","name":{"kind":"Name","value":"otherSerialNumber"}},{"kind":"Field","name":{"kind":"Name","value":"otherDevice"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]} as unknown as DocumentNode<DeviceEventFieldsFragment, unknown>;
export const DeviceProfileFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DeviceProfile"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Device"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"serialNumber"}},{"kind":"Field","name":{"kind":"Name","value":"removedAt"}},{"kind":"Field","name":{"kind":"Name","value":"profileSource"}},{"kind":"Field","name":{"kind":"Name","value":"assignmentStatus"}},{"kind":"Field","name":{"kind":"Name","value":"hasForeignProfile"}},{"kind":"Field","name":{"kind":"Name","value":"appliesAfterErase"}},{"kind":"Field","name":{"kind":"Name","value":"mdmMigrationDeadline"}},{"kind":"Field","name":{"kind":"Name","value":"assignmentProblem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}},{"kind":"Field","name":{"kind":"Name","value":"nextAttemptAt"}},{"kind":"Field","name":{"kind":"Name","value":"attempts"}}]}},{"kind":"Field","name":{"kind":"Name","value":"profileExplanation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"verdict"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"adeProfile"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"deviceGroup"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"position"}}]}},{"kind":"Field","name":{"kind":"Name","value":"abmToken"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"deviceGroups"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<DeviceProfileFragment, unknown>;
export const DeviceEnrollmentFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DeviceEnrollment"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Device"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"serialNumber"}},{"kind":"Field","name":{"kind":"Name","value":"enrollmentStatus"}},{"kind":"Field","name":{"kind":"Name","value":"enrollment"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"udid"}},{"kind":"Field","name":{"kind":"Name","value":"product"}},{"kind":"Field","name":{"kind":"Name","value":"modelName"}},{"kind":"Field","name":{"kind":"Name","value":"deviceName"}},{"kind":"Field","name":{"kind":"Name","value":"osVersion"}},{"kind":"Field","name":{"kind":"Name","value":"buildVersion"}},{"kind":"Field","name":{"kind":"Name","value":"belowMinimumOs"}},{"kind":"Field","name":{"kind":"Name","value":"profileFetchedAt"}},{"kind":"Field","name":{"kind":"Name","value":"authenticatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"enrolledAt"}},{"kind":"Field","name":{"kind":"Name","value":"unenrolledAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastSeenAt"}},{"kind":"Field","name":{"kind":"Name","value":"enrollments"}},{"kind":"Field","name":{"kind":"Name","value":"awaitingConfiguration"}},{"kind":"Field","name":{"kind":"Name","value":"releasedAt"}},{"kind":"Field","name":{"kind":"Name","value":"takesCommands"}},{"kind":"Field","name":{"kind":"Name","value":"otherMdm"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"offeredMdm"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pushedAt"}},{"kind":"Field","name":{"kind":"Name","value":"pushError"}},{"kind":"Field","name":{"kind":"Name","value":"adeProfileVersion"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"adeProfile"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"identity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"serial"}},{"kind":"Field","name":{"kind":"Name","value":"fingerprint"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"revokedAt"}},{"kind":"Field","name":{"kind":"Name","value":"revokedBecause"}}]}}]}}]}}]} as unknown as DocumentNode<DeviceEnrollmentFragment, unknown>;
export const EnrollmentRefusalFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"EnrollmentRefusal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"EnrollmentRefusal"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"serialNumber"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"udid"}},{"kind":"Field","name":{"kind":"Name","value":"product"}},{"kind":"Field","name":{"kind":"Name","value":"osVersion"}},{"kind":"Field","name":{"kind":"Name","value":"address"}},{"kind":"Field","name":{"kind":"Name","value":"count"}},{"kind":"Field","name":{"kind":"Name","value":"lastAt"}}]}}]} as unknown as DocumentNode<EnrollmentRefusalFragment, unknown>;
export const RuleTermFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RuleTerm"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceRule"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"operator"}},{"kind":"Field","name":{"kind":"Name","value":"values"}}]}}]} as unknown as DocumentNode<RuleTermFragment, unknown>;
export const DeviceGroupRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DeviceGroupRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceGroup"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"position"}},{"kind":"Field","name":{"kind":"Name","value":"deviceCount"}},{"kind":"Field","name":{"kind":"Name","value":"decidedCount"}},{"kind":"Field","name":{"kind":"Name","value":"adeProfile"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"rule"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleTerm"}},{"kind":"Field","name":{"kind":"Name","value":"all"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleTerm"}}]}},{"kind":"Field","name":{"kind":"Name","value":"any"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleTerm"}}]}},{"kind":"Field","name":{"kind":"Name","value":"not"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleTerm"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RuleTerm"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceRule"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"operator"}},{"kind":"Field","name":{"kind":"Name","value":"values"}}]}}]} as unknown as DocumentNode<DeviceGroupRowFragment, unknown>;
export const RuleLevel4FragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RuleLevel4"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceRule"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleTerm"}},{"kind":"Field","name":{"kind":"Name","value":"all"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleTerm"}}]}},{"kind":"Field","name":{"kind":"Name","value":"any"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleTerm"}}]}},{"kind":"Field","name":{"kind":"Name","value":"not"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleTerm"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RuleTerm"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceRule"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"operator"}},{"kind":"Field","name":{"kind":"Name","value":"values"}}]}}]} as unknown as DocumentNode<RuleLevel4Fragment, unknown>;
export const RuleLevel3FragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RuleLevel3"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceRule"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleTerm"}},{"kind":"Field","name":{"kind":"Name","value":"all"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleLevel4"}}]}},{"kind":"Field","name":{"kind":"Name","value":"any"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleLevel4"}}]}},{"kind":"Field","name":{"kind":"Name","value":"not"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleLevel4"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RuleTerm"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceRule"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"operator"}},{"kind":"Field","name":{"kind":"Name","value":"values"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RuleLevel4"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceRule"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleTerm"}},{"kind":"Field","name":{"kind":"Name","value":"all"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleTerm"}}]}},{"kind":"Field","name":{"kind":"Name","value":"any"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleTerm"}}]}},{"kind":"Field","name":{"kind":"Name","value":"not"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleTerm"}}]}}]}}]} as unknown as DocumentNode<RuleLevel3Fragment, unknown>;
export const RuleLevel2FragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RuleLevel2"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceRule"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleTerm"}},{"kind":"Field","name":{"kind":"Name","value":"all"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleLevel3"}}]}},{"kind":"Field","name":{"kind":"Name","value":"any"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleLevel3"}}]}},{"kind":"Field","name":{"kind":"Name","value":"not"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleLevel3"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RuleTerm"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceRule"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"operator"}},{"kind":"Field","name":{"kind":"Name","value":"values"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RuleLevel4"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceRule"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleTerm"}},{"kind":"Field","name":{"kind":"Name","value":"all"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleTerm"}}]}},{"kind":"Field","name":{"kind":"Name","value":"any"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleTerm"}}]}},{"kind":"Field","name":{"kind":"Name","value":"not"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleTerm"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RuleLevel3"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceRule"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleTerm"}},{"kind":"Field","name":{"kind":"Name","value":"all"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleLevel4"}}]}},{"kind":"Field","name":{"kind":"Name","value":"any"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleLevel4"}}]}},{"kind":"Field","name":{"kind":"Name","value":"not"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleLevel4"}}]}}]}}]} as unknown as DocumentNode<RuleLevel2Fragment, unknown>;
export const RuleLevel1FragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RuleLevel1"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceRule"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleTerm"}},{"kind":"Field","name":{"kind":"Name","value":"all"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleLevel2"}}]}},{"kind":"Field","name":{"kind":"Name","value":"any"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleLevel2"}}]}},{"kind":"Field","name":{"kind":"Name","value":"not"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleLevel2"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RuleTerm"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceRule"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"operator"}},{"kind":"Field","name":{"kind":"Name","value":"values"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RuleLevel4"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceRule"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleTerm"}},{"kind":"Field","name":{"kind":"Name","value":"all"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleTerm"}}]}},{"kind":"Field","name":{"kind":"Name","value":"any"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleTerm"}}]}},{"kind":"Field","name":{"kind":"Name","value":"not"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleTerm"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RuleLevel3"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceRule"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleTerm"}},{"kind":"Field","name":{"kind":"Name","value":"all"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleLevel4"}}]}},{"kind":"Field","name":{"kind":"Name","value":"any"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleLevel4"}}]}},{"kind":"Field","name":{"kind":"Name","value":"not"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleLevel4"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RuleLevel2"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceRule"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleTerm"}},{"kind":"Field","name":{"kind":"Name","value":"all"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleLevel3"}}]}},{"kind":"Field","name":{"kind":"Name","value":"any"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleLevel3"}}]}},{"kind":"Field","name":{"kind":"Name","value":"not"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleLevel3"}}]}}]}}]} as unknown as DocumentNode<RuleLevel1Fragment, unknown>;
export const DeviceGroupDetailsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DeviceGroupDetails"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceGroup"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"position"}},{"kind":"Field","name":{"kind":"Name","value":"deviceCount"}},{"kind":"Field","name":{"kind":"Name","value":"decidedCount"}},{"kind":"Field","name":{"kind":"Name","value":"adeProfile"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"rule"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleLevel1"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RuleTerm"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceRule"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"operator"}},{"kind":"Field","name":{"kind":"Name","value":"values"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RuleLevel4"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceRule"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleTerm"}},{"kind":"Field","name":{"kind":"Name","value":"all"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleTerm"}}]}},{"kind":"Field","name":{"kind":"Name","value":"any"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleTerm"}}]}},{"kind":"Field","name":{"kind":"Name","value":"not"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleTerm"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RuleLevel3"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceRule"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleTerm"}},{"kind":"Field","name":{"kind":"Name","value":"all"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleLevel4"}}]}},{"kind":"Field","name":{"kind":"Name","value":"any"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleLevel4"}}]}},{"kind":"Field","name":{"kind":"Name","value":"not"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleLevel4"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RuleLevel2"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceRule"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleTerm"}},{"kind":"Field","name":{"kind":"Name","value":"all"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleLevel3"}}]}},{"kind":"Field","name":{"kind":"Name","value":"any"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleLevel3"}}]}},{"kind":"Field","name":{"kind":"Name","value":"not"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleLevel3"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RuleLevel1"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceRule"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleTerm"}},{"kind":"Field","name":{"kind":"Name","value":"all"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleLevel2"}}]}},{"kind":"Field","name":{"kind":"Name","value":"any"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleLevel2"}}]}},{"kind":"Field","name":{"kind":"Name","value":"not"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleLevel2"}}]}}]}}]} as unknown as DocumentNode<DeviceGroupDetailsFragment, unknown>;
export const PushCertificateFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PushCertificate"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PushCertificate"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"topic"}},{"kind":"Field","name":{"kind":"Name","value":"subject"}},{"kind":"Field","name":{"kind":"Name","value":"appleAccount"}},{"kind":"Field","name":{"kind":"Name","value":"notAfter"}},{"kind":"Field","name":{"kind":"Name","value":"uploadedAt"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"stateReason"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]} as unknown as DocumentNode<PushCertificateFragment, unknown>;
export const DeviceAuthorityFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DeviceAuthority"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceCertificateAuthority"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"fingerprint"}},{"kind":"Field","name":{"kind":"Name","value":"subject"}},{"kind":"Field","name":{"kind":"Name","value":"issuer"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"refusedRequests"}},{"kind":"Field","name":{"kind":"Name","value":"claimedSerialNumber"}},{"kind":"Field","name":{"kind":"Name","value":"lastSeenAt"}},{"kind":"Field","name":{"kind":"Name","value":"pinnedAt"}},{"kind":"Field","name":{"kind":"Name","value":"pinnedBy"}}]}}]} as unknown as DocumentNode<DeviceAuthorityFragment, unknown>;
export const SigningCertificateFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SigningCertificate"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"EnrollmentSigningCertificate"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"subject"}},{"kind":"Field","name":{"kind":"Name","value":"issuer"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"isExpired"}},{"kind":"Field","name":{"kind":"Name","value":"uploadedAt"}}]}}]} as unknown as DocumentNode<SigningCertificateFragment, unknown>;
export const MdmSettingsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MdmSettings"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MDMSettings"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"firstCommands"}},{"kind":"Field","name":{"kind":"Name","value":"possibleFirstCommands"}},{"kind":"Field","name":{"kind":"Name","value":"releaseAfterSeconds"}}]}}]} as unknown as DocumentNode<MdmSettingsFragment, unknown>;
export const IdentityAuthorityFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"IdentityAuthority"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IdentityAuthority"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fingerprint"}},{"kind":"Field","name":{"kind":"Name","value":"subject"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}}]} as unknown as DocumentNode<IdentityAuthorityFragment, unknown>;
export const ProfileMinimumOsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ProfileMinimumOs"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ADEProfile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"minimumOS"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"platform"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]}}]} as unknown as DocumentNode<ProfileMinimumOsFragment, unknown>;
export const SyncRunFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SyncRun"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SyncRun"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"abmTokenId"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"trigger"}},{"kind":"Field","name":{"kind":"Name","value":"full"}},{"kind":"Field","name":{"kind":"Name","value":"pages"}},{"kind":"Field","name":{"kind":"Name","value":"devicesSeen"}},{"kind":"Field","name":{"kind":"Name","value":"added"}},{"kind":"Field","name":{"kind":"Name","value":"modified"}},{"kind":"Field","name":{"kind":"Name","value":"removed"}},{"kind":"Field","name":{"kind":"Name","value":"requests"}},{"kind":"Field","name":{"kind":"Name","value":"retries"}},{"kind":"Field","name":{"kind":"Name","value":"throttleWaits"}},{"kind":"Field","name":{"kind":"Name","value":"throttleSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"bytesReceived"}},{"kind":"Field","name":{"kind":"Name","value":"compared"}},{"kind":"Field","name":{"kind":"Name","value":"missingHere"}},{"kind":"Field","name":{"kind":"Name","value":"missingAtApple"}},{"kind":"Field","name":{"kind":"Name","value":"changedUnannounced"}},{"kind":"Field","name":{"kind":"Name","value":"heldRemovals"}},{"kind":"Field","name":{"kind":"Name","value":"devicesPerSecond"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"requestedBy"}},{"kind":"Field","name":{"kind":"Name","value":"phases"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"at"}}]}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]} as unknown as DocumentNode<SyncRunFragment, unknown>;
export const OrganizationFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Organization"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ABMToken"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"orgName"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastSyncedAt"}},{"kind":"Field","name":{"kind":"Name","value":"nextSyncAt"}},{"kind":"Field","name":{"kind":"Name","value":"deviceCount"}},{"kind":"Field","name":{"kind":"Name","value":"heldRemovals"}},{"kind":"Field","name":{"kind":"Name","value":"heldAt"}},{"kind":"Field","name":{"kind":"Name","value":"stateReason"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lastRun"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SyncRun"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lastFullRun"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"devicesSeen"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SyncRun"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SyncRun"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"abmTokenId"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"trigger"}},{"kind":"Field","name":{"kind":"Name","value":"full"}},{"kind":"Field","name":{"kind":"Name","value":"pages"}},{"kind":"Field","name":{"kind":"Name","value":"devicesSeen"}},{"kind":"Field","name":{"kind":"Name","value":"added"}},{"kind":"Field","name":{"kind":"Name","value":"modified"}},{"kind":"Field","name":{"kind":"Name","value":"removed"}},{"kind":"Field","name":{"kind":"Name","value":"requests"}},{"kind":"Field","name":{"kind":"Name","value":"retries"}},{"kind":"Field","name":{"kind":"Name","value":"throttleWaits"}},{"kind":"Field","name":{"kind":"Name","value":"throttleSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"bytesReceived"}},{"kind":"Field","name":{"kind":"Name","value":"compared"}},{"kind":"Field","name":{"kind":"Name","value":"missingHere"}},{"kind":"Field","name":{"kind":"Name","value":"missingAtApple"}},{"kind":"Field","name":{"kind":"Name","value":"changedUnannounced"}},{"kind":"Field","name":{"kind":"Name","value":"heldRemovals"}},{"kind":"Field","name":{"kind":"Name","value":"devicesPerSecond"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"requestedBy"}},{"kind":"Field","name":{"kind":"Name","value":"phases"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"at"}}]}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]} as unknown as DocumentNode<OrganizationFragment, unknown>;
export const OsDefaultFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OsDefault"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DefaultADEProfile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"platform"}},{"kind":"Field","name":{"kind":"Name","value":"adeProfile"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"abmToken"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]} as unknown as DocumentNode<OsDefaultFragment, unknown>;
export const OtherMdmRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OtherMdmRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OtherMDM"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"request"}},{"kind":"Field","name":{"kind":"Name","value":"hasAuthorization"}},{"kind":"Field","name":{"kind":"Name","value":"webhookAuthentication"}},{"kind":"Field","name":{"kind":"Name","value":"webhookUrl"}},{"kind":"Field","name":{"kind":"Name","value":"lastEventAt"}},{"kind":"Field","name":{"kind":"Name","value":"webhookRefusal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}},{"kind":"Field","name":{"kind":"Name","value":"profile"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"serverUrl"}}]}},{"kind":"Field","name":{"kind":"Name","value":"adeProfiles"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"enrolledDevices"}}]}}]} as unknown as DocumentNode<OtherMdmRowFragment, unknown>;
export const EnrollmentCardFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"EnrollmentCard"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"FleetSummary"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"devices"}},{"kind":"Field","name":{"kind":"Name","value":"enrollments"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"enrolling"}},{"kind":"Field","name":{"kind":"Name","value":"enrolled"}},{"kind":"Field","name":{"kind":"Name","value":"unenrolled"}},{"kind":"Field","name":{"kind":"Name","value":"awaitingConfiguration"}}]}}]}}]} as unknown as DocumentNode<EnrollmentCardFragment, unknown>;
export const FleetTilesFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"FleetTiles"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"FleetSummary"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"devices"}},{"kind":"Field","name":{"kind":"Name","value":"addedIn30Days"}},{"kind":"Field","name":{"kind":"Name","value":"enrollments"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"enrolled"}}]}},{"kind":"Field","name":{"kind":"Name","value":"unfinished"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"waiting"}},{"kind":"Field","name":{"kind":"Name","value":"unassigned"}},{"kind":"Field","name":{"kind":"Name","value":"notAccessible"}}]}},{"kind":"Field","name":{"kind":"Name","value":"removed"}},{"kind":"Field","name":{"kind":"Name","value":"removedIn30Days"}}]}}]} as unknown as DocumentNode<FleetTilesFragment, unknown>;
export const NewestDeviceFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"NewestDevice"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Device"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"serialNumber"}},{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"platform"}},{"kind":"Field","name":{"kind":"Name","value":"addedAt"}}]}}]} as unknown as DocumentNode<NewestDeviceFragment, unknown>;
export const PlatformCardFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PlatformCard"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"FleetSummary"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"platforms"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"platform"}},{"kind":"Field","name":{"kind":"Name","value":"devices"}},{"kind":"Field","name":{"kind":"Name","value":"addedIn30Days"}}]}}]}}]} as unknown as DocumentNode<PlatformCardFragment, unknown>;
export const RecentRunFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RecentRun"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SyncRun"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"abmTokenId"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"full"}},{"kind":"Field","name":{"kind":"Name","value":"added"}},{"kind":"Field","name":{"kind":"Name","value":"modified"}},{"kind":"Field","name":{"kind":"Name","value":"removed"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]} as unknown as DocumentNode<RecentRunFragment, unknown>;
export const PersonFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Person"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"linkExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastSeenAt"}}]}}]} as unknown as DocumentNode<PersonFragment, unknown>;
export const CreateExplorerTokenDocument = {"__meta__":{"hash":"sha256:14ecf0a781a191c5e900ae5383107676b43f7111b6258fb2321d062612e7723e"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateExplorerToken"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createExplorerToken"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"secret"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<CreateExplorerTokenMutation, CreateExplorerTokenMutationVariables>;
export const ForeignProfilesDocument = {"__meta__":{"hash":"sha256:f75e351f1c1bf8f9beea9e96b4805e2afc5b11a84801098f4459fe6cacefaccd"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ForeignProfiles"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ABMToken"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"foreignToReplace"}}]}}]}}]}}]} as unknown as DocumentNode<ForeignProfilesQuery, ForeignProfilesQueryVariables>;
export const SetAssignmentModeDocument = {"__meta__":{"hash":"sha256:af8757b5ce6f132d0692c4e2632cb5762e5dbeeb1981594e4a48b7fc5bb00cb8"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SetAssignmentMode"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SetAssignmentModeInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"setAssignmentMode"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"abmToken"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"assignmentMode"}}]}},{"kind":"Field","name":{"kind":"Name","value":"assignmentBatch"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}},{"kind":"Field","name":{"kind":"Name","value":"code"}}]}}]}}]}}]} as unknown as DocumentNode<SetAssignmentModeMutation, SetAssignmentModeMutationVariables>;
export const TokenToExchangeDocument = {"__meta__":{"hash":"sha256:7c68a0558a58b3b7531b91245307c4b5a1d4342acd610197819e1afc2465757e"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"TokenToExchange"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ABMToken"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TokenExchange"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TokenExchange"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ABMToken"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"serverName"}},{"kind":"Field","name":{"kind":"Name","value":"adminId"}},{"kind":"Field","name":{"kind":"Name","value":"orgName"}},{"kind":"Field","name":{"kind":"Name","value":"orgId"}},{"kind":"Field","name":{"kind":"Name","value":"certificatePEM"}},{"kind":"Field","name":{"kind":"Name","value":"certificateSha256"}},{"kind":"Field","name":{"kind":"Name","value":"renewalStarted"}}]}}]} as unknown as DocumentNode<TokenToExchangeQuery, TokenToExchangeQueryVariables>;
export const GenerateAbmTokenDocument = {"__meta__":{"hash":"sha256:792d7ecc3c402da3e7a05dd0679b7fb37410fc4bc53b63d993456063fa486643"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"GenerateABMToken"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"GenerateABMTokenInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"generateABMToken"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"abmToken"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}},{"kind":"Field","name":{"kind":"Name","value":"code"}}]}}]}}]}}]} as unknown as DocumentNode<GenerateAbmTokenMutation, GenerateAbmTokenMutationVariables>;
export const UploadAbmServerTokenDocument = {"__meta__":{"hash":"sha256:3ad593ba7689385c5640761c9099f937c5f360608fd3534eeea1982bdc4c6c15"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UploadABMServerToken"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UploadABMServerTokenInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uploadABMServerToken"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"abmToken"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TokenExchange"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}},{"kind":"Field","name":{"kind":"Name","value":"code"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TokenExchange"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ABMToken"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"serverName"}},{"kind":"Field","name":{"kind":"Name","value":"adminId"}},{"kind":"Field","name":{"kind":"Name","value":"orgName"}},{"kind":"Field","name":{"kind":"Name","value":"orgId"}},{"kind":"Field","name":{"kind":"Name","value":"certificatePEM"}},{"kind":"Field","name":{"kind":"Name","value":"certificateSha256"}},{"kind":"Field","name":{"kind":"Name","value":"renewalStarted"}}]}}]} as unknown as DocumentNode<UploadAbmServerTokenMutation, UploadAbmServerTokenMutationVariables>;
export const AbmTokensDocument = {"__meta__":{"hash":"sha256:dd80139c290bda1894dbcb26ef5c19a801e6f0c045b0873755aa93c52a998484"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AbmTokens"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"abmTokens"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"TokenCard"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TokenCard"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ABMToken"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"serverName"}},{"kind":"Field","name":{"kind":"Name","value":"adminId"}},{"kind":"Field","name":{"kind":"Name","value":"orgName"}},{"kind":"Field","name":{"kind":"Name","value":"orgId"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastSyncedAt"}},{"kind":"Field","name":{"kind":"Name","value":"nextSyncAt"}},{"kind":"Field","name":{"kind":"Name","value":"deviceCount"}},{"kind":"Field","name":{"kind":"Name","value":"assignmentMode"}},{"kind":"Field","name":{"kind":"Name","value":"heldRemovals"}},{"kind":"Field","name":{"kind":"Name","value":"heldAt"}},{"kind":"Field","name":{"kind":"Name","value":"renewalStarted"}},{"kind":"Field","name":{"kind":"Name","value":"stateReason"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]} as unknown as DocumentNode<AbmTokensQuery, AbmTokensQueryVariables>;
export const CheckAbmTokenDocument = {"__meta__":{"hash":"sha256:1e3f40285a06f4725f4430c5ad43e4f21448af04687cc98ad75e7de9805823ae"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CheckABMToken"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CheckABMTokenInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"checkABMToken"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"abmToken"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}},{"kind":"Field","name":{"kind":"Name","value":"code"}}]}}]}}]}}]} as unknown as DocumentNode<CheckAbmTokenMutation, CheckAbmTokenMutationVariables>;
export const DeleteAbmTokenDocument = {"__meta__":{"hash":"sha256:92f4f0d1b5d08c5e6b01a5f1e46eaa480b5149678893e07585eacb9423fded04"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeleteABMToken"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteABMTokenInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deleteABMToken"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"devicesRemoved"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}},{"kind":"Field","name":{"kind":"Name","value":"code"}}]}}]}}]}}]} as unknown as DocumentNode<DeleteAbmTokenMutation, DeleteAbmTokenMutationVariables>;
export const AdeProfileSkippedPanesDocument = {"__meta__":{"hash":"sha256:13f00fe44485e0ffb61c619e1e7a6627e2c4859697e7761c0448491255a2f1b4"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AdeProfileSkippedPanes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"adeProfiles"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"200"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"publishedVersion"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"content"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"skipSetupItems"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"draft"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"skipSetupItems"}}]}}]}}]}}]}}]} as unknown as DocumentNode<AdeProfileSkippedPanesQuery, AdeProfileSkippedPanesQueryVariables>;
export const AdeProfileVersionsDocument = {"__meta__":{"hash":"sha256:3cf95908ca1b2a662bbc38a5fe1c54dd6882bd267db79f089d2da580ecbd4005"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AdeProfileVersions"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"adeProfileId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"adeProfileVersions"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"adeProfileId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"adeProfileId"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"AdeProfileVersionRow"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AdeProfileVersionRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ADEProfileVersion"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"publishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"publishedBy"}},{"kind":"Field","name":{"kind":"Name","value":"json"}}]}}]} as unknown as DocumentNode<AdeProfileVersionsQuery, AdeProfileVersionsQueryVariables>;
export const CreateAdeProfileDocument = {"__meta__":{"hash":"sha256:73906cf01fbdb2b6f1188282e62ce88b79aed744781121d3ddd812a8215e9558"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateADEProfile"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateADEProfileInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createADEProfile"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"adeProfile"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]}}]} as unknown as DocumentNode<CreateAdeProfileMutation, CreateAdeProfileMutationVariables>;
export const UpdateAdeProfileDocument = {"__meta__":{"hash":"sha256:dd3af38a618ae87d838eab1c0dc9f9167e0c40cbbaf8b5d04237bb2ac4017b32"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateADEProfile"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateADEProfileInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateADEProfile"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"adeProfile"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"AdeProfileEditor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AdeProfileContent"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ADEProfileContent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"isSupervised"}},{"kind":"Field","name":{"kind":"Name","value":"isMandatory"}},{"kind":"Field","name":{"kind":"Name","value":"isMdmRemovable"}},{"kind":"Field","name":{"kind":"Name","value":"awaitDeviceConfigured"}},{"kind":"Field","name":{"kind":"Name","value":"isMultiUser"}},{"kind":"Field","name":{"kind":"Name","value":"autoAdvanceSetup"}},{"kind":"Field","name":{"kind":"Name","value":"language"}},{"kind":"Field","name":{"kind":"Name","value":"region"}},{"kind":"Field","name":{"kind":"Name","value":"skipSetupItems"}},{"kind":"Field","name":{"kind":"Name","value":"department"}},{"kind":"Field","name":{"kind":"Name","value":"supportPhoneNumber"}},{"kind":"Field","name":{"kind":"Name","value":"supportEmailAddress"}},{"kind":"Field","name":{"kind":"Name","value":"orgMagic"}},{"kind":"Field","name":{"kind":"Name","value":"allowPairing"}},{"kind":"Field","name":{"kind":"Name","value":"anchorCerts"}},{"kind":"Field","name":{"kind":"Name","value":"supervisingHostCerts"}},{"kind":"Field","name":{"kind":"Name","value":"doNotUseProfileFromBackup"}},{"kind":"Field","name":{"kind":"Name","value":"isReturnToService"}},{"kind":"Field","name":{"kind":"Name","value":"configurationWebUrl"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AdeProfileEditor"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ADEProfile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"platforms"}},{"kind":"Field","name":{"kind":"Name","value":"minimumOS"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"platform"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"otherMdm"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"publishedVersion"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"publishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"publishedBy"}},{"kind":"Field","name":{"kind":"Name","value":"json"}},{"kind":"Field","name":{"kind":"Name","value":"content"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AdeProfileContent"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"draft"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AdeProfileContent"}}]}},{"kind":"Field","name":{"kind":"Name","value":"warnings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"Field","name":{"kind":"Name","value":"deviceGroups"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"defaults"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"platform"}},{"kind":"Field","name":{"kind":"Name","value":"abmToken"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"ownDevices"}},{"kind":"Field","name":{"kind":"Name","value":"registrations"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"abmToken"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"version"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}}]}},{"kind":"Field","name":{"kind":"Name","value":"appleProfileUuid"}},{"kind":"Field","name":{"kind":"Name","value":"registeredAt"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"nextAttemptAt"}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]}}]} as unknown as DocumentNode<UpdateAdeProfileMutation, UpdateAdeProfileMutationVariables>;
export const PublishAdeProfileDocument = {"__meta__":{"hash":"sha256:96a1b2d7258c1b4c5e3eeebc113c0e3b767c174f6b85442c985c811b5c78140a"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"PublishADEProfile"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"PublishADEProfileInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"publishADEProfile"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"adeProfile"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"AdeProfileEditor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"assignmentBatch"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AssignmentBatchFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AdeProfileContent"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ADEProfileContent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"isSupervised"}},{"kind":"Field","name":{"kind":"Name","value":"isMandatory"}},{"kind":"Field","name":{"kind":"Name","value":"isMdmRemovable"}},{"kind":"Field","name":{"kind":"Name","value":"awaitDeviceConfigured"}},{"kind":"Field","name":{"kind":"Name","value":"isMultiUser"}},{"kind":"Field","name":{"kind":"Name","value":"autoAdvanceSetup"}},{"kind":"Field","name":{"kind":"Name","value":"language"}},{"kind":"Field","name":{"kind":"Name","value":"region"}},{"kind":"Field","name":{"kind":"Name","value":"skipSetupItems"}},{"kind":"Field","name":{"kind":"Name","value":"department"}},{"kind":"Field","name":{"kind":"Name","value":"supportPhoneNumber"}},{"kind":"Field","name":{"kind":"Name","value":"supportEmailAddress"}},{"kind":"Field","name":{"kind":"Name","value":"orgMagic"}},{"kind":"Field","name":{"kind":"Name","value":"allowPairing"}},{"kind":"Field","name":{"kind":"Name","value":"anchorCerts"}},{"kind":"Field","name":{"kind":"Name","value":"supervisingHostCerts"}},{"kind":"Field","name":{"kind":"Name","value":"doNotUseProfileFromBackup"}},{"kind":"Field","name":{"kind":"Name","value":"isReturnToService"}},{"kind":"Field","name":{"kind":"Name","value":"configurationWebUrl"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AdeProfileEditor"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ADEProfile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"platforms"}},{"kind":"Field","name":{"kind":"Name","value":"minimumOS"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"platform"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"otherMdm"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"publishedVersion"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"publishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"publishedBy"}},{"kind":"Field","name":{"kind":"Name","value":"json"}},{"kind":"Field","name":{"kind":"Name","value":"content"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AdeProfileContent"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"draft"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AdeProfileContent"}}]}},{"kind":"Field","name":{"kind":"Name","value":"warnings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"Field","name":{"kind":"Name","value":"deviceGroups"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"defaults"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"platform"}},{"kind":"Field","name":{"kind":"Name","value":"abmToken"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"ownDevices"}},{"kind":"Field","name":{"kind":"Name","value":"registrations"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"abmToken"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"version"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}}]}},{"kind":"Field","name":{"kind":"Name","value":"appleProfileUuid"}},{"kind":"Field","name":{"kind":"Name","value":"registeredAt"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"nextAttemptAt"}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AssignmentBatchFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AssignmentBatch"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"cause"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"requestedBy"}},{"kind":"Field","name":{"kind":"Name","value":"devices"}},{"kind":"Field","name":{"kind":"Name","value":"counted"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"succeeded"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}}]}}]} as unknown as DocumentNode<PublishAdeProfileMutation, PublishAdeProfileMutationVariables>;
export const DiscardAdeProfileDraftDocument = {"__meta__":{"hash":"sha256:da6e315c1d859c2de43f389764da60de4064378e2246fa0ce76760e646cc760f"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DiscardADEProfileDraft"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DiscardADEProfileDraftInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"discardADEProfileDraft"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"adeProfile"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"AdeProfileEditor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AdeProfileContent"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ADEProfileContent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"isSupervised"}},{"kind":"Field","name":{"kind":"Name","value":"isMandatory"}},{"kind":"Field","name":{"kind":"Name","value":"isMdmRemovable"}},{"kind":"Field","name":{"kind":"Name","value":"awaitDeviceConfigured"}},{"kind":"Field","name":{"kind":"Name","value":"isMultiUser"}},{"kind":"Field","name":{"kind":"Name","value":"autoAdvanceSetup"}},{"kind":"Field","name":{"kind":"Name","value":"language"}},{"kind":"Field","name":{"kind":"Name","value":"region"}},{"kind":"Field","name":{"kind":"Name","value":"skipSetupItems"}},{"kind":"Field","name":{"kind":"Name","value":"department"}},{"kind":"Field","name":{"kind":"Name","value":"supportPhoneNumber"}},{"kind":"Field","name":{"kind":"Name","value":"supportEmailAddress"}},{"kind":"Field","name":{"kind":"Name","value":"orgMagic"}},{"kind":"Field","name":{"kind":"Name","value":"allowPairing"}},{"kind":"Field","name":{"kind":"Name","value":"anchorCerts"}},{"kind":"Field","name":{"kind":"Name","value":"supervisingHostCerts"}},{"kind":"Field","name":{"kind":"Name","value":"doNotUseProfileFromBackup"}},{"kind":"Field","name":{"kind":"Name","value":"isReturnToService"}},{"kind":"Field","name":{"kind":"Name","value":"configurationWebUrl"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AdeProfileEditor"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ADEProfile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"platforms"}},{"kind":"Field","name":{"kind":"Name","value":"minimumOS"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"platform"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"otherMdm"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"publishedVersion"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"publishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"publishedBy"}},{"kind":"Field","name":{"kind":"Name","value":"json"}},{"kind":"Field","name":{"kind":"Name","value":"content"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AdeProfileContent"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"draft"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AdeProfileContent"}}]}},{"kind":"Field","name":{"kind":"Name","value":"warnings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"Field","name":{"kind":"Name","value":"deviceGroups"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"defaults"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"platform"}},{"kind":"Field","name":{"kind":"Name","value":"abmToken"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"ownDevices"}},{"kind":"Field","name":{"kind":"Name","value":"registrations"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"abmToken"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"version"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}}]}},{"kind":"Field","name":{"kind":"Name","value":"appleProfileUuid"}},{"kind":"Field","name":{"kind":"Name","value":"registeredAt"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"nextAttemptAt"}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]}}]} as unknown as DocumentNode<DiscardAdeProfileDraftMutation, DiscardAdeProfileDraftMutationVariables>;
export const DeleteAdeProfileDocument = {"__meta__":{"hash":"sha256:d5c4e6edd2b8a2047b47c4a19d8464cea1c6b97fba49279963b90f52024509ac"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeleteADEProfile"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteADEProfileInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deleteADEProfile"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]}}]} as unknown as DocumentNode<DeleteAdeProfileMutation, DeleteAdeProfileMutationVariables>;
export const SetupAssistantPanesDocument = {"__meta__":{"hash":"sha256:539656fd9076aa5660d9f6875097be7b656f8d6d9d582d1756854d4e74471282"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"SetupAssistantPanes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"setupAssistantPanes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AdeProfilePane"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AdeProfilePane"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SetupAssistantPane"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"availability"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"platform"}},{"kind":"Field","name":{"kind":"Name","value":"since"}},{"kind":"Field","name":{"kind":"Name","value":"deprecatedSince"}},{"kind":"Field","name":{"kind":"Name","value":"removedIn"}},{"kind":"Field","name":{"kind":"Name","value":"notAlwaysSkippable"}}]}}]}}]} as unknown as DocumentNode<SetupAssistantPanesQuery, SetupAssistantPanesQueryVariables>;
export const AdeProfilesDocument = {"__meta__":{"hash":"sha256:bb6e1ce567f78a367d8ff5c81ad1c4415a76267e4d0997e5c1b01b30f2668589"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AdeProfiles"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"adeProfiles"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"AdeProfileRow"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AdeProfileRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ADEProfile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"platforms"}},{"kind":"Field","name":{"kind":"Name","value":"deviceCount"}},{"kind":"Field","name":{"kind":"Name","value":"deviceCountAtApple"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"publishedVersion"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}}]}},{"kind":"Field","name":{"kind":"Name","value":"draft"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"isMandatory"}}]}},{"kind":"Field","name":{"kind":"Name","value":"deviceGroups"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"defaults"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"platform"}}]}},{"kind":"Field","name":{"kind":"Name","value":"ownDevices"}},{"kind":"Field","name":{"kind":"Name","value":"registrations"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}}]}}]}}]}}]} as unknown as DocumentNode<AdeProfilesQuery, AdeProfilesQueryVariables>;
export const AdeProfileDocument = {"__meta__":{"hash":"sha256:bdac23eabbcc3d12be1bea1aa7e9b154a46196fab262ae6b486eba40fe01727f"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AdeProfile"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ADEProfile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"AdeProfileEditor"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AdeProfileContent"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ADEProfileContent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"isSupervised"}},{"kind":"Field","name":{"kind":"Name","value":"isMandatory"}},{"kind":"Field","name":{"kind":"Name","value":"isMdmRemovable"}},{"kind":"Field","name":{"kind":"Name","value":"awaitDeviceConfigured"}},{"kind":"Field","name":{"kind":"Name","value":"isMultiUser"}},{"kind":"Field","name":{"kind":"Name","value":"autoAdvanceSetup"}},{"kind":"Field","name":{"kind":"Name","value":"language"}},{"kind":"Field","name":{"kind":"Name","value":"region"}},{"kind":"Field","name":{"kind":"Name","value":"skipSetupItems"}},{"kind":"Field","name":{"kind":"Name","value":"department"}},{"kind":"Field","name":{"kind":"Name","value":"supportPhoneNumber"}},{"kind":"Field","name":{"kind":"Name","value":"supportEmailAddress"}},{"kind":"Field","name":{"kind":"Name","value":"orgMagic"}},{"kind":"Field","name":{"kind":"Name","value":"allowPairing"}},{"kind":"Field","name":{"kind":"Name","value":"anchorCerts"}},{"kind":"Field","name":{"kind":"Name","value":"supervisingHostCerts"}},{"kind":"Field","name":{"kind":"Name","value":"doNotUseProfileFromBackup"}},{"kind":"Field","name":{"kind":"Name","value":"isReturnToService"}},{"kind":"Field","name":{"kind":"Name","value":"configurationWebUrl"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AdeProfileEditor"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ADEProfile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"platforms"}},{"kind":"Field","name":{"kind":"Name","value":"minimumOS"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"platform"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"otherMdm"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"publishedVersion"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"publishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"publishedBy"}},{"kind":"Field","name":{"kind":"Name","value":"json"}},{"kind":"Field","name":{"kind":"Name","value":"content"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AdeProfileContent"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"draft"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AdeProfileContent"}}]}},{"kind":"Field","name":{"kind":"Name","value":"warnings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"Field","name":{"kind":"Name","value":"deviceGroups"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"defaults"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"platform"}},{"kind":"Field","name":{"kind":"Name","value":"abmToken"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"ownDevices"}},{"kind":"Field","name":{"kind":"Name","value":"registrations"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"abmToken"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"version"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}}]}},{"kind":"Field","name":{"kind":"Name","value":"appleProfileUuid"}},{"kind":"Field","name":{"kind":"Name","value":"registeredAt"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"nextAttemptAt"}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]}}]} as unknown as DocumentNode<AdeProfileQuery, AdeProfileQueryVariables>;
export const AdeProfileDevicesDocument = {"__meta__":{"hash":"sha256:84bd4cd6bcc625c9b93b6dc1e12740a0f8889b0dec1ef6e0a687d37edd05f34a"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AdeProfileDevices"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"devices"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"0"}},{"kind":"Argument","name":{"kind":"Name","value":"where"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"adeProfileId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}},{"kind":"ObjectField","name":{"kind":"Name","value":"removedAtIsNil"},"value":{"kind":"BooleanValue","value":true}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}}]}}]} as unknown as DocumentNode<AdeProfileDevicesQuery, AdeProfileDevicesQueryVariables>;
export const AdeProfileNamesDocument = {"__meta__":{"hash":"sha256:54025ff04e7514975890cc56a6765f07da1b8823da4ea5d8ddaf38ecb11b6c51"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AdeProfileNames"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"adeProfiles"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"200"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"platforms"}},{"kind":"Field","name":{"kind":"Name","value":"publishedVersion"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}}]}}]}}]}}]}}]} as unknown as DocumentNode<AdeProfileNamesQuery, AdeProfileNamesQueryVariables>;
export const ApiTokensDocument = {"__meta__":{"hash":"sha256:ba70ac5ed802f27426a1696e54e631ac4297daac13235fd402ea79a50262b7b7"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ApiTokens"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"apiTokens"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"ApiToken"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ApiToken"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"APIToken"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"createdBy"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"revokedAt"}}]}}]} as unknown as DocumentNode<ApiTokensQuery, ApiTokensQueryVariables>;
export const CreateApiTokenDocument = {"__meta__":{"hash":"sha256:e99324698319968fcb4f780d6530f588f252506c233d6ba7f318c45e4bf54e60"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateApiToken"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateAPITokenInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createAPIToken"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"apiToken"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"ApiToken"}}]}},{"kind":"Field","name":{"kind":"Name","value":"secret"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ApiToken"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"APIToken"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"createdBy"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"revokedAt"}}]}}]} as unknown as DocumentNode<CreateApiTokenMutation, CreateApiTokenMutationVariables>;
export const RevokeApiTokenDocument = {"__meta__":{"hash":"sha256:17cbc2103184e5e31a51f75cb998021702b81f5a6a1bf09ef0de4283b8815fc2"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RevokeApiToken"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RevokeAPITokenInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"revokeAPIToken"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"apiToken"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"ApiToken"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ApiToken"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"APIToken"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"createdBy"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"revokedAt"}}]}}]} as unknown as DocumentNode<RevokeApiTokenMutation, RevokeApiTokenMutationVariables>;
export const CancelAssignmentBatchDocument = {"__meta__":{"hash":"sha256:5232c675e65963590ae0435c291fef615499d8424e4c31520d529ec360bc1729"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CancelAssignmentBatch"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CancelAssignmentBatchInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cancelAssignmentBatch"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"assignmentBatch"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AssignmentBatchFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}},{"kind":"Field","name":{"kind":"Name","value":"code"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AssignmentBatchFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AssignmentBatch"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"cause"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"requestedBy"}},{"kind":"Field","name":{"kind":"Name","value":"devices"}},{"kind":"Field","name":{"kind":"Name","value":"counted"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"succeeded"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}}]}}]} as unknown as DocumentNode<CancelAssignmentBatchMutation, CancelAssignmentBatchMutationVariables>;
export const UndoAssignmentBatchDocument = {"__meta__":{"hash":"sha256:ac060194f38d212a260fc4f97cb3ae962c6224bbdad18688d3dca6d4ed6b8d4b"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UndoAssignmentBatch"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UndoAssignmentBatchInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"undoAssignmentBatch"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"assignmentBatch"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AssignmentBatchFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}},{"kind":"Field","name":{"kind":"Name","value":"code"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AssignmentBatchFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AssignmentBatch"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"cause"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"requestedBy"}},{"kind":"Field","name":{"kind":"Name","value":"devices"}},{"kind":"Field","name":{"kind":"Name","value":"counted"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"succeeded"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}}]}}]} as unknown as DocumentNode<UndoAssignmentBatchMutation, UndoAssignmentBatchMutationVariables>;
export const AssignmentBatchesDocument = {"__meta__":{"hash":"sha256:0914c01e485e96e340ad9e067281a335c4f62bd4cdf76ed36c7feae675bb9542"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AssignmentBatches"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"assignmentBatches"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AssignmentBatchFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AssignmentBatchFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AssignmentBatch"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"cause"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"requestedBy"}},{"kind":"Field","name":{"kind":"Name","value":"devices"}},{"kind":"Field","name":{"kind":"Name","value":"counted"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"succeeded"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}}]}}]} as unknown as DocumentNode<AssignmentBatchesQuery, AssignmentBatchesQueryVariables>;
export const AssignmentResultsDocument = {"__meta__":{"hash":"sha256:f5b1de993a3908bc0bd7c351e96b111044afd5db598a58d2f76d19c81cc02b57"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AssignmentResults"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"batchId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"status"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"AssignmentResultStatus"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"assignmentResults"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"assignmentBatchId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"batchId"}}},{"kind":"Argument","name":{"kind":"Name","value":"status"},"value":{"kind":"Variable","name":{"kind":"Name","value":"status"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"device"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"serialNumber"}},{"kind":"Field","name":{"kind":"Name","value":"model"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<AssignmentResultsQuery, AssignmentResultsQueryVariables>;
export const AssignmentPreviewDocument = {"__meta__":{"hash":"sha256:b0b0837727bf4cdfcbd00bf44bf5c37d96d0ba42f4900afcc8c1ccd7b8442150"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AssignmentPreview"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AssignmentPreviewInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"assignmentPreview"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"preview"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AssignmentPreviewFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}},{"kind":"Field","name":{"kind":"Name","value":"code"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AssignmentPreviewFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AssignmentPreview"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"devices"}},{"kind":"Field","name":{"kind":"Name","value":"changes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"devices"}},{"kind":"Field","name":{"kind":"Name","value":"from"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"to"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"unchanged"}},{"kind":"Field","name":{"kind":"Name","value":"observed"}},{"kind":"Field","name":{"kind":"Name","value":"foreign"}},{"kind":"Field","name":{"kind":"Name","value":"activated"}},{"kind":"Field","name":{"kind":"Name","value":"throttled"}},{"kind":"Field","name":{"kind":"Name","value":"migrationsNotAwaited"}},{"kind":"Field","name":{"kind":"Name","value":"warnings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]} as unknown as DocumentNode<AssignmentPreviewQuery, AssignmentPreviewQueryVariables>;
export const AssignAdeProfileDocument = {"__meta__":{"hash":"sha256:b5b47007e8e46b20d9fb8c5e69144fa6943e524cb0b23772bc5cec99e78af69f"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AssignADEProfile"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AssignADEProfileInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"assignADEProfile"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"assignmentBatch"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AssignmentBatchFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}},{"kind":"Field","name":{"kind":"Name","value":"code"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AssignmentBatchFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AssignmentBatch"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"cause"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"requestedBy"}},{"kind":"Field","name":{"kind":"Name","value":"devices"}},{"kind":"Field","name":{"kind":"Name","value":"counted"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"succeeded"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}}]}}]} as unknown as DocumentNode<AssignAdeProfileMutation, AssignAdeProfileMutationVariables>;
export const UnassignAdeProfileDocument = {"__meta__":{"hash":"sha256:fb7dad54f04be7050f9269429905a436d2c11cb76e183a2026c17421e33ab340"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UnassignADEProfile"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UnassignADEProfileInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"unassignADEProfile"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"assignmentBatch"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AssignmentBatchFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}},{"kind":"Field","name":{"kind":"Name","value":"code"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AssignmentBatchFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AssignmentBatch"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"cause"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"requestedBy"}},{"kind":"Field","name":{"kind":"Name","value":"devices"}},{"kind":"Field","name":{"kind":"Name","value":"counted"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"succeeded"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}}]}}]} as unknown as DocumentNode<UnassignAdeProfileMutation, UnassignAdeProfileMutationVariables>;
export const ClearAdeProfileDocument = {"__meta__":{"hash":"sha256:f0a1610a5367907af74b19794d6337ef0018996c9b690f44a9c716c0d9d946f4"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ClearADEProfile"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ClearADEProfileInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"clearADEProfile"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"assignmentBatch"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AssignmentBatchFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}},{"kind":"Field","name":{"kind":"Name","value":"code"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AssignmentBatchFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AssignmentBatch"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"cause"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"requestedBy"}},{"kind":"Field","name":{"kind":"Name","value":"devices"}},{"kind":"Field","name":{"kind":"Name","value":"counted"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"succeeded"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}}]}}]} as unknown as DocumentNode<ClearAdeProfileMutation, ClearAdeProfileMutationVariables>;
export const ClearPreviewDocument = {"__meta__":{"hash":"sha256:bae07566d2eb1090ea7ed0dddfdb42a303eb9cedbe128e4b076665943be7059a"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ClearPreview"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"all"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceWhereInput"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"fetched"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceWhereInput"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"without"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceWhereInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"all"},"name":{"kind":"Name","value":"devices"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"0"}},{"kind":"Argument","name":{"kind":"Name","value":"where"},"value":{"kind":"Variable","name":{"kind":"Name","value":"all"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}},{"kind":"Field","alias":{"kind":"Name","value":"fetched"},"name":{"kind":"Name","value":"devices"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"0"}},{"kind":"Argument","name":{"kind":"Name","value":"where"},"value":{"kind":"Variable","name":{"kind":"Name","value":"fetched"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}},{"kind":"Field","alias":{"kind":"Name","value":"without"},"name":{"kind":"Name","value":"devices"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"0"}},{"kind":"Argument","name":{"kind":"Name","value":"where"},"value":{"kind":"Variable","name":{"kind":"Name","value":"without"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}}]}}]} as unknown as DocumentNode<ClearPreviewQuery, ClearPreviewQueryVariables>;
export const AssignmentProgressDocument = {"__meta__":{"hash":"sha256:979a33cd34c32dccec50ac6c4739946a975a61c044cd60117fe57de057bfac1b"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"AssignmentProgress"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"batchId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"assignmentProgress"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"batchId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"batchId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AssignmentBatchFields"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AssignmentBatchFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AssignmentBatch"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"cause"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"requestedBy"}},{"kind":"Field","name":{"kind":"Name","value":"devices"}},{"kind":"Field","name":{"kind":"Name","value":"counted"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"succeeded"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}}]}}]} as unknown as DocumentNode<AssignmentProgressSubscription, AssignmentProgressSubscriptionVariables>;
export const SelectedSerialsDocument = {"__meta__":{"hash":"sha256:efd671a10200c8393ee1d64fbab1140de01114e70529137d6d4551f10d846c78"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"SelectedSerials"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"where"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceWhereInput"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"devices"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"200"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"where"},"value":{"kind":"Variable","name":{"kind":"Name","value":"where"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"serialNumber"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endCursor"}},{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}}]}}]}}]}}]} as unknown as DocumentNode<SelectedSerialsQuery, SelectedSerialsQueryVariables>;
export const DisownDevicesDocument = {"__meta__":{"hash":"sha256:5ece8615123780602fc5a747df43de3a3d926a69d640b2274a629e83a1cc9167"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DisownDevices"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DisownDevicesInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"disownDevices"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"assignmentBatch"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AssignmentBatchFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"results"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"serialNumber"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"Field","name":{"kind":"Name","value":"unknownSerialNumbers"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}},{"kind":"Field","name":{"kind":"Name","value":"code"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AssignmentBatchFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AssignmentBatch"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"cause"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"requestedBy"}},{"kind":"Field","name":{"kind":"Name","value":"devices"}},{"kind":"Field","name":{"kind":"Name","value":"counted"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"succeeded"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}}]}}]} as unknown as DocumentNode<DisownDevicesMutation, DisownDevicesMutationVariables>;
export const ProfileChoicesDocument = {"__meta__":{"hash":"sha256:a06cfc1147e7504609e5a1cbf9a1c5d1c3754c9b85f2ecfb15fc727258203e9c"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ProfileChoices"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"adeProfiles"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ProfileChoice"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ProfileChoice"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ADEProfile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"platforms"}},{"kind":"Field","name":{"kind":"Name","value":"deviceCount"}},{"kind":"Field","name":{"kind":"Name","value":"publishedVersion"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"content"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"isSupervised"}},{"kind":"Field","name":{"kind":"Name","value":"isMandatory"}},{"kind":"Field","name":{"kind":"Name","value":"isMdmRemovable"}},{"kind":"Field","name":{"kind":"Name","value":"skipSetupItems"}}]}}]}}]}}]} as unknown as DocumentNode<ProfileChoicesQuery, ProfileChoicesQueryVariables>;
export const AuditActorsDocument = {"__meta__":{"hash":"sha256:5179e8374e1d61906845b39d6dfd157a384b934e1d6703338bd6103a455b8da0"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AuditActors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"users"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"200"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"apiTokens"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"200"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}}]} as unknown as DocumentNode<AuditActorsQuery, AuditActorsQueryVariables>;
export const AuditObjectDocument = {"__meta__":{"hash":"sha256:54dc65abe463a7ab738c7cf9fa651df5dfd625044eb7fdd78e1f263df922289d"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AuditObject"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"auditEntries"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"1"}},{"kind":"Argument","name":{"kind":"Name","value":"where"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"objectId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"objectName"}}]}}]}}]}}]} as unknown as DocumentNode<AuditObjectQuery, AuditObjectQueryVariables>;
export const AuditEntriesDocument = {"__meta__":{"hash":"sha256:8e0d340274488697df24878eec33a7a6e77aa6e1fd306965d1d68556701263ff"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AuditEntries"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"where"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"AuditEntryWhereInput"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"auditEntries"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}},{"kind":"Argument","name":{"kind":"Name","value":"where"},"value":{"kind":"Variable","name":{"kind":"Name","value":"where"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AuditEntryFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AuditEntryFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AuditEntry"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"actorKind"}},{"kind":"Field","name":{"kind":"Name","value":"actorId"}},{"kind":"Field","name":{"kind":"Name","value":"actorName"}},{"kind":"Field","name":{"kind":"Name","value":"action"}},{"kind":"Field","name":{"kind":"Name","value":"objectId"}},{"kind":"Field","name":{"kind":"Name","value":"objectName"}},{"kind":"Field","name":{"kind":"Name","value":"before"}},{"kind":"Field","name":{"kind":"Name","value":"after"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"Field","name":{"kind":"Name","value":"remoteAddress"}}]}}]} as unknown as DocumentNode<AuditEntriesQuery, AuditEntriesQueryVariables>;
export const MdmCommandAnswerDocument = {"__meta__":{"hash":"sha256:48ea97637435006f8fdef26fde73576ac008edbc87284e9e952af4a99993c334"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"MdmCommandAnswer"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"mdmCommandAnswer"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"mdmCommandId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"plist"}}]}}]}}]} as unknown as DocumentNode<MdmCommandAnswerQuery, MdmCommandAnswerQueryVariables>;
export const CancelCommandsDocument = {"__meta__":{"hash":"sha256:47cfadf581545b5799bd77520cd81a0e8e3328f5c2b1053c8447ecbd71074a3a"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CancelCommands"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CancelCommandsInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cancelCommands"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"commandBatch"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CommandBatchFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"mdmCommand"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}},{"kind":"Field","name":{"kind":"Name","value":"canceled"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}},{"kind":"Field","name":{"kind":"Name","value":"code"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CommandBatchFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CommandBatch"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"requestType"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"requestedBy"}},{"kind":"Field","name":{"kind":"Name","value":"devices"}},{"kind":"Field","name":{"kind":"Name","value":"notEnrolled"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"isQueued"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"counts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"queued"}},{"kind":"Field","name":{"kind":"Name","value":"sent"}},{"kind":"Field","name":{"kind":"Name","value":"notNow"}},{"kind":"Field","name":{"kind":"Name","value":"acknowledged"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"canceled"}},{"kind":"Field","name":{"kind":"Name","value":"dropped"}}]}}]}}]} as unknown as DocumentNode<CancelCommandsMutation, CancelCommandsMutationVariables>;
export const CommandBatchesDocument = {"__meta__":{"hash":"sha256:b86b3c211c8c62addb8feafac2391e213355cbb7ba22652c9546f51a553f90b9"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CommandBatches"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"commandBatches"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CommandBatchFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CommandBatchFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CommandBatch"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"requestType"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"requestedBy"}},{"kind":"Field","name":{"kind":"Name","value":"devices"}},{"kind":"Field","name":{"kind":"Name","value":"notEnrolled"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"isQueued"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"counts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"queued"}},{"kind":"Field","name":{"kind":"Name","value":"sent"}},{"kind":"Field","name":{"kind":"Name","value":"notNow"}},{"kind":"Field","name":{"kind":"Name","value":"acknowledged"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"canceled"}},{"kind":"Field","name":{"kind":"Name","value":"dropped"}}]}}]}}]} as unknown as DocumentNode<CommandBatchesQuery, CommandBatchesQueryVariables>;
export const MdmCommandsDocument = {"__meta__":{"hash":"sha256:bec65273b8724bccb71d41187c43e17bd045cc6e01da599a10b984ac72131936"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"MdmCommands"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"deviceId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"mdmCommands"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"deviceId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"deviceId"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"10"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"MdmCommand"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endCursor"}},{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MdmCommand"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MDMCommand"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"requestType"}},{"kind":"Field","name":{"kind":"Name","value":"purpose"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"errorMessage"}},{"kind":"Field","name":{"kind":"Name","value":"attempts"}},{"kind":"Field","name":{"kind":"Name","value":"queuedAt"}},{"kind":"Field","name":{"kind":"Name","value":"sentAt"}},{"kind":"Field","name":{"kind":"Name","value":"answeredAt"}},{"kind":"Field","name":{"kind":"Name","value":"requestedBy"}},{"kind":"Field","name":{"kind":"Name","value":"isForUser"}}]}}]} as unknown as DocumentNode<MdmCommandsQuery, MdmCommandsQueryVariables>;
export const CommandResultsDocument = {"__meta__":{"hash":"sha256:af3c70aa6243ca07840c2c9abd78d9937af9d8cd936d728258bfbf53d469567e"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CommandResults"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"batchId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"status"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"MDMCommandStatus"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"mdmCommands"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"commandBatchId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"batchId"}}},{"kind":"Argument","name":{"kind":"Name","value":"status"},"value":{"kind":"Variable","name":{"kind":"Name","value":"status"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"errorMessage"}},{"kind":"Field","name":{"kind":"Name","value":"attempts"}},{"kind":"Field","name":{"kind":"Name","value":"queuedAt"}},{"kind":"Field","name":{"kind":"Name","value":"sentAt"}},{"kind":"Field","name":{"kind":"Name","value":"answeredAt"}},{"kind":"Field","name":{"kind":"Name","value":"device"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"serialNumber"}},{"kind":"Field","name":{"kind":"Name","value":"model"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<CommandResultsQuery, CommandResultsQueryVariables>;
export const CommandBatchDocument = {"__meta__":{"hash":"sha256:6ecf5e8bdec9d68e58303316c40d8f399ce724ffd2345bbd1be8d00f45bfc055"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CommandBatch"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CommandBatch"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CommandBatchFields"}},{"kind":"Field","name":{"kind":"Name","value":"canResend"}},{"kind":"Field","name":{"kind":"Name","value":"notEnrolledSerialNumbers"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CommandBatchFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CommandBatch"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"requestType"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"requestedBy"}},{"kind":"Field","name":{"kind":"Name","value":"devices"}},{"kind":"Field","name":{"kind":"Name","value":"notEnrolled"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"isQueued"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"counts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"queued"}},{"kind":"Field","name":{"kind":"Name","value":"sent"}},{"kind":"Field","name":{"kind":"Name","value":"notNow"}},{"kind":"Field","name":{"kind":"Name","value":"acknowledged"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"canceled"}},{"kind":"Field","name":{"kind":"Name","value":"dropped"}}]}}]}}]} as unknown as DocumentNode<CommandBatchQuery, CommandBatchQueryVariables>;
export const SendCommandDocument = {"__meta__":{"hash":"sha256:9f55b372115f95274a801a1d22ce69c324fbba8e50997d2a0b929512349ac9e2"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SendCommand"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SendCommandInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sendCommand"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"commandBatch"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CommandBatchFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}},{"kind":"Field","name":{"kind":"Name","value":"code"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CommandBatchFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CommandBatch"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"requestType"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"requestedBy"}},{"kind":"Field","name":{"kind":"Name","value":"devices"}},{"kind":"Field","name":{"kind":"Name","value":"notEnrolled"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"isQueued"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"counts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"queued"}},{"kind":"Field","name":{"kind":"Name","value":"sent"}},{"kind":"Field","name":{"kind":"Name","value":"notNow"}},{"kind":"Field","name":{"kind":"Name","value":"acknowledged"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"canceled"}},{"kind":"Field","name":{"kind":"Name","value":"dropped"}}]}}]}}]} as unknown as DocumentNode<SendCommandMutation, SendCommandMutationVariables>;
export const CommandPreviewDocument = {"__meta__":{"hash":"sha256:c730d7824db001d8007f931ae1d64f0c43e10a9dcd5df7baaac4662dd31b3082"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CommandPreview"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"all"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceWhereInput"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"enrolled"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceWhereInput"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"macs"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceWhereInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"all"},"name":{"kind":"Name","value":"devices"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"0"}},{"kind":"Argument","name":{"kind":"Name","value":"where"},"value":{"kind":"Variable","name":{"kind":"Name","value":"all"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}},{"kind":"Field","alias":{"kind":"Name","value":"enrolled"},"name":{"kind":"Name","value":"devices"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"0"}},{"kind":"Argument","name":{"kind":"Name","value":"where"},"value":{"kind":"Variable","name":{"kind":"Name","value":"enrolled"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}},{"kind":"Field","alias":{"kind":"Name","value":"macs"},"name":{"kind":"Name","value":"devices"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"0"}},{"kind":"Argument","name":{"kind":"Name","value":"where"},"value":{"kind":"Variable","name":{"kind":"Name","value":"macs"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}}]}}]} as unknown as DocumentNode<CommandPreviewQuery, CommandPreviewQueryVariables>;
export const ResendCommandDocument = {"__meta__":{"hash":"sha256:079b43a96ba3e009e5f238fbcb996aab9e54c06e02aace3d74d76631d33df12a"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ResendCommand"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ResendCommandInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resendCommand"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"commandBatch"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CommandBatchFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}},{"kind":"Field","name":{"kind":"Name","value":"code"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CommandBatchFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CommandBatch"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"requestType"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"requestedBy"}},{"kind":"Field","name":{"kind":"Name","value":"devices"}},{"kind":"Field","name":{"kind":"Name","value":"notEnrolled"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"isQueued"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"counts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"queued"}},{"kind":"Field","name":{"kind":"Name","value":"sent"}},{"kind":"Field","name":{"kind":"Name","value":"notNow"}},{"kind":"Field","name":{"kind":"Name","value":"acknowledged"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"canceled"}},{"kind":"Field","name":{"kind":"Name","value":"dropped"}}]}}]}}]} as unknown as DocumentNode<ResendCommandMutation, ResendCommandMutationVariables>;
export const ResendSerialsDocument = {"__meta__":{"hash":"sha256:68cf6965576540b3041699f42f64bf6b59f6fa2f58c7e49691f3106993515c40"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ResendSerials"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"batchId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"status"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"MDMCommandStatus"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"mdmCommands"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"commandBatchId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"batchId"}}},{"kind":"Argument","name":{"kind":"Name","value":"status"},"value":{"kind":"Variable","name":{"kind":"Name","value":"status"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"200"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"device"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"serialNumber"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<ResendSerialsQuery, ResendSerialsQueryVariables>;
export const DeviceEventsDocument = {"__meta__":{"hash":"sha256:080b999f543789ce2fd0c8927c6a6467d0afaa3e3d11efe2dea1c4ababd6d9bf"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"DeviceEvents"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"deviceId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deviceEvents"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"deviceId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"deviceId"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"DeviceEventFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endCursor"}},{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DeviceEventFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"appleAt"}},{"kind":"Field","name":{"kind":"Name","value":"changes"}},{"kind":"Field","name":{"kind":"Name","value":"unannounced"}},{"kind":"Field","name":{"kind":"Name","value":"syncRunId"}},{"kind":"Field","name":{"kind":"Name","value":"abmTokenId"}},{"kind":"Field","name":{"kind":"Name","value":"requestedBy"}},{"kind":"Field","name":{"kind":"Name","value":"otherSerialNumber"}},{"kind":"Field","name":{"kind":"Name","value":"otherDevice"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]} as unknown as DocumentNode<DeviceEventsQuery, DeviceEventsQueryVariables>;
export const ProfileNamesDocument = {"__meta__":{"hash":"sha256:774f2de69decc8a230b1198afb29172c263bb12009bcdd7defe8624884c04ded"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ProfileNames"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"adeProfiles"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"200"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<ProfileNamesQuery, ProfileNamesQueryVariables>;
export const GroupNamesDocument = {"__meta__":{"hash":"sha256:0f38a992371818b80a2827f3dbc8c2715ccfc32f87f1293edd3e42c8a36f6801"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"GroupNames"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deviceGroups"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"200"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<GroupNamesQuery, GroupNamesQueryVariables>;
export const DevicePageDocument = {"__meta__":{"hash":"sha256:38a85772a4fd48bfb99d4c0b6a509e5202afeb7ec9e373cee8af9966f79f4804"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"DevicePage"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"before"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"last"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceOrder"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"where"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceWhereInput"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"devices"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"before"},"value":{"kind":"Variable","name":{"kind":"Name","value":"before"}}},{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"Variable","name":{"kind":"Name","value":"last"}}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}}},{"kind":"Argument","name":{"kind":"Name","value":"where"},"value":{"kind":"Variable","name":{"kind":"Name","value":"where"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"DeviceRow"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"startCursor"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}},{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DeviceRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Device"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"serialNumber"}},{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"color"}},{"kind":"Field","name":{"kind":"Name","value":"assetTag"}},{"kind":"Field","name":{"kind":"Name","value":"deviceFamily"}},{"kind":"Field","name":{"kind":"Name","value":"platform"}},{"kind":"Field","name":{"kind":"Name","value":"deviceAssignedAt"}},{"kind":"Field","name":{"kind":"Name","value":"deviceAssignedBy"}},{"kind":"Field","name":{"kind":"Name","value":"addedAt"}},{"kind":"Field","name":{"kind":"Name","value":"changedAt"}},{"kind":"Field","name":{"kind":"Name","value":"removedAt"}},{"kind":"Field","name":{"kind":"Name","value":"profileSource"}},{"kind":"Field","name":{"kind":"Name","value":"assignmentStatus"}},{"kind":"Field","name":{"kind":"Name","value":"enrollmentStatus"}},{"kind":"Field","name":{"kind":"Name","value":"appliesAfterErase"}},{"kind":"Field","name":{"kind":"Name","value":"mdmMigrationDeadline"}},{"kind":"Field","name":{"kind":"Name","value":"adeProfile"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"abmToken"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<DevicePageQuery, DevicePageQueryVariables>;
export const DeviceStepDocument = {"__meta__":{"hash":"sha256:929f5134b2817118eba397e1434b4c88d63bba39869185bb9f36f3aca7098a89"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"DeviceStep"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"before"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"last"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceOrder"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"where"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceWhereInput"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"devices"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"before"},"value":{"kind":"Variable","name":{"kind":"Name","value":"before"}}},{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"Variable","name":{"kind":"Name","value":"last"}}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}}},{"kind":"Argument","name":{"kind":"Name","value":"where"},"value":{"kind":"Variable","name":{"kind":"Name","value":"where"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"startCursor"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}},{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}}]}}]}}]}}]} as unknown as DocumentNode<DeviceStepQuery, DeviceStepQueryVariables>;
export const DeviceCountDocument = {"__meta__":{"hash":"sha256:d5eae4fe8bb8f616d9c2b2f321d09e02964a5f2367996dcff5e285c0bc256d0d"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"DeviceCount"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"where"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceWhereInput"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"devices"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"0"}},{"kind":"Argument","name":{"kind":"Name","value":"where"},"value":{"kind":"Variable","name":{"kind":"Name","value":"where"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}}]}}]} as unknown as DocumentNode<DeviceCountQuery, DeviceCountQueryVariables>;
export const ViewCountDocument = {"__meta__":{"hash":"sha256:165ec197b727ff380436bf0c1958335398f164a0be88168f5d639818bc06abbe"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ViewCount"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"where"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceWhereInput"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"devices"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"0"}},{"kind":"Argument","name":{"kind":"Name","value":"where"},"value":{"kind":"Variable","name":{"kind":"Name","value":"where"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}}]}}]} as unknown as DocumentNode<ViewCountQuery, ViewCountQueryVariables>;
export const DevicesAgainDocument = {"__meta__":{"hash":"sha256:06f9880e52f0c10b19d6b85788bb0abc5a7c1af9a49cee24067534dde8322240"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"DevicesAgain"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"ids"}},"type":{"kind":"NonNullType","type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"before"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceOrder"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"where"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceWhereInput"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"shown"},"name":{"kind":"Name","value":"devices"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}},{"kind":"Argument","name":{"kind":"Name","value":"where"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"idIn"},"value":{"kind":"Variable","name":{"kind":"Name","value":"ids"}}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"DeviceRow"}}]}}]}},{"kind":"Field","alias":{"kind":"Name","value":"ahead"},"name":{"kind":"Name","value":"devices"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"before"},"value":{"kind":"Variable","name":{"kind":"Name","value":"before"}}},{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"IntValue","value":"200"}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}}},{"kind":"Argument","name":{"kind":"Name","value":"where"},"value":{"kind":"Variable","name":{"kind":"Name","value":"where"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DeviceRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Device"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"serialNumber"}},{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"color"}},{"kind":"Field","name":{"kind":"Name","value":"assetTag"}},{"kind":"Field","name":{"kind":"Name","value":"deviceFamily"}},{"kind":"Field","name":{"kind":"Name","value":"platform"}},{"kind":"Field","name":{"kind":"Name","value":"deviceAssignedAt"}},{"kind":"Field","name":{"kind":"Name","value":"deviceAssignedBy"}},{"kind":"Field","name":{"kind":"Name","value":"addedAt"}},{"kind":"Field","name":{"kind":"Name","value":"changedAt"}},{"kind":"Field","name":{"kind":"Name","value":"removedAt"}},{"kind":"Field","name":{"kind":"Name","value":"profileSource"}},{"kind":"Field","name":{"kind":"Name","value":"assignmentStatus"}},{"kind":"Field","name":{"kind":"Name","value":"enrollmentStatus"}},{"kind":"Field","name":{"kind":"Name","value":"appliesAfterErase"}},{"kind":"Field","name":{"kind":"Name","value":"mdmMigrationDeadline"}},{"kind":"Field","name":{"kind":"Name","value":"adeProfile"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"abmToken"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<DevicesAgainQuery, DevicesAgainQueryVariables>;
export const DeviceDetailsDocument = {"__meta__":{"hash":"sha256:3805dac542bc863e6d2baca1abca78eb803f108d4130277f076817231ae32fd4"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"DeviceDetails"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"serialNumber"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"device"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"serialNumber"},"value":{"kind":"Variable","name":{"kind":"Name","value":"serialNumber"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"serialNumber"}},{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"color"}},{"kind":"Field","name":{"kind":"Name","value":"assetTag"}},{"kind":"Field","name":{"kind":"Name","value":"deviceFamily"}},{"kind":"Field","name":{"kind":"Name","value":"os"}},{"kind":"Field","name":{"kind":"Name","value":"platform"}},{"kind":"Field","name":{"kind":"Name","value":"appleProfileUuid"}},{"kind":"Field","name":{"kind":"Name","value":"appleProfileStatus"}},{"kind":"Field","name":{"kind":"Name","value":"appleProfileAssignedAt"}},{"kind":"Field","name":{"kind":"Name","value":"appleProfilePushedAt"}},{"kind":"Field","name":{"kind":"Name","value":"deviceAssignedAt"}},{"kind":"Field","name":{"kind":"Name","value":"deviceAssignedBy"}},{"kind":"Field","name":{"kind":"Name","value":"mdmMigrationDeadline"}},{"kind":"Field","name":{"kind":"Name","value":"addedAt"}},{"kind":"Field","name":{"kind":"Name","value":"changedAt"}},{"kind":"Field","name":{"kind":"Name","value":"removedAt"}},{"kind":"Field","name":{"kind":"Name","value":"abmToken"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"orgName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"assignmentStatus"}},{"kind":"Field","name":{"kind":"Name","value":"enrollmentStatus"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"DeviceProfile"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"DeviceEnrollment"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DeviceProfile"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Device"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"serialNumber"}},{"kind":"Field","name":{"kind":"Name","value":"removedAt"}},{"kind":"Field","name":{"kind":"Name","value":"profileSource"}},{"kind":"Field","name":{"kind":"Name","value":"assignmentStatus"}},{"kind":"Field","name":{"kind":"Name","value":"hasForeignProfile"}},{"kind":"Field","name":{"kind":"Name","value":"appliesAfterErase"}},{"kind":"Field","name":{"kind":"Name","value":"mdmMigrationDeadline"}},{"kind":"Field","name":{"kind":"Name","value":"assignmentProblem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}},{"kind":"Field","name":{"kind":"Name","value":"nextAttemptAt"}},{"kind":"Field","name":{"kind":"Name","value":"attempts"}}]}},{"kind":"Field","name":{"kind":"Name","value":"profileExplanation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"verdict"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"adeProfile"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"deviceGroup"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"position"}}]}},{"kind":"Field","name":{"kind":"Name","value":"abmToken"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"deviceGroups"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DeviceEnrollment"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Device"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"serialNumber"}},{"kind":"Field","name":{"kind":"Name","value":"enrollmentStatus"}},{"kind":"Field","name":{"kind":"Name","value":"enrollment"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"udid"}},{"kind":"Field","name":{"kind":"Name","value":"product"}},{"kind":"Field","name":{"kind":"Name","value":"modelName"}},{"kind":"Field","name":{"kind":"Name","value":"deviceName"}},{"kind":"Field","name":{"kind":"Name","value":"osVersion"}},{"kind":"Field","name":{"kind":"Name","value":"buildVersion"}},{"kind":"Field","name":{"kind":"Name","value":"belowMinimumOs"}},{"kind":"Field","name":{"kind":"Name","value":"profileFetchedAt"}},{"kind":"Field","name":{"kind":"Name","value":"authenticatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"enrolledAt"}},{"kind":"Field","name":{"kind":"Name","value":"unenrolledAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastSeenAt"}},{"kind":"Field","name":{"kind":"Name","value":"enrollments"}},{"kind":"Field","name":{"kind":"Name","value":"awaitingConfiguration"}},{"kind":"Field","name":{"kind":"Name","value":"releasedAt"}},{"kind":"Field","name":{"kind":"Name","value":"takesCommands"}},{"kind":"Field","name":{"kind":"Name","value":"otherMdm"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"offeredMdm"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pushedAt"}},{"kind":"Field","name":{"kind":"Name","value":"pushError"}},{"kind":"Field","name":{"kind":"Name","value":"adeProfileVersion"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"adeProfile"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"identity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"serial"}},{"kind":"Field","name":{"kind":"Name","value":"fingerprint"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"revokedAt"}},{"kind":"Field","name":{"kind":"Name","value":"revokedBecause"}}]}}]}}]}}]} as unknown as DocumentNode<DeviceDetailsQuery, DeviceDetailsQueryVariables>;
export const RegisteredProfilesDocument = {"__meta__":{"hash":"sha256:fb0884019f8d8f9b0a2cce9f108f40b9ac37385513e16bce937f2fa9a308df60"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"RegisteredProfiles"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"adeProfiles"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"200"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"registrations"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"appleProfileUuid"}},{"kind":"Field","name":{"kind":"Name","value":"version"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<RegisteredProfilesQuery, RegisteredProfilesQueryVariables>;
export const PublicUrlDocument = {"__meta__":{"hash":"sha256:de47972580d59af31ee8123739b47b5b56dbd806206e0afc1061e3c44d60dc12"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"PublicUrl"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"publicUrl"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"configuredUrl"}},{"kind":"Field","name":{"kind":"Name","value":"devices"}}]}}]}}]} as unknown as DocumentNode<PublicUrlQuery, PublicUrlQueryVariables>;
export const ConfirmPublicUrlDocument = {"__meta__":{"hash":"sha256:c38d5df9e5640cde19b0f76f1ff652637694ae56a917d3f874a1ea8ce275fceb"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ConfirmPublicURL"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ConfirmPublicURLInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"confirmPublicURL"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"publicUrl"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}},{"kind":"Field","name":{"kind":"Name","value":"code"}}]}}]}}]}}]} as unknown as DocumentNode<ConfirmPublicUrlMutation, ConfirmPublicUrlMutationVariables>;
export const DiagnoseDeviceDocument = {"__meta__":{"hash":"sha256:1637e069083221400a5da40165e8bceedbc30212104570d97665e973612f0f38"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"DiagnoseDevice"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"serialNumber"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"diagnoseDevice"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"serialNumber"},"value":{"kind":"Variable","name":{"kind":"Name","value":"serialNumber"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"serialNumber"}},{"kind":"Field","name":{"kind":"Name","value":"standsAt"}},{"kind":"Field","name":{"kind":"Name","value":"device"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"serialNumber"}},{"kind":"Field","name":{"kind":"Name","value":"model"}}]}},{"kind":"Field","name":{"kind":"Name","value":"abmToken"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"adeProfile"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"steps"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"verdict"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"evidence"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"fix"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"actions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"role"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<DiagnoseDeviceQuery, DiagnoseDeviceQueryVariables>;
export const DiagnosesDocument = {"__meta__":{"hash":"sha256:283ffdf60ddee66edd0fb9e3e6fe5e538d0edce850090850c2cc80010d25af45"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Diagnoses"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"abmTokenId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"diagnoses"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"abmTokenId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"abmTokenId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"severity"}},{"kind":"Field","name":{"kind":"Name","value":"symptom"}},{"kind":"Field","name":{"kind":"Name","value":"cause"}},{"kind":"Field","name":{"kind":"Name","value":"evidence"}},{"kind":"Field","name":{"kind":"Name","value":"sinceAt"}},{"kind":"Field","name":{"kind":"Name","value":"affectedDevices"}},{"kind":"Field","name":{"kind":"Name","value":"affectedWhere"}},{"kind":"Field","name":{"kind":"Name","value":"exampleSerialNumbers"}},{"kind":"Field","name":{"kind":"Name","value":"fix"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"actions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"role"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"abmToken"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"adeProfile"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}}]} as unknown as DocumentNode<DiagnosesQuery, DiagnosesQueryVariables>;
export const PassedChecksDocument = {"__meta__":{"hash":"sha256:d1666378466746ed7638c422f955b3712fd87a5a53a12c68e444a4cb2b1ef396"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"PassedChecks"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"abmTokenId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"passedChecks"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"abmTokenId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"abmTokenId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"detail"}}]}}]}}]} as unknown as DocumentNode<PassedChecksQuery, PassedChecksQueryVariables>;
export const FleetEventsDocument = {"__meta__":{"hash":"sha256:e8b53c6b28f0157af1d261551539ed385a3f17ffea9a8775f1351a0b75e4423b"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"FleetEvents"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"abmTokenId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"kinds"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceEventKind"}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fleetEvents"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"abmTokenId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"abmTokenId"}}},{"kind":"Argument","name":{"kind":"Name","value":"kinds"},"value":{"kind":"Variable","name":{"kind":"Name","value":"kinds"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}}]}}]}}]} as unknown as DocumentNode<FleetEventsSubscription, FleetEventsSubscriptionVariables>;
export const ReleaseFromSetupAssistantDocument = {"__meta__":{"hash":"sha256:b02e138421f539ee1f487c3a9f7f68e05b1bd548a20e4e5ec676931f5768a593"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ReleaseFromSetupAssistant"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ReleaseFromSetupAssistantInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"releaseFromSetupAssistant"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"device"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"DeviceEnrollment"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DeviceEnrollment"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Device"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"serialNumber"}},{"kind":"Field","name":{"kind":"Name","value":"enrollmentStatus"}},{"kind":"Field","name":{"kind":"Name","value":"enrollment"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"udid"}},{"kind":"Field","name":{"kind":"Name","value":"product"}},{"kind":"Field","name":{"kind":"Name","value":"modelName"}},{"kind":"Field","name":{"kind":"Name","value":"deviceName"}},{"kind":"Field","name":{"kind":"Name","value":"osVersion"}},{"kind":"Field","name":{"kind":"Name","value":"buildVersion"}},{"kind":"Field","name":{"kind":"Name","value":"belowMinimumOs"}},{"kind":"Field","name":{"kind":"Name","value":"profileFetchedAt"}},{"kind":"Field","name":{"kind":"Name","value":"authenticatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"enrolledAt"}},{"kind":"Field","name":{"kind":"Name","value":"unenrolledAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastSeenAt"}},{"kind":"Field","name":{"kind":"Name","value":"enrollments"}},{"kind":"Field","name":{"kind":"Name","value":"awaitingConfiguration"}},{"kind":"Field","name":{"kind":"Name","value":"releasedAt"}},{"kind":"Field","name":{"kind":"Name","value":"takesCommands"}},{"kind":"Field","name":{"kind":"Name","value":"otherMdm"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"offeredMdm"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pushedAt"}},{"kind":"Field","name":{"kind":"Name","value":"pushError"}},{"kind":"Field","name":{"kind":"Name","value":"adeProfileVersion"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"adeProfile"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"identity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"serial"}},{"kind":"Field","name":{"kind":"Name","value":"fingerprint"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"revokedAt"}},{"kind":"Field","name":{"kind":"Name","value":"revokedBecause"}}]}}]}}]}}]} as unknown as DocumentNode<ReleaseFromSetupAssistantMutation, ReleaseFromSetupAssistantMutationVariables>;
export const DeviceRefusalsDocument = {"__meta__":{"hash":"sha256:b04975a27551d89f87b675be46b7b0535afce28ede44a42e78423aa5361a2724"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"DeviceRefusals"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"serialNumber"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"enrollmentRefusals"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"5"}},{"kind":"Argument","name":{"kind":"Name","value":"serialNumber"},"value":{"kind":"Variable","name":{"kind":"Name","value":"serialNumber"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"EnrollmentRefusal"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"EnrollmentRefusal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"EnrollmentRefusal"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"serialNumber"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"udid"}},{"kind":"Field","name":{"kind":"Name","value":"product"}},{"kind":"Field","name":{"kind":"Name","value":"osVersion"}},{"kind":"Field","name":{"kind":"Name","value":"address"}},{"kind":"Field","name":{"kind":"Name","value":"count"}},{"kind":"Field","name":{"kind":"Name","value":"lastAt"}}]}}]} as unknown as DocumentNode<DeviceRefusalsQuery, DeviceRefusalsQueryVariables>;
export const DeviceGroupsDocument = {"__meta__":{"hash":"sha256:ad64f959b99df97e6b231dc04b7e342ba8f09d59d571415f1fcd2e58fb5092e7"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"DeviceGroups"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"nameContains"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deviceGroups"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"nameContains"},"value":{"kind":"Variable","name":{"kind":"Name","value":"nameContains"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"DeviceGroupRow"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RuleTerm"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceRule"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"operator"}},{"kind":"Field","name":{"kind":"Name","value":"values"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DeviceGroupRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceGroup"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"position"}},{"kind":"Field","name":{"kind":"Name","value":"deviceCount"}},{"kind":"Field","name":{"kind":"Name","value":"decidedCount"}},{"kind":"Field","name":{"kind":"Name","value":"adeProfile"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"rule"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleTerm"}},{"kind":"Field","name":{"kind":"Name","value":"all"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleTerm"}}]}},{"kind":"Field","name":{"kind":"Name","value":"any"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleTerm"}}]}},{"kind":"Field","name":{"kind":"Name","value":"not"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleTerm"}}]}}]}}]}}]} as unknown as DocumentNode<DeviceGroupsQuery, DeviceGroupsQueryVariables>;
export const UpdateDeviceGroupDocument = {"__meta__":{"hash":"sha256:9ffb592de65bf0dfe452b0005c488ec8e2dc4fc8a1a8c968f7b842d40bdc518c"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateDeviceGroup"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateDeviceGroupInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateDeviceGroup"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deviceGroup"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}},{"kind":"Field","name":{"kind":"Name","value":"code"}}]}}]}}]}}]} as unknown as DocumentNode<UpdateDeviceGroupMutation, UpdateDeviceGroupMutationVariables>;
export const AddDevicesToGroupDocument = {"__meta__":{"hash":"sha256:39c0fa5c8fc098fd5a9e6f7ff136d9b3bfd5357c54dda633f87270d13dff0f54"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AddDevicesToGroup"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AddDevicesToGroupInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"addDevicesToGroup"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"added"}},{"kind":"Field","name":{"kind":"Name","value":"unknownSerialNumbers"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}},{"kind":"Field","name":{"kind":"Name","value":"code"}}]}}]}}]}}]} as unknown as DocumentNode<AddDevicesToGroupMutation, AddDevicesToGroupMutationVariables>;
export const RemoveDevicesFromGroupDocument = {"__meta__":{"hash":"sha256:ce4500cd2579fa848484068e491f2b5fa618e368357f7ba5b30deb53bfd46a69"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RemoveDevicesFromGroup"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RemoveDevicesFromGroupInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"removeDevicesFromGroup"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"removed"}},{"kind":"Field","name":{"kind":"Name","value":"unknownSerialNumbers"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}},{"kind":"Field","name":{"kind":"Name","value":"code"}}]}}]}}]}}]} as unknown as DocumentNode<RemoveDevicesFromGroupMutation, RemoveDevicesFromGroupMutationVariables>;
export const DeviceGroupDocument = {"__meta__":{"hash":"sha256:5438be39d14f6500aaa0a67a03f1c10a7c2f1e8ccb3edeb37f8078652f610f69"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"DeviceGroup"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceGroup"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"DeviceGroupDetails"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RuleTerm"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceRule"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"operator"}},{"kind":"Field","name":{"kind":"Name","value":"values"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RuleLevel4"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceRule"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleTerm"}},{"kind":"Field","name":{"kind":"Name","value":"all"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleTerm"}}]}},{"kind":"Field","name":{"kind":"Name","value":"any"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleTerm"}}]}},{"kind":"Field","name":{"kind":"Name","value":"not"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleTerm"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RuleLevel3"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceRule"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleTerm"}},{"kind":"Field","name":{"kind":"Name","value":"all"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleLevel4"}}]}},{"kind":"Field","name":{"kind":"Name","value":"any"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleLevel4"}}]}},{"kind":"Field","name":{"kind":"Name","value":"not"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleLevel4"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RuleLevel2"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceRule"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleTerm"}},{"kind":"Field","name":{"kind":"Name","value":"all"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleLevel3"}}]}},{"kind":"Field","name":{"kind":"Name","value":"any"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleLevel3"}}]}},{"kind":"Field","name":{"kind":"Name","value":"not"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleLevel3"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RuleLevel1"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceRule"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleTerm"}},{"kind":"Field","name":{"kind":"Name","value":"all"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleLevel2"}}]}},{"kind":"Field","name":{"kind":"Name","value":"any"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleLevel2"}}]}},{"kind":"Field","name":{"kind":"Name","value":"not"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleLevel2"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DeviceGroupDetails"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceGroup"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"position"}},{"kind":"Field","name":{"kind":"Name","value":"deviceCount"}},{"kind":"Field","name":{"kind":"Name","value":"decidedCount"}},{"kind":"Field","name":{"kind":"Name","value":"adeProfile"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"rule"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RuleLevel1"}}]}}]}}]} as unknown as DocumentNode<DeviceGroupQuery, DeviceGroupQueryVariables>;
export const CreateDeviceGroupDocument = {"__meta__":{"hash":"sha256:cc95f701747fb8f996a2328d88946825800b8ea81c3ed1a3c435531dc4b97868"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateDeviceGroup"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateDeviceGroupInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createDeviceGroup"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deviceGroup"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}},{"kind":"Field","name":{"kind":"Name","value":"code"}}]}}]}}]}}]} as unknown as DocumentNode<CreateDeviceGroupMutation, CreateDeviceGroupMutationVariables>;
export const DeleteDeviceGroupDocument = {"__meta__":{"hash":"sha256:cbc36a861afd3956943673e1d8351fa1dc57d16323f87950c99cc9dde6eb485f"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeleteDeviceGroup"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteDeviceGroupInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deleteDeviceGroup"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}},{"kind":"Field","name":{"kind":"Name","value":"code"}}]}}]}}]}}]} as unknown as DocumentNode<DeleteDeviceGroupMutation, DeleteDeviceGroupMutationVariables>;
export const DeviceGroupRuleChangeDocument = {"__meta__":{"hash":"sha256:5204fe7d40faa6cc07626df72843a081f95892db9f997d73487a73be1192f8ef"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"DeviceGroupRuleChange"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"deviceGroupId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"rule"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceRuleInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deviceGroupRuleChange"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"deviceGroupId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"deviceGroupId"}}},{"kind":"Argument","name":{"kind":"Name","value":"rule"},"value":{"kind":"Variable","name":{"kind":"Name","value":"rule"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"joining"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"devices"}},{"kind":"Field","name":{"kind":"Name","value":"exact"}},{"kind":"Field","name":{"kind":"Name","value":"examples"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"serialNumber"}},{"kind":"Field","name":{"kind":"Name","value":"model"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"leaving"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"devices"}},{"kind":"Field","name":{"kind":"Name","value":"exact"}},{"kind":"Field","name":{"kind":"Name","value":"examples"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"serialNumber"}},{"kind":"Field","name":{"kind":"Name","value":"model"}}]}}]}}]}}]}}]} as unknown as DocumentNode<DeviceGroupRuleChangeQuery, DeviceGroupRuleChangeQueryVariables>;
export const DeviceRuleMatchesDocument = {"__meta__":{"hash":"sha256:af029e12e4f095bfd86e98a3d790db50beb80152c43b208e09778ca6592552ea"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"DeviceRuleMatches"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"rule"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceRuleInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deviceRuleMatches"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"rule"},"value":{"kind":"Variable","name":{"kind":"Name","value":"rule"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"devices"}},{"kind":"Field","name":{"kind":"Name","value":"exact"}}]}}]}}]} as unknown as DocumentNode<DeviceRuleMatchesQuery, DeviceRuleMatchesQueryVariables>;
export const ConfirmHeldRemovalsDocument = {"__meta__":{"hash":"sha256:660e8144715709107993cb9fdbd68941388f6466c4cbf20f6f19a58dd7bde949"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ConfirmHeldRemovals"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ConfirmHeldRemovalsInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"confirmHeldRemovals"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"syncRun"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SyncRun"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}},{"kind":"Field","name":{"kind":"Name","value":"code"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SyncRun"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SyncRun"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"abmTokenId"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"trigger"}},{"kind":"Field","name":{"kind":"Name","value":"full"}},{"kind":"Field","name":{"kind":"Name","value":"pages"}},{"kind":"Field","name":{"kind":"Name","value":"devicesSeen"}},{"kind":"Field","name":{"kind":"Name","value":"added"}},{"kind":"Field","name":{"kind":"Name","value":"modified"}},{"kind":"Field","name":{"kind":"Name","value":"removed"}},{"kind":"Field","name":{"kind":"Name","value":"requests"}},{"kind":"Field","name":{"kind":"Name","value":"retries"}},{"kind":"Field","name":{"kind":"Name","value":"throttleWaits"}},{"kind":"Field","name":{"kind":"Name","value":"throttleSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"bytesReceived"}},{"kind":"Field","name":{"kind":"Name","value":"compared"}},{"kind":"Field","name":{"kind":"Name","value":"missingHere"}},{"kind":"Field","name":{"kind":"Name","value":"missingAtApple"}},{"kind":"Field","name":{"kind":"Name","value":"changedUnannounced"}},{"kind":"Field","name":{"kind":"Name","value":"heldRemovals"}},{"kind":"Field","name":{"kind":"Name","value":"devicesPerSecond"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"requestedBy"}},{"kind":"Field","name":{"kind":"Name","value":"phases"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"at"}}]}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]} as unknown as DocumentNode<ConfirmHeldRemovalsMutation, ConfirmHeldRemovalsMutationVariables>;
export const UpdateMdmSettingsDocument = {"__meta__":{"hash":"sha256:fdba9f579b7c54722b799ec2b413d585ff80c963685fc6d7fa614019aa3c3767"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateMDMSettings"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateMDMSettingsInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateMDMSettings"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"mdmSettings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"MdmSettings"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MdmSettings"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MDMSettings"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"firstCommands"}},{"kind":"Field","name":{"kind":"Name","value":"possibleFirstCommands"}},{"kind":"Field","name":{"kind":"Name","value":"releaseAfterSeconds"}}]}}]} as unknown as DocumentNode<UpdateMdmSettingsMutation, UpdateMdmSettingsMutationVariables>;
export const CreatePushCertificateRequestDocument = {"__meta__":{"hash":"sha256:43d5a75c250f0e632d6473571cff520e9ab1a0b5054fb8878a29602b0f2fe631"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreatePushCertificateRequest"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreatePushCertificateRequestInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createPushCertificateRequest"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"requestPEM"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]}}]} as unknown as DocumentNode<CreatePushCertificateRequestMutation, CreatePushCertificateRequestMutationVariables>;
export const PushCertificateRequestsDocument = {"__meta__":{"hash":"sha256:2617f6dd90e1d8b4127a4fc0640b47b2048f1fad95161a189e5c9b0fc1aa4618"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"PushCertificateRequests"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pushCertificateRequests"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"requestPEM"}},{"kind":"Field","name":{"kind":"Name","value":"appleAccount"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}}]}}]}}]} as unknown as DocumentNode<PushCertificateRequestsQuery, PushCertificateRequestsQueryVariables>;
export const UploadPushCertificateDocument = {"__meta__":{"hash":"sha256:b17332da12be61d5c6e3fe5315de8c916a184803151a8651566ec86ddc6f1bce"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UploadPushCertificate"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UploadPushCertificateInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uploadPushCertificate"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pushCertificate"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PushCertificate"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PushCertificate"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PushCertificate"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"topic"}},{"kind":"Field","name":{"kind":"Name","value":"subject"}},{"kind":"Field","name":{"kind":"Name","value":"appleAccount"}},{"kind":"Field","name":{"kind":"Name","value":"notAfter"}},{"kind":"Field","name":{"kind":"Name","value":"uploadedAt"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"stateReason"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]} as unknown as DocumentNode<UploadPushCertificateMutation, UploadPushCertificateMutationVariables>;
export const EnrollmentRefusalsDocument = {"__meta__":{"hash":"sha256:a73a99a582505ca75a889f8afb2b578eab0bae94f9694f37cd983d498fd7f98c"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"EnrollmentRefusals"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"enrollmentRefusals"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"EnrollmentRefusal"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"EnrollmentRefusal"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"EnrollmentRefusal"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"serialNumber"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"udid"}},{"kind":"Field","name":{"kind":"Name","value":"product"}},{"kind":"Field","name":{"kind":"Name","value":"osVersion"}},{"kind":"Field","name":{"kind":"Name","value":"address"}},{"kind":"Field","name":{"kind":"Name","value":"count"}},{"kind":"Field","name":{"kind":"Name","value":"lastAt"}}]}}]} as unknown as DocumentNode<EnrollmentRefusalsQuery, EnrollmentRefusalsQueryVariables>;
export const RemoveEnrollmentSigningCertificateDocument = {"__meta__":{"hash":"sha256:86c837395b7dbd9e93a801cb187843a91aa707fa6b0a1fe71b79a836df3cc7c5"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RemoveEnrollmentSigningCertificate"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"removeEnrollmentSigningCertificate"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]}}]} as unknown as DocumentNode<RemoveEnrollmentSigningCertificateMutation, RemoveEnrollmentSigningCertificateMutationVariables>;
export const UploadEnrollmentSigningCertificateDocument = {"__meta__":{"hash":"sha256:09f88c4c854029fc386261a96c9b7b4b83a7d4983cf4bbde8b1e456ae6979713"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UploadEnrollmentSigningCertificate"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UploadEnrollmentSigningCertificateInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uploadEnrollmentSigningCertificate"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"enrollmentSigningCertificate"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SigningCertificate"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SigningCertificate"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"EnrollmentSigningCertificate"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"subject"}},{"kind":"Field","name":{"kind":"Name","value":"issuer"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"isExpired"}},{"kind":"Field","name":{"kind":"Name","value":"uploadedAt"}}]}}]} as unknown as DocumentNode<UploadEnrollmentSigningCertificateMutation, UploadEnrollmentSigningCertificateMutationVariables>;
export const PinDeviceCaDocument = {"__meta__":{"hash":"sha256:eec4e5db7551f02200c4637de03381ecd7abc693f5f49f3ae649e75c449d3cfd"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"PinDeviceCA"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"PinDeviceCAInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pinDeviceCA"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deviceCA"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"DeviceAuthority"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DeviceAuthority"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceCertificateAuthority"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"fingerprint"}},{"kind":"Field","name":{"kind":"Name","value":"subject"}},{"kind":"Field","name":{"kind":"Name","value":"issuer"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"refusedRequests"}},{"kind":"Field","name":{"kind":"Name","value":"claimedSerialNumber"}},{"kind":"Field","name":{"kind":"Name","value":"lastSeenAt"}},{"kind":"Field","name":{"kind":"Name","value":"pinnedAt"}},{"kind":"Field","name":{"kind":"Name","value":"pinnedBy"}}]}}]} as unknown as DocumentNode<PinDeviceCaMutation, PinDeviceCaMutationVariables>;
export const UnpinDeviceCaDocument = {"__meta__":{"hash":"sha256:06b001daad65bfae4f402d41b6f329e106a76d3f2512b607b135729b8efb8aba"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UnpinDeviceCA"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UnpinDeviceCAInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"unpinDeviceCA"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deviceCA"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"DeviceAuthority"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DeviceAuthority"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceCertificateAuthority"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"fingerprint"}},{"kind":"Field","name":{"kind":"Name","value":"subject"}},{"kind":"Field","name":{"kind":"Name","value":"issuer"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"refusedRequests"}},{"kind":"Field","name":{"kind":"Name","value":"claimedSerialNumber"}},{"kind":"Field","name":{"kind":"Name","value":"lastSeenAt"}},{"kind":"Field","name":{"kind":"Name","value":"pinnedAt"}},{"kind":"Field","name":{"kind":"Name","value":"pinnedBy"}}]}}]} as unknown as DocumentNode<UnpinDeviceCaMutation, UnpinDeviceCaMutationVariables>;
export const MdmServerDocument = {"__meta__":{"hash":"sha256:f2c1219869d8d0b0b1d7829a6da9ad7ec50021c166395153ab961b33a6ead31a"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"MdmServer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pushCertificate"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PushCertificate"}}]}},{"kind":"Field","name":{"kind":"Name","value":"deviceCAs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"DeviceAuthority"}}]}},{"kind":"Field","name":{"kind":"Name","value":"enrollmentSigningCertificate"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SigningCertificate"}}]}},{"kind":"Field","name":{"kind":"Name","value":"mdmSettings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"MdmSettings"}}]}},{"kind":"Field","name":{"kind":"Name","value":"identityAuthorities"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"IdentityAuthority"}}]}},{"kind":"Field","name":{"kind":"Name","value":"publicUrl"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}}]}},{"kind":"Field","name":{"kind":"Name","value":"adeProfiles"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"200"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ProfileMinimumOs"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"instance"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"simulatedDevicesEnroll"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PushCertificate"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PushCertificate"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"topic"}},{"kind":"Field","name":{"kind":"Name","value":"subject"}},{"kind":"Field","name":{"kind":"Name","value":"appleAccount"}},{"kind":"Field","name":{"kind":"Name","value":"notAfter"}},{"kind":"Field","name":{"kind":"Name","value":"uploadedAt"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"stateReason"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DeviceAuthority"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceCertificateAuthority"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"fingerprint"}},{"kind":"Field","name":{"kind":"Name","value":"subject"}},{"kind":"Field","name":{"kind":"Name","value":"issuer"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"refusedRequests"}},{"kind":"Field","name":{"kind":"Name","value":"claimedSerialNumber"}},{"kind":"Field","name":{"kind":"Name","value":"lastSeenAt"}},{"kind":"Field","name":{"kind":"Name","value":"pinnedAt"}},{"kind":"Field","name":{"kind":"Name","value":"pinnedBy"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SigningCertificate"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"EnrollmentSigningCertificate"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"subject"}},{"kind":"Field","name":{"kind":"Name","value":"issuer"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"isExpired"}},{"kind":"Field","name":{"kind":"Name","value":"uploadedAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"MdmSettings"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MDMSettings"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"firstCommands"}},{"kind":"Field","name":{"kind":"Name","value":"possibleFirstCommands"}},{"kind":"Field","name":{"kind":"Name","value":"releaseAfterSeconds"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"IdentityAuthority"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IdentityAuthority"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fingerprint"}},{"kind":"Field","name":{"kind":"Name","value":"subject"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ProfileMinimumOs"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ADEProfile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"minimumOS"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"platform"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]}}]} as unknown as DocumentNode<MdmServerQuery, MdmServerQueryVariables>;
export const OrganizationsDocument = {"__meta__":{"hash":"sha256:cee00a9c32da028e799e431b4007fd94ffa1911f0cd365f0cc5662c5e734547f"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Organizations"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"abmTokens"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"200"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Organization"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SyncRun"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SyncRun"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"abmTokenId"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"trigger"}},{"kind":"Field","name":{"kind":"Name","value":"full"}},{"kind":"Field","name":{"kind":"Name","value":"pages"}},{"kind":"Field","name":{"kind":"Name","value":"devicesSeen"}},{"kind":"Field","name":{"kind":"Name","value":"added"}},{"kind":"Field","name":{"kind":"Name","value":"modified"}},{"kind":"Field","name":{"kind":"Name","value":"removed"}},{"kind":"Field","name":{"kind":"Name","value":"requests"}},{"kind":"Field","name":{"kind":"Name","value":"retries"}},{"kind":"Field","name":{"kind":"Name","value":"throttleWaits"}},{"kind":"Field","name":{"kind":"Name","value":"throttleSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"bytesReceived"}},{"kind":"Field","name":{"kind":"Name","value":"compared"}},{"kind":"Field","name":{"kind":"Name","value":"missingHere"}},{"kind":"Field","name":{"kind":"Name","value":"missingAtApple"}},{"kind":"Field","name":{"kind":"Name","value":"changedUnannounced"}},{"kind":"Field","name":{"kind":"Name","value":"heldRemovals"}},{"kind":"Field","name":{"kind":"Name","value":"devicesPerSecond"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"requestedBy"}},{"kind":"Field","name":{"kind":"Name","value":"phases"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"at"}}]}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Organization"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ABMToken"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"orgName"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastSyncedAt"}},{"kind":"Field","name":{"kind":"Name","value":"nextSyncAt"}},{"kind":"Field","name":{"kind":"Name","value":"deviceCount"}},{"kind":"Field","name":{"kind":"Name","value":"heldRemovals"}},{"kind":"Field","name":{"kind":"Name","value":"heldAt"}},{"kind":"Field","name":{"kind":"Name","value":"stateReason"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lastRun"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SyncRun"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lastFullRun"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"devicesSeen"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}}]}}]}}]} as unknown as DocumentNode<OrganizationsQuery, OrganizationsQueryVariables>;
export const SetDefaultAdeProfileDocument = {"__meta__":{"hash":"sha256:a9f283b21755285b4bfb0ae09fe95fdef903504361bd7ef2b511a1b0fd571061"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SetDefaultADEProfile"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SetDefaultADEProfileInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"setDefaultADEProfile"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"defaultADEProfile"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"OsDefault"}}]}},{"kind":"Field","name":{"kind":"Name","value":"assignmentBatch"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AssignmentBatchFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OsDefault"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DefaultADEProfile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"platform"}},{"kind":"Field","name":{"kind":"Name","value":"adeProfile"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"abmToken"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AssignmentBatchFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AssignmentBatch"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"cause"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"requestedBy"}},{"kind":"Field","name":{"kind":"Name","value":"devices"}},{"kind":"Field","name":{"kind":"Name","value":"counted"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"succeeded"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}}]}}]} as unknown as DocumentNode<SetDefaultAdeProfileMutation, SetDefaultAdeProfileMutationVariables>;
export const OsDefaultsDocument = {"__meta__":{"hash":"sha256:a989bb3bf8936516341a58e48cafe811e6ee188c69256175ce3aefd7bd5339a7"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"OsDefaults"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"defaultADEProfiles"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"OsDefault"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OsDefault"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DefaultADEProfile"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"platform"}},{"kind":"Field","name":{"kind":"Name","value":"adeProfile"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"abmToken"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]} as unknown as DocumentNode<OsDefaultsQuery, OsDefaultsQueryVariables>;
export const OsDefaultsRowDocument = {"__meta__":{"hash":"sha256:20a997e6397c1ef52ddf31ca30dba612ba3a61f9caf8c54cb8e55b74c30c39c3"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"OsDefaultsRow"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"abmTokenId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fleetSummary"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"abmTokenId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"abmTokenId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"platforms"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"platform"}},{"kind":"Field","name":{"kind":"Name","value":"devices"}}]}}]}},{"kind":"Field","alias":{"kind":"Name","value":"iosWaiting"},"name":{"kind":"Name","value":"devices"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"0"}},{"kind":"Argument","name":{"kind":"Name","value":"where"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"abmTokenId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"abmTokenId"}}},{"kind":"ObjectField","name":{"kind":"Name","value":"platformIn"},"value":{"kind":"ListValue","values":[{"kind":"EnumValue","value":"IOS"},{"kind":"EnumValue","value":"IPADOS"}]}},{"kind":"ObjectField","name":{"kind":"Name","value":"profileSource"},"value":{"kind":"EnumValue","value":"NONE"}},{"kind":"ObjectField","name":{"kind":"Name","value":"removedAtIsNil"},"value":{"kind":"BooleanValue","value":true}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}},{"kind":"Field","alias":{"kind":"Name","value":"macosWaiting"},"name":{"kind":"Name","value":"devices"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"0"}},{"kind":"Argument","name":{"kind":"Name","value":"where"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"abmTokenId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"abmTokenId"}}},{"kind":"ObjectField","name":{"kind":"Name","value":"platformIn"},"value":{"kind":"ListValue","values":[{"kind":"EnumValue","value":"MACOS"}]}},{"kind":"ObjectField","name":{"kind":"Name","value":"profileSource"},"value":{"kind":"EnumValue","value":"NONE"}},{"kind":"ObjectField","name":{"kind":"Name","value":"removedAtIsNil"},"value":{"kind":"BooleanValue","value":true}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}},{"kind":"Field","alias":{"kind":"Name","value":"tvosWaiting"},"name":{"kind":"Name","value":"devices"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"0"}},{"kind":"Argument","name":{"kind":"Name","value":"where"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"abmTokenId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"abmTokenId"}}},{"kind":"ObjectField","name":{"kind":"Name","value":"platformIn"},"value":{"kind":"ListValue","values":[{"kind":"EnumValue","value":"TVOS"}]}},{"kind":"ObjectField","name":{"kind":"Name","value":"profileSource"},"value":{"kind":"EnumValue","value":"NONE"}},{"kind":"ObjectField","name":{"kind":"Name","value":"removedAtIsNil"},"value":{"kind":"BooleanValue","value":true}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}},{"kind":"Field","alias":{"kind":"Name","value":"visionosWaiting"},"name":{"kind":"Name","value":"devices"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"0"}},{"kind":"Argument","name":{"kind":"Name","value":"where"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"abmTokenId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"abmTokenId"}}},{"kind":"ObjectField","name":{"kind":"Name","value":"platformIn"},"value":{"kind":"ListValue","values":[{"kind":"EnumValue","value":"VISIONOS"}]}},{"kind":"ObjectField","name":{"kind":"Name","value":"profileSource"},"value":{"kind":"EnumValue","value":"NONE"}},{"kind":"ObjectField","name":{"kind":"Name","value":"removedAtIsNil"},"value":{"kind":"BooleanValue","value":true}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}},{"kind":"Field","alias":{"kind":"Name","value":"iosByDefault"},"name":{"kind":"Name","value":"devices"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"0"}},{"kind":"Argument","name":{"kind":"Name","value":"where"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"abmTokenId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"abmTokenId"}}},{"kind":"ObjectField","name":{"kind":"Name","value":"platformIn"},"value":{"kind":"ListValue","values":[{"kind":"EnumValue","value":"IOS"},{"kind":"EnumValue","value":"IPADOS"}]}},{"kind":"ObjectField","name":{"kind":"Name","value":"profileSource"},"value":{"kind":"EnumValue","value":"PLATFORM_DEFAULT"}},{"kind":"ObjectField","name":{"kind":"Name","value":"removedAtIsNil"},"value":{"kind":"BooleanValue","value":true}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}},{"kind":"Field","alias":{"kind":"Name","value":"macosByDefault"},"name":{"kind":"Name","value":"devices"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"0"}},{"kind":"Argument","name":{"kind":"Name","value":"where"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"abmTokenId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"abmTokenId"}}},{"kind":"ObjectField","name":{"kind":"Name","value":"platformIn"},"value":{"kind":"ListValue","values":[{"kind":"EnumValue","value":"MACOS"}]}},{"kind":"ObjectField","name":{"kind":"Name","value":"profileSource"},"value":{"kind":"EnumValue","value":"PLATFORM_DEFAULT"}},{"kind":"ObjectField","name":{"kind":"Name","value":"removedAtIsNil"},"value":{"kind":"BooleanValue","value":true}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}},{"kind":"Field","alias":{"kind":"Name","value":"tvosByDefault"},"name":{"kind":"Name","value":"devices"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"0"}},{"kind":"Argument","name":{"kind":"Name","value":"where"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"abmTokenId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"abmTokenId"}}},{"kind":"ObjectField","name":{"kind":"Name","value":"platformIn"},"value":{"kind":"ListValue","values":[{"kind":"EnumValue","value":"TVOS"}]}},{"kind":"ObjectField","name":{"kind":"Name","value":"profileSource"},"value":{"kind":"EnumValue","value":"PLATFORM_DEFAULT"}},{"kind":"ObjectField","name":{"kind":"Name","value":"removedAtIsNil"},"value":{"kind":"BooleanValue","value":true}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}},{"kind":"Field","alias":{"kind":"Name","value":"visionosByDefault"},"name":{"kind":"Name","value":"devices"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"0"}},{"kind":"Argument","name":{"kind":"Name","value":"where"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"abmTokenId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"abmTokenId"}}},{"kind":"ObjectField","name":{"kind":"Name","value":"platformIn"},"value":{"kind":"ListValue","values":[{"kind":"EnumValue","value":"VISIONOS"}]}},{"kind":"ObjectField","name":{"kind":"Name","value":"profileSource"},"value":{"kind":"EnumValue","value":"PLATFORM_DEFAULT"}},{"kind":"ObjectField","name":{"kind":"Name","value":"removedAtIsNil"},"value":{"kind":"BooleanValue","value":true}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}}]}}]} as unknown as DocumentNode<OsDefaultsRowQuery, OsDefaultsRowQueryVariables>;
export const OsDefaultsRuleCountsDocument = {"__meta__":{"hash":"sha256:919d6d69f1073ad15cc24fb48a93520ebd480904d62f4ef26ce19f8f99ceb5e2"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"OsDefaultsRuleCounts"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"abmTokenId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"own"},"name":{"kind":"Name","value":"devices"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"0"}},{"kind":"Argument","name":{"kind":"Name","value":"where"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"abmTokenId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"abmTokenId"}}},{"kind":"ObjectField","name":{"kind":"Name","value":"profileSource"},"value":{"kind":"EnumValue","value":"DEVICE"}},{"kind":"ObjectField","name":{"kind":"Name","value":"removedAtIsNil"},"value":{"kind":"BooleanValue","value":true}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}},{"kind":"Field","alias":{"kind":"Name","value":"group"},"name":{"kind":"Name","value":"devices"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"0"}},{"kind":"Argument","name":{"kind":"Name","value":"where"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"abmTokenId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"abmTokenId"}}},{"kind":"ObjectField","name":{"kind":"Name","value":"profileSource"},"value":{"kind":"EnumValue","value":"GROUP"}},{"kind":"ObjectField","name":{"kind":"Name","value":"removedAtIsNil"},"value":{"kind":"BooleanValue","value":true}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}},{"kind":"Field","alias":{"kind":"Name","value":"byDefault"},"name":{"kind":"Name","value":"devices"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"0"}},{"kind":"Argument","name":{"kind":"Name","value":"where"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"abmTokenId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"abmTokenId"}}},{"kind":"ObjectField","name":{"kind":"Name","value":"profileSource"},"value":{"kind":"EnumValue","value":"PLATFORM_DEFAULT"}},{"kind":"ObjectField","name":{"kind":"Name","value":"removedAtIsNil"},"value":{"kind":"BooleanValue","value":true}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}},{"kind":"Field","alias":{"kind":"Name","value":"none"},"name":{"kind":"Name","value":"devices"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"0"}},{"kind":"Argument","name":{"kind":"Name","value":"where"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"abmTokenId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"abmTokenId"}}},{"kind":"ObjectField","name":{"kind":"Name","value":"profileSource"},"value":{"kind":"EnumValue","value":"NONE"}},{"kind":"ObjectField","name":{"kind":"Name","value":"removedAtIsNil"},"value":{"kind":"BooleanValue","value":true}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}}]}}]} as unknown as DocumentNode<OsDefaultsRuleCountsQuery, OsDefaultsRuleCountsQueryVariables>;
export const DeleteOtherMdmDocument = {"__meta__":{"hash":"sha256:34307c5fa7ebd7393405b0da4a73a4be64b97870b20bad3ed1263a840e69b487"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeleteOtherMDM"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteOtherMDMInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deleteOtherMDM"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]}}]} as unknown as DocumentNode<DeleteOtherMdmMutation, DeleteOtherMdmMutationVariables>;
export const RotateOtherMdmWebhookSecretDocument = {"__meta__":{"hash":"sha256:bae686c8472ab5eca7557ed1ce9be54348de2cbad00252dc11fab859f8bf59dd"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RotateOtherMDMWebhookSecret"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RotateOtherMDMWebhookSecretInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rotateOtherMDMWebhookSecret"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"otherMdm"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"webhookSecret"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]}}]} as unknown as DocumentNode<RotateOtherMdmWebhookSecretMutation, RotateOtherMdmWebhookSecretMutationVariables>;
export const TestOtherMdmDocument = {"__meta__":{"hash":"sha256:687682ce76aa53da9be01b6dc6c0f15339e16b1f49999af2087e29375c534629"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"TestOtherMDM"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"TestOtherMDMInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"testOtherMDM"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"findings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"result"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}},{"kind":"Field","name":{"kind":"Name","value":"profile"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"organization"}},{"kind":"Field","name":{"kind":"Name","value":"serverUrl"}},{"kind":"Field","name":{"kind":"Name","value":"topic"}},{"kind":"Field","name":{"kind":"Name","value":"identity"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]}}]} as unknown as DocumentNode<TestOtherMdmMutation, TestOtherMdmMutationVariables>;
export const OtherMdmsDocument = {"__meta__":{"hash":"sha256:856e4e7b085185c87ca0d5a9fe4de35e92cc319e9b88614ee7394ff5459e9c67"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"OtherMdms"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"otherMDMs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"OtherMdmRow"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OtherMdmRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OtherMDM"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"request"}},{"kind":"Field","name":{"kind":"Name","value":"hasAuthorization"}},{"kind":"Field","name":{"kind":"Name","value":"webhookAuthentication"}},{"kind":"Field","name":{"kind":"Name","value":"webhookUrl"}},{"kind":"Field","name":{"kind":"Name","value":"lastEventAt"}},{"kind":"Field","name":{"kind":"Name","value":"webhookRefusal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}},{"kind":"Field","name":{"kind":"Name","value":"profile"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"serverUrl"}}]}},{"kind":"Field","name":{"kind":"Name","value":"adeProfiles"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"enrolledDevices"}}]}}]} as unknown as DocumentNode<OtherMdmsQuery, OtherMdmsQueryVariables>;
export const OtherMdmNamesDocument = {"__meta__":{"hash":"sha256:942dc7c0b2a72c6fba58c2f272b0ca3eb8ae2429a35080e283380a30dee6a43e"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"OtherMdmNames"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"otherMDMs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<OtherMdmNamesQuery, OtherMdmNamesQueryVariables>;
export const CreateOtherMdmDocument = {"__meta__":{"hash":"sha256:5d6c50dba31cdaf5c27743effc2632dcdfe163053b664048d791419993a21438"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateOtherMDM"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateOtherMDMInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createOtherMDM"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"otherMdm"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"OtherMdmRow"}}]}},{"kind":"Field","name":{"kind":"Name","value":"webhookSecret"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OtherMdmRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OtherMDM"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"request"}},{"kind":"Field","name":{"kind":"Name","value":"hasAuthorization"}},{"kind":"Field","name":{"kind":"Name","value":"webhookAuthentication"}},{"kind":"Field","name":{"kind":"Name","value":"webhookUrl"}},{"kind":"Field","name":{"kind":"Name","value":"lastEventAt"}},{"kind":"Field","name":{"kind":"Name","value":"webhookRefusal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}},{"kind":"Field","name":{"kind":"Name","value":"profile"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"serverUrl"}}]}},{"kind":"Field","name":{"kind":"Name","value":"adeProfiles"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"enrolledDevices"}}]}}]} as unknown as DocumentNode<CreateOtherMdmMutation, CreateOtherMdmMutationVariables>;
export const UpdateOtherMdmDocument = {"__meta__":{"hash":"sha256:d6fae54f58eae8ed89aaff15642ae3753d7afd90e7a9006f2b00ebc6e8a7e545"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateOtherMDM"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateOtherMDMInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateOtherMDM"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"otherMdm"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"OtherMdmRow"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OtherMdmRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OtherMDM"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"request"}},{"kind":"Field","name":{"kind":"Name","value":"hasAuthorization"}},{"kind":"Field","name":{"kind":"Name","value":"webhookAuthentication"}},{"kind":"Field","name":{"kind":"Name","value":"webhookUrl"}},{"kind":"Field","name":{"kind":"Name","value":"lastEventAt"}},{"kind":"Field","name":{"kind":"Name","value":"webhookRefusal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}},{"kind":"Field","name":{"kind":"Name","value":"profile"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"serverUrl"}}]}},{"kind":"Field","name":{"kind":"Name","value":"adeProfiles"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"enrolledDevices"}}]}}]} as unknown as DocumentNode<UpdateOtherMdmMutation, UpdateOtherMdmMutationVariables>;
export const EnrollmentFunnelDocument = {"__meta__":{"hash":"sha256:e275970d7f00b0096a4fa37354ea74ecea71f61f4341c593fca9513329b00afa"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"EnrollmentFunnel"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"abmTokenId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fleetSummary"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"abmTokenId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"abmTokenId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"profiled"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"assigned"}},{"kind":"Field","name":{"kind":"Name","value":"assignedNotEnrolled"}},{"kind":"Field","name":{"kind":"Name","value":"pushed"}},{"kind":"Field","name":{"kind":"Name","value":"pushedNotEnrolled"}}]}}]}}]}}]} as unknown as DocumentNode<EnrollmentFunnelQuery, EnrollmentFunnelQueryVariables>;
export const FleetFeedDocument = {"__meta__":{"hash":"sha256:73cddcab113ea6797a04033bb7e57c355c4570641cca4f807244954ce13fcbbf"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"FleetFeed"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"abmTokenId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"kinds"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceEventKind"}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fleetEvents"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"abmTokenId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"abmTokenId"}}},{"kind":"Argument","name":{"kind":"Name","value":"kinds"},"value":{"kind":"Variable","name":{"kind":"Name","value":"kinds"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"device"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"serialNumber"}},{"kind":"Field","name":{"kind":"Name","value":"model"}}]}}]}}]}}]} as unknown as DocumentNode<FleetFeedSubscription, FleetFeedSubscriptionVariables>;
export const NewestDevicesDocument = {"__meta__":{"hash":"sha256:301d8062510b7f7b720d922d58ebb56cc027fed57b098a4e4b6702c33a937d66"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"NewestDevices"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"where"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceWhereInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"devices"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"8"}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"field"},"value":{"kind":"EnumValue","value":"ADDED_AT"}},{"kind":"ObjectField","name":{"kind":"Name","value":"direction"},"value":{"kind":"EnumValue","value":"DESC"}}]}},{"kind":"Argument","name":{"kind":"Name","value":"where"},"value":{"kind":"Variable","name":{"kind":"Name","value":"where"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"NewestDevice"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"NewestDevice"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Device"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"serialNumber"}},{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"platform"}},{"kind":"Field","name":{"kind":"Name","value":"addedAt"}}]}}]} as unknown as DocumentNode<NewestDevicesQuery, NewestDevicesQueryVariables>;
export const FleetDaysDocument = {"__meta__":{"hash":"sha256:008b27e8fbfb5df4ce9210f8323cbf3b97fef811619057a844a1d1162106e6fc"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"FleetDays"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"abmTokenId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"days"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fleetDays"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"abmTokenId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"abmTokenId"}}},{"kind":"Argument","name":{"kind":"Name","value":"days"},"value":{"kind":"Variable","name":{"kind":"Name","value":"days"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"startsAt"}},{"kind":"Field","name":{"kind":"Name","value":"platform"}},{"kind":"Field","name":{"kind":"Name","value":"devices"}}]}}]}}]} as unknown as DocumentNode<FleetDaysQuery, FleetDaysQueryVariables>;
export const RecentRunsDocument = {"__meta__":{"hash":"sha256:d4707e676b160b69b43541a003ee8e76b54f922ff0ffe068a18813b1d6d63056"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"RecentRuns"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"where"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"SyncRunWhereInput"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"syncRuns"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"48"}},{"kind":"Argument","name":{"kind":"Name","value":"where"},"value":{"kind":"Variable","name":{"kind":"Name","value":"where"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"RecentRun"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RecentRun"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SyncRun"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"abmTokenId"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"full"}},{"kind":"Field","name":{"kind":"Name","value":"added"}},{"kind":"Field","name":{"kind":"Name","value":"modified"}},{"kind":"Field","name":{"kind":"Name","value":"removed"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]} as unknown as DocumentNode<RecentRunsQuery, RecentRunsQueryVariables>;
export const AddUserDocument = {"__meta__":{"hash":"sha256:70ba035a1683f4cb0570b08ee1d4799a43485058473712ee1db79008a984022e"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AddUser"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AddUserInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"addUser"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Person"}}]}},{"kind":"Field","name":{"kind":"Name","value":"linkPath"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Person"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"linkExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastSeenAt"}}]}}]} as unknown as DocumentNode<AddUserMutation, AddUserMutationVariables>;
export const PeopleDocument = {"__meta__":{"hash":"sha256:4b69a00f22834e282a58398bc8bffe1162b8ca38b4fadff010d07e017325d5e4"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"People"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"users"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Person"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Person"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"linkExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastSeenAt"}}]}}]} as unknown as DocumentNode<PeopleQuery, PeopleQueryVariables>;
export const ResetUserDocument = {"__meta__":{"hash":"sha256:95ea5aed46c65bface965a2588218d693a803acfd5df3ac20bfee30e5baa31b6"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ResetUser"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ResetUserInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resetUser"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Person"}}]}},{"kind":"Field","name":{"kind":"Name","value":"linkPath"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Person"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"linkExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastSeenAt"}}]}}]} as unknown as DocumentNode<ResetUserMutation, ResetUserMutationVariables>;
export const RemoveUserDocument = {"__meta__":{"hash":"sha256:4daf37693a56d9e2f1ca6e62143a7e4a2dff7b2c7784103e0daa658cd5931f54"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RemoveUser"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RemoveUserInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"removeUser"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]}}]} as unknown as DocumentNode<RemoveUserMutation, RemoveUserMutationVariables>;
export const UpdateUserDocument = {"__meta__":{"hash":"sha256:fa61c44e618dffa3a291fba688ae0c4c8cdedef58ae9b7628f8ed89b20cecc42"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateUser"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateUserInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateUser"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Person"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Person"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"linkExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastSeenAt"}}]}}]} as unknown as DocumentNode<UpdateUserMutation, UpdateUserMutationVariables>;
export const ChangePasswordDocument = {"__meta__":{"hash":"sha256:85905db50a817fa253a8133d2903defcbc773849392190a7bb3bd097b66b26b3"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ChangePassword"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ChangePasswordInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"changePassword"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]}}]} as unknown as DocumentNode<ChangePasswordMutation, ChangePasswordMutationVariables>;
export const JoinLinkDocument = {"__meta__":{"hash":"sha256:7894229c40ad02d185798ee1d01840780f4ccfb499fa0de252ba1256a4f2c0ed"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"JoinLink"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"code"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"oneTimeLink"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"code"},"value":{"kind":"Variable","name":{"kind":"Name","value":"code"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"purpose"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}}]}}]} as unknown as DocumentNode<JoinLinkQuery, JoinLinkQueryVariables>;
export const RedeemLinkDocument = {"__meta__":{"hash":"sha256:1bb3040241b1b71cf9736ddd41192aea47cbe15d36002ede4c97985463753398"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RedeemLink"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RedeemLinkInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"redeemLink"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]}}]} as unknown as DocumentNode<RedeemLinkMutation, RedeemLinkMutationVariables>;
export const SignInDocument = {"__meta__":{"hash":"sha256:7f3d4847a3c3287fa5343458b9b0df77d5581557b9c36c5397aae84a0816505a"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SignIn"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SignInInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"signIn"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]}}]} as unknown as DocumentNode<SignInMutation, SignInMutationVariables>;
export const InstanceDocument = {"__meta__":{"hash":"sha256:022aa75a10aef521b7ead418ee2cb4bb92926a7b7ae8d3974f257483514ee264"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Instance"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"instance"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"sessionExpiresAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"serverTime"}},{"kind":"Field","name":{"kind":"Name","value":"setupNeeded"}},{"kind":"Field","name":{"kind":"Name","value":"isApple"}},{"kind":"Field","name":{"kind":"Name","value":"simulatedPortalUrl"}},{"kind":"Field","name":{"kind":"Name","value":"syncIntervalSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"syncPageSize"}}]}}]}}]} as unknown as DocumentNode<InstanceQuery, InstanceQueryVariables>;
export const SignOutDocument = {"__meta__":{"hash":"sha256:eb0652d06d235e1a29e68830f11198da34511e5d5684c35c44e048597f4764a5"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SignOut"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"signOut"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<SignOutMutation, SignOutMutationVariables>;
export const SignOutEverywhereDocument = {"__meta__":{"hash":"sha256:debc0aeae3fc35c8a54ed69da7fdc8bad62b2feee51191dc7e640410d6af1870"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SignOutEverywhere"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SignOutEverywhereInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"signOutEverywhere"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]}}]} as unknown as DocumentNode<SignOutEverywhereMutation, SignOutEverywhereMutationVariables>;
export const CreateFirstAdminDocument = {"__meta__":{"hash":"sha256:b2420f9042391bbe9b3ac054b0684f4115d70e88f573c4978c9a07573ce5c7ad"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateFirstAdmin"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateFirstAdminInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createFirstAdmin"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]}}]} as unknown as DocumentNode<CreateFirstAdminMutation, CreateFirstAdminMutationVariables>;
export const SetupLinkDocument = {"__meta__":{"hash":"sha256:38f9fe6060a4188f940f84dd60cf90a8e8204c2fdf0f303b2608518f243b7814"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"SetupLink"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"code"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"oneTimeLink"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"code"},"value":{"kind":"Variable","name":{"kind":"Name","value":"code"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"purpose"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}}]}}]} as unknown as DocumentNode<SetupLinkQuery, SetupLinkQueryVariables>;
export const PaletteDevicesDocument = {"__meta__":{"hash":"sha256:dcad73cbd4345744179efb44792584909415220124a464c0f613b3da31894940"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"PaletteDevices"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"prefix"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"devices"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"7"}},{"kind":"Argument","name":{"kind":"Name","value":"where"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"serialNumberHasPrefix"},"value":{"kind":"Variable","name":{"kind":"Name","value":"prefix"}}}]}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"field"},"value":{"kind":"EnumValue","value":"SERIAL_NUMBER"}},{"kind":"ObjectField","name":{"kind":"Name","value":"direction"},"value":{"kind":"EnumValue","value":"ASC"}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"serialNumber"}},{"kind":"Field","name":{"kind":"Name","value":"model"}},{"kind":"Field","name":{"kind":"Name","value":"platform"}},{"kind":"Field","name":{"kind":"Name","value":"enrollmentStatus"}}]}}]}}]}}]} as unknown as DocumentNode<PaletteDevicesQuery, PaletteDevicesQueryVariables>;
export const PaletteNamesDocument = {"__meta__":{"hash":"sha256:1fa1054bb8c77ad3741db54e8de648e92a6f117b1e3eed01c230db3835a953f7"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"PaletteNames"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"name"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deviceGroups"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"5"}},{"kind":"Argument","name":{"kind":"Name","value":"nameContains"},"value":{"kind":"Variable","name":{"kind":"Name","value":"name"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"adeProfiles"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"5"}},{"kind":"Argument","name":{"kind":"Name","value":"nameContains"},"value":{"kind":"Variable","name":{"kind":"Name","value":"name"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]}}]} as unknown as DocumentNode<PaletteNamesQuery, PaletteNamesQueryVariables>;
export const SyncDifferencesDocument = {"__meta__":{"hash":"sha256:00ade8b068849e97a0eb2259c074664d2dd81a028addf64018fdd360a777e814"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"SyncDifferences"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"syncRunId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"syncDifferences"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"syncRunId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"syncRunId"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"device"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"serialNumber"}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"DeviceEventFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endCursor"}},{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"DeviceEventFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeviceEvent"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"appleAt"}},{"kind":"Field","name":{"kind":"Name","value":"changes"}},{"kind":"Field","name":{"kind":"Name","value":"unannounced"}},{"kind":"Field","name":{"kind":"Name","value":"syncRunId"}},{"kind":"Field","name":{"kind":"Name","value":"abmTokenId"}},{"kind":"Field","name":{"kind":"Name","value":"requestedBy"}},{"kind":"Field","name":{"kind":"Name","value":"otherSerialNumber"}},{"kind":"Field","name":{"kind":"Name","value":"otherDevice"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]} as unknown as DocumentNode<SyncDifferencesQuery, SyncDifferencesQueryVariables>;
export const SyncProgressDocument = {"__meta__":{"hash":"sha256:45d98bb14911453a43a76db2d0a0c0115a61e89f231d13a401844cca950beed4"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"SyncProgress"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"syncProgress"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SyncRun"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SyncRun"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SyncRun"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"abmTokenId"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"trigger"}},{"kind":"Field","name":{"kind":"Name","value":"full"}},{"kind":"Field","name":{"kind":"Name","value":"pages"}},{"kind":"Field","name":{"kind":"Name","value":"devicesSeen"}},{"kind":"Field","name":{"kind":"Name","value":"added"}},{"kind":"Field","name":{"kind":"Name","value":"modified"}},{"kind":"Field","name":{"kind":"Name","value":"removed"}},{"kind":"Field","name":{"kind":"Name","value":"requests"}},{"kind":"Field","name":{"kind":"Name","value":"retries"}},{"kind":"Field","name":{"kind":"Name","value":"throttleWaits"}},{"kind":"Field","name":{"kind":"Name","value":"throttleSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"bytesReceived"}},{"kind":"Field","name":{"kind":"Name","value":"compared"}},{"kind":"Field","name":{"kind":"Name","value":"missingHere"}},{"kind":"Field","name":{"kind":"Name","value":"missingAtApple"}},{"kind":"Field","name":{"kind":"Name","value":"changedUnannounced"}},{"kind":"Field","name":{"kind":"Name","value":"heldRemovals"}},{"kind":"Field","name":{"kind":"Name","value":"devicesPerSecond"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"requestedBy"}},{"kind":"Field","name":{"kind":"Name","value":"phases"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"at"}}]}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]} as unknown as DocumentNode<SyncProgressSubscription, SyncProgressSubscriptionVariables>;
export const StartSyncDocument = {"__meta__":{"hash":"sha256:0921ea4b2c390e7c7c4908208474940eb5cfc501b094e9c8def249c4544880c3"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"StartSync"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"StartSyncInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"startSync"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"syncRun"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SyncRun"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}},{"kind":"Field","name":{"kind":"Name","value":"code"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SyncRun"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SyncRun"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"abmTokenId"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"trigger"}},{"kind":"Field","name":{"kind":"Name","value":"full"}},{"kind":"Field","name":{"kind":"Name","value":"pages"}},{"kind":"Field","name":{"kind":"Name","value":"devicesSeen"}},{"kind":"Field","name":{"kind":"Name","value":"added"}},{"kind":"Field","name":{"kind":"Name","value":"modified"}},{"kind":"Field","name":{"kind":"Name","value":"removed"}},{"kind":"Field","name":{"kind":"Name","value":"requests"}},{"kind":"Field","name":{"kind":"Name","value":"retries"}},{"kind":"Field","name":{"kind":"Name","value":"throttleWaits"}},{"kind":"Field","name":{"kind":"Name","value":"throttleSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"bytesReceived"}},{"kind":"Field","name":{"kind":"Name","value":"compared"}},{"kind":"Field","name":{"kind":"Name","value":"missingHere"}},{"kind":"Field","name":{"kind":"Name","value":"missingAtApple"}},{"kind":"Field","name":{"kind":"Name","value":"changedUnannounced"}},{"kind":"Field","name":{"kind":"Name","value":"heldRemovals"}},{"kind":"Field","name":{"kind":"Name","value":"devicesPerSecond"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"requestedBy"}},{"kind":"Field","name":{"kind":"Name","value":"phases"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"at"}}]}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]} as unknown as DocumentNode<StartSyncMutation, StartSyncMutationVariables>;
export const CancelSyncDocument = {"__meta__":{"hash":"sha256:1b1eef4e230a5cedd2ffc6b69519c98107ba7fddd55a331ceaa37c1bb3da0016"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CancelSync"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CancelSyncInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cancelSync"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"syncRun"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SyncRun"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}},{"kind":"Field","name":{"kind":"Name","value":"code"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SyncRun"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SyncRun"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"abmTokenId"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"trigger"}},{"kind":"Field","name":{"kind":"Name","value":"full"}},{"kind":"Field","name":{"kind":"Name","value":"pages"}},{"kind":"Field","name":{"kind":"Name","value":"devicesSeen"}},{"kind":"Field","name":{"kind":"Name","value":"added"}},{"kind":"Field","name":{"kind":"Name","value":"modified"}},{"kind":"Field","name":{"kind":"Name","value":"removed"}},{"kind":"Field","name":{"kind":"Name","value":"requests"}},{"kind":"Field","name":{"kind":"Name","value":"retries"}},{"kind":"Field","name":{"kind":"Name","value":"throttleWaits"}},{"kind":"Field","name":{"kind":"Name","value":"throttleSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"bytesReceived"}},{"kind":"Field","name":{"kind":"Name","value":"compared"}},{"kind":"Field","name":{"kind":"Name","value":"missingHere"}},{"kind":"Field","name":{"kind":"Name","value":"missingAtApple"}},{"kind":"Field","name":{"kind":"Name","value":"changedUnannounced"}},{"kind":"Field","name":{"kind":"Name","value":"heldRemovals"}},{"kind":"Field","name":{"kind":"Name","value":"devicesPerSecond"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"requestedBy"}},{"kind":"Field","name":{"kind":"Name","value":"phases"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"at"}}]}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]} as unknown as DocumentNode<CancelSyncMutation, CancelSyncMutationVariables>;
export const SyncRunsDocument = {"__meta__":{"hash":"sha256:d1e0bafc175902839f1edf558c1543b1725b79892b90df28db5156017ee7e986"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"SyncRuns"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Cursor"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"where"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"SyncRunWhereInput"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"syncRuns"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"where"},"value":{"kind":"Variable","name":{"kind":"Name","value":"where"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SyncRun"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endCursor"}},{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SyncRun"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SyncRun"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"abmTokenId"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"trigger"}},{"kind":"Field","name":{"kind":"Name","value":"full"}},{"kind":"Field","name":{"kind":"Name","value":"pages"}},{"kind":"Field","name":{"kind":"Name","value":"devicesSeen"}},{"kind":"Field","name":{"kind":"Name","value":"added"}},{"kind":"Field","name":{"kind":"Name","value":"modified"}},{"kind":"Field","name":{"kind":"Name","value":"removed"}},{"kind":"Field","name":{"kind":"Name","value":"requests"}},{"kind":"Field","name":{"kind":"Name","value":"retries"}},{"kind":"Field","name":{"kind":"Name","value":"throttleWaits"}},{"kind":"Field","name":{"kind":"Name","value":"throttleSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"bytesReceived"}},{"kind":"Field","name":{"kind":"Name","value":"compared"}},{"kind":"Field","name":{"kind":"Name","value":"missingHere"}},{"kind":"Field","name":{"kind":"Name","value":"missingAtApple"}},{"kind":"Field","name":{"kind":"Name","value":"changedUnannounced"}},{"kind":"Field","name":{"kind":"Name","value":"heldRemovals"}},{"kind":"Field","name":{"kind":"Name","value":"devicesPerSecond"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"requestedBy"}},{"kind":"Field","name":{"kind":"Name","value":"phases"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"at"}}]}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]} as unknown as DocumentNode<SyncRunsQuery, SyncRunsQueryVariables>;
export const SyncRunDocument = {"__meta__":{"hash":"sha256:a428d525087e0398600a5a017fa018dc3bdc1cd083488efe3d28f917a362d4a3"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"SyncRun"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SyncRun"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SyncRun"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SyncRun"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SyncRun"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"abmTokenId"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"trigger"}},{"kind":"Field","name":{"kind":"Name","value":"full"}},{"kind":"Field","name":{"kind":"Name","value":"pages"}},{"kind":"Field","name":{"kind":"Name","value":"devicesSeen"}},{"kind":"Field","name":{"kind":"Name","value":"added"}},{"kind":"Field","name":{"kind":"Name","value":"modified"}},{"kind":"Field","name":{"kind":"Name","value":"removed"}},{"kind":"Field","name":{"kind":"Name","value":"requests"}},{"kind":"Field","name":{"kind":"Name","value":"retries"}},{"kind":"Field","name":{"kind":"Name","value":"throttleWaits"}},{"kind":"Field","name":{"kind":"Name","value":"throttleSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"bytesReceived"}},{"kind":"Field","name":{"kind":"Name","value":"compared"}},{"kind":"Field","name":{"kind":"Name","value":"missingHere"}},{"kind":"Field","name":{"kind":"Name","value":"missingAtApple"}},{"kind":"Field","name":{"kind":"Name","value":"changedUnannounced"}},{"kind":"Field","name":{"kind":"Name","value":"heldRemovals"}},{"kind":"Field","name":{"kind":"Name","value":"devicesPerSecond"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"requestedBy"}},{"kind":"Field","name":{"kind":"Name","value":"phases"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"at"}}]}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"hint"}}]}}]}}]} as unknown as DocumentNode<SyncRunQuery, SyncRunQueryVariables>;
export const AssignmentBatchDocument = {"__meta__":{"hash":"sha256:d2564ff935c8ba082c05dc2382b7adb04bde7f0d7a8a0d93c6a8aefc578c8f50"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AssignmentBatch"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AssignmentBatch"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AssignmentBatchFields"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AssignmentBatchFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AssignmentBatch"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"cause"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"requestedBy"}},{"kind":"Field","name":{"kind":"Name","value":"devices"}},{"kind":"Field","name":{"kind":"Name","value":"counted"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"succeeded"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}}]}}]} as unknown as DocumentNode<AssignmentBatchQuery, AssignmentBatchQueryVariables>;
export const FleetSummaryDocument = {"__meta__":{"hash":"sha256:6a87e119a7bf0612bebe550b05b85270e64927a911da2ead1ba044a734f6ea49"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"FleetSummary"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"abmTokenId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fleetSummary"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"abmTokenId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"abmTokenId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"EnrollmentCard"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"PlatformCard"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"EnrollmentCard"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"FleetSummary"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"devices"}},{"kind":"Field","name":{"kind":"Name","value":"enrollments"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"enrolling"}},{"kind":"Field","name":{"kind":"Name","value":"enrolled"}},{"kind":"Field","name":{"kind":"Name","value":"unenrolled"}},{"kind":"Field","name":{"kind":"Name","value":"awaitingConfiguration"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PlatformCard"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"FleetSummary"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"platforms"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"platform"}},{"kind":"Field","name":{"kind":"Name","value":"devices"}},{"kind":"Field","name":{"kind":"Name","value":"addedIn30Days"}}]}}]}}]} as unknown as DocumentNode<FleetSummaryQuery, FleetSummaryQueryVariables>;
export const FleetStandingDocument = {"__meta__":{"hash":"sha256:e660b77b48da523297ad9fbf04ad099127cb5fd4d372121cb3fc5c7e3ebde283"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"FleetStanding"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"abmTokenId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fleetSummary"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"abmTokenId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"abmTokenId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"FleetTiles"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"FleetTiles"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"FleetSummary"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"devices"}},{"kind":"Field","name":{"kind":"Name","value":"addedIn30Days"}},{"kind":"Field","name":{"kind":"Name","value":"enrollments"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"enrolled"}}]}},{"kind":"Field","name":{"kind":"Name","value":"unfinished"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"waiting"}},{"kind":"Field","name":{"kind":"Name","value":"unassigned"}},{"kind":"Field","name":{"kind":"Name","value":"notAccessible"}}]}},{"kind":"Field","name":{"kind":"Name","value":"removed"}},{"kind":"Field","name":{"kind":"Name","value":"removedIn30Days"}}]}}]} as unknown as DocumentNode<FleetStandingQuery, FleetStandingQueryVariables>;