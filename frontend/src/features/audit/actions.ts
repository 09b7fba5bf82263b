import { plural } from "../../lib/numbers";

/** What the words for an action may depend on. */
type Told = { action: string; after: Readonly<Record<string, unknown>> };

type Words = string | ((after: Told["after"]) => string);

const confirmed = "Confirmed held removals";
const warned = "Warned that a token expires";

// What the server records as an action, in words. Of those that read differently by what was done, filterWords has the general.
const actions: Readonly<Record<string, Words>> = {
  signIn: "Signed in",
  signInFailed: "Failed to sign in",
  signOut: "Signed out",
  signOutEverywhere: "Ended all sessions",
  changePassword: "Changed their password",
  createFirstAdmin: "Became the first administrator",
  redeemLink: "Chose a password by one-time link",
  addUser: "Added a person",
  updateUser: ({ role, status }) =>
    role
      ? "Changed a role"
      : status === "DISABLED"
        ? "Disabled a person"
        : status
          ? "Enabled a person"
          : "Changed a person",
  resetUser: "Reset a password",
  removeUser: "Removed a person",
  createAPIToken: "Created an API token",
  createExplorerToken: "Opened the API explorer",
  revokeAPIToken: "Revoked an API token",
  generateABMToken: ({ renewalStarted }) =>
    renewalStarted ? "Started renewing a token" : "Started connecting an organization",
  uploadABMServerToken: "Uploaded a server token",
  deleteABMToken: "Deleted an ABM token",
  startSync: ({ full }) => (full ? "Started a full sync" : "Started a sync"),
  cancelSync: "Stopped a sync",
  exportDevices: "Exported devices",
  createADEProfile: "Created an ADE profile",
  updateADEProfile: "Changed an ADE profile",
  publishADEProfile: "Published an ADE profile",
  discardADEProfileDraft: "Discarded the draft of an ADE profile",
  deleteADEProfile: "Deleted an ADE profile",
  setDefaultADEProfile: "Set an OS default",
  importSerialNumbers: "Imported serial numbers",
  createDeviceGroup: "Created a group",
  updateDeviceGroup: "Changed a group",
  deleteDeviceGroup: "Deleted a group",
  addDevicesToGroup: "Added devices to a group",
  removeDevicesFromGroup: "Removed devices from a group",
  assignADEProfile: "Assigned an ADE profile",
  unassignADEProfile: "Removed own ADE profiles",
  clearADEProfile: "Took ADE profiles away at Apple",
  cancelAssignmentBatch: "Stopped an assignment",
  sendCommand: "Sent a command",
  resendCommand: "Sent a command again",
  cancelCommands: "Took a command back",
  undoAssignmentBatch: "Took an assignment back",
  setAssignmentMode: ({ assignmentMode }) =>
    assignmentMode === "ENFORCE"
      ? "Began to enforce profiles"
      : assignmentMode === "OBSERVE"
        ? "Began to only observe profiles"
        : "Changed an assignment mode",
  assignmentModeDecided: "Decided an assignment mode",
  confirmHeldRemovals: ({ heldRemovals }) =>
    typeof heldRemovals === "number" ? `Confirmed the removal of ${plural(heldRemovals, "device")}` : confirmed,
  confirmPublicURL: "Changed the public URL",
  adeProfileForgottenByApple: "Registered an ADE profile that Apple had forgotten",
  disownDevices: "Released devices for good",
  releaseFromSetupAssistant: "Let a device go on in Setup Assistant",
  updateMDMSettings: "Changed what devices get when they enroll",
  createPushCertificateRequest: "Made a request for a push certificate",
  uploadPushCertificate: "Uploaded a push certificate",
  pushCertificateExpiryAlert: ({ daysBefore }) =>
    daysBefore === 0
      ? "Warned that the push certificate has expired"
      : typeof daysBefore === "number"
        ? `Warned that the push certificate expires within ${plural(daysBefore, "day")}`
        : "Warned that the push certificate expires",
  uploadEnrollmentSigningCertificate: "Uploaded a signing certificate",
  removeEnrollmentSigningCertificate: "Removed the signing certificate",
  pinDeviceCA: "Began to believe a device authority",
  unpinDeviceCA: "Stopped believing a device authority",
  createOtherMDM: "Added another MDM server",
  updateOtherMDM: "Changed another MDM server",
  deleteOtherMDM: "Deleted another MDM server",
  rotateOtherMDMWebhookSecret: "Made a new webhook secret",
  reconciliationFoundDifferences: "Found differences in a full sync",
  abmTokenExpiryAlert: ({ daysBefore }) =>
    daysBefore === 0
      ? "Warned that a token has expired"
      : typeof daysBefore === "number"
        ? `Warned that a token expires within ${plural(daysBefore, "day")}`
        : warned,
};

function wordsOf(action: string): Words {
  return Object.hasOwn(actions, action) ? (actions[action] ?? action) : action;
}

/** What was done. An action of a server newer than the page is shown as it is. */
export function describeAction({ action, after }: Told): string {
  const words = wordsOf(action);
  return typeof words === "function" ? words(after) : words;
}

const generalWords: Readonly<Record<string, string>> = {
  updateUser: "Changed a person",
  generateABMToken: "Started an exchange of keys",
  setAssignmentMode: "Changed an assignment mode",
};

/** The actions to filter by, in the order of their words. */
export const actionOptions = Object.keys(actions)
  .map((action) => ({ value: action, label: generalWords[action] ?? describeAction({ action, after: {} }) }))
  .toSorted((a, b) => a.label.localeCompare(b.label, "en"));

/** What people look for when something is wrong. */
export function isAlarming(action: string): boolean {
  return action === "signInFailed";
}
