import { availabilityOn, type Pane } from "./panes";
import type { System } from "./systems";

/** One screen that people come by while a device is set up. */
export type Screen = {
  /** Apple's key, or a name of our own for what no key skips. */
  key: string;
  title: string;
  /** "always": nothing skips it; "management": the profile itself; "pane": not skipped; "maybe": skipped, and may show all the same. */
  kind: "always" | "management" | "pane" | "maybe";
  /** What decides whether it shows, where that is not the pane alone. */
  note?: string;
};

type Settings = {
  skipSetupItems: readonly string[];
  autoAdvanceSetup: boolean;
  awaitDeviceConfigured: boolean;
  configurationWebUrl?: string | null;
};

// What no profile skips. Names between asterisks stand for what depends on the profile.
const own: Readonly<Record<string, Omit<Screen, "key">>> = {
  "*language": { title: "Language", kind: "always" },
  "*region": { title: "Region", kind: "always" },
  "*network": { title: "Wi-Fi", kind: "always", note: "Not with a cable" },
  "*account": { title: "Account", kind: "always" },
  "*management": { title: "Management", kind: "management" },
};

/**
 * The usual order, as devices of the present versions show it. Apple documents none, and changes it now and then: what is not here comes at the
 * end. Keys of systems that share a pane stand in each list.
 */
const orders: Record<System, readonly string[]> = {
  ios: [
    "*language",
    "*region",
    "Keyboard",
    "SpokenLanguage",
    "Appearance",
    "AccessibilityAppearance",
    "DeviceToDeviceMigration",
    "*network",
    "SIMSetup",
    "*management",
    "SoftwareUpdate",
    "UpdateCompleted",
    "Privacy",
    "Biometric",
    "Passcode",
    "Restore",
    "Android",
    "RestoreCompleted",
    "WatchMigration",
    "AppleID",
    "TOS",
    "TermsOfAddress",
    "iMessageAndFaceTime",
    "MessagingActivationUsingPhoneNumber",
    "Location",
    "Payment",
    "Siri",
    "Intelligence",
    "ScreenTime",
    "Diagnostics",
    "AppStore",
    "Safety",
    "EnableLockdownMode",
    "ActionButton",
    "CameraButton",
    "LiquidGlass",
    "Multitasking",
    "OSShowcase",
    "SafetyAndHandling",
    "Welcome",
  ],
  macos: [
    "*language",
    "*region",
    "Accessibility",
    "*network",
    "*management",
    "SoftwareUpdate",
    "UpdateCompleted",
    "Privacy",
    "Restore",
    "AppleID",
    "TOS",
    "*account",
    "TermsOfAddress",
    "EnableLockdownMode",
    "Location",
    "Diagnostics",
    "iCloudDiagnostics",
    "ScreenTime",
    "Siri",
    "Intelligence",
    "iCloudStorage",
    "FileVault",
    "Biometric",
    "Passcode",
    "Payment",
    "UnlockWithWatch",
    "AppStore",
    "Appearance",
    "LiquidGlass",
    "OSShowcase",
    "Welcome",
  ],
  tvos: [
    "*language",
    "*region",
    "TapToSetup",
    "*network",
    "*management",
    "Privacy",
    "AppleID",
    "Siri",
    "Location",
    "ScreenSaver",
    "TVHomeScreenSync",
    "TVProviderSignIn",
    "TVRoom",
    "Diagnostics",
    "TOS",
  ],
  visionos: [
    "*language",
    "*region",
    "Zoom",
    "*network",
    "*management",
    "SoftwareUpdate",
    "Privacy",
    "Biometric",
    "Passcode",
    "AppleID",
    "TOS",
    "Location",
    "Siri",
    "Intelligence",
    "ScreenTime",
    "Diagnostics",
    "Payment",
    "Tips",
    "Welcome",
  ],
};

/** Where a device advances by itself. */
const advancing: readonly System[] = ["macos", "tvos"];

/** The panes that devices of the present versions have: those that a profile can skip for them. */
function present(panes: readonly Pane[], system: System): readonly Pane[] {
  return panes.filter((pane) => {
    const where = availabilityOn(pane, system);
    return where && !where.deprecatedSince && !where.removedIn;
  });
}

/** What people see of Setup Assistant on a system, in order, and how many screens there are at most. */
export function screensOf(
  panes: readonly Pane[],
  system: System,
  settings: Settings,
): { screens: Screen[]; of: number } {
  const here = present(panes, system);
  const keys = orders[system];
  const order = [...keys, ...here.map(({ key }) => key).filter((key) => !keys.includes(key))];
  const screens = order.flatMap((key) => {
    const fixed = own[key];
    if (fixed) return key === "*management" ? managementOf(settings) : [{ key, ...fixed }];
    const pane = here.find((one) => one.key === key);
    return pane ? screenOf(pane, system, settings.skipSetupItems) : [];
  });
  const fixed = order.filter((key) => own[key]).length;
  return { screens, of: fixed + here.length };
}

/** Whether nobody has to touch the device. */
export function advancesAlone(system: System, { autoAdvanceSetup }: Pick<Settings, "autoAdvanceSetup">): boolean {
  return autoAdvanceSetup && advancing.includes(system);
}

function managementOf({ configurationWebUrl, awaitDeviceConfigured }: Settings): Screen[] {
  return [
    { key: "*management", title: "Management", kind: "management" },
    ...(configurationWebUrl ? [{ key: "*signin", title: "Your sign-in page", kind: "management" as const }] : []),
    ...(awaitDeviceConfigured
      ? [{ key: "*await", title: "Configuring", kind: "management" as const, note: "Until GuardMDM is done" }]
      : []),
  ];
}

function screenOf(pane: Pane, system: System, skipped: readonly string[]): Screen[] {
  const { key, title } = pane;
  if (!skipped.includes(key)) return [{ key, title, kind: "pane" }];
  if (!availabilityOn(pane, system)?.notAlwaysSkippable) return [];
  return [{ key, title, kind: "maybe", note: "Skipped, may still show" }];
}
