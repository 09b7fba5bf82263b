import type { MinimumOsInput, Platform } from "../../gql/graphql";
import type { Content, Profile } from "./profile";

/** What the editor edits: a profile's name, what it is meant for, and what devices do. */
export type Values = Content & {
  name: string;
  platforms: Platform[];
  minimumOS: MinimumOsInput[];
  /** The MDM server that devices enroll with; null: GuardMDM. */
  otherMdmId: string | null;
};

/** What was changed and is not saved. The rest is as the server has it. */
export type Edits = Partial<Values>;

/** The content of a profile that nobody has described yet, as Apple has it. */
const blank: Content = {
  isSupervised: false,
  isMandatory: false,
  isMdmRemovable: true,
  awaitDeviceConfigured: false,
  isMultiUser: false,
  autoAdvanceSetup: false,
  language: null,
  region: null,
  skipSetupItems: [],
  department: null,
  supportPhoneNumber: null,
  supportEmailAddress: null,
  orgMagic: null,
  allowPairing: true,
  anchorCerts: [],
  supervisingHostCerts: [],
  doNotUseProfileFromBackup: false,
  isReturnToService: false,
  configurationWebUrl: null,
};

const contentFields = Object.keys(blank) as (keyof Content)[];

/** The fields of a content alone, without what the API's client adds. */
function contentOf(content: Content): Content {
  return Object.fromEntries(contentFields.map((field) => [field, content[field]])) as Content;
}

/** What the server has of a profile: its draft, else its published version. */
export function savedValues(
  profile: Pick<Profile, "name" | "platforms" | "minimumOS" | "otherMdm">,
  draft: Content | null | undefined,
  published: Content | null | undefined,
): Values {
  const content = draft ?? published ?? blank;
  const minimumOS = profile.minimumOS.map(({ platform, version }) => ({ platform, version }));
  const otherMdmId = profile.otherMdm?.id ?? null;
  return { ...contentOf(content), name: profile.name, platforms: profile.platforms, minimumOS, otherMdmId };
}

/** Adds an edit. What is again as saved is no edit. */
export function withEdit(edits: Edits, saved: Values, edit: Edits): Edits {
  const next = { ...edits, ...edit };
  return Object.fromEntries(
    Object.entries(next).filter(([field, value]) => !same(value, saved[field as keyof Values])),
  ) as Edits;
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

export type AppleValue = string | boolean | readonly string[];

/** Apple's keys with their values, in alphabetical order. */
export type AppleKeys = Readonly<Record<string, AppleValue>>;

/** Apple's name of a field: `isMdmRemovable` is `is_mdm_removable`. */
export function appleKey(field: string): string {
  return field === "name" ? "profile_name" : field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** What Apple gets, but for `url`: empty texts and lists are left out. */
export function appleKeys({ platforms: _, minimumOS: __, otherMdmId: ___, ...values }: Values): AppleKeys {
  return tidied(Object.fromEntries(Object.entries(values).map(([field, value]) => [appleKey(field), value])));
}

/** The keys of a published version. */
export function publishedKeys(json: string): AppleKeys {
  return tidied(JSON.parse(json) as Record<string, unknown>);
}

function tidied(keys: Record<string, unknown>): AppleKeys {
  return Object.fromEntries(
    Object.entries(keys)
      .filter(([, value]) => value != null && value !== "" && !(Array.isArray(value) && value.length === 0))
      .map(([key, value]) => [key, key === "skip_setup_items" ? (value as string[]).toSorted() : value] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  ) as AppleKeys;
}

/** The keys that differ. */
export function changedKeys(before: AppleKeys, after: AppleKeys): readonly string[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].filter((key) => !same(before[key], after[key])).toSorted();
}

export type Line = { text: string; change?: "added" | "removed" };

/** The keys as JSON, line by line; beside what they were, with what was added and removed. */
export function linesOf(after: AppleKeys, before: AppleKeys = after): readonly Line[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
  const last = keys.at(-1);
  const body = keys.flatMap((key) => linesOfKey(key, before[key], after[key], key === last ? "" : ","));
  return [{ text: "{" }, ...body, { text: "}" }];
}

function linesOfKey(
  key: string,
  before: AppleValue | undefined,
  after: AppleValue | undefined,
  end: string,
): readonly Line[] {
  if (Array.isArray(before) && Array.isArray(after)) {
    const items = [
      ...before.filter((item) => !after.includes(item)).map((item) => ({ item, change: "removed" as const })),
      ...after.map((item) => (before.includes(item) ? { item } : { item, change: "added" as const })),
    ];
    return [
      { text: `  "${key}": [` },
      ...items.map(({ item, ...change }, place) => ({
        text: `    ${JSON.stringify(item)}${place === items.length - 1 ? "" : ","}`,
        ...change,
      })),
      { text: `  ]${end}` },
    ];
  }
  if (same(before, after)) return written(key, after, end);
  return [
    ...written(key, before, end).map(({ text }) => ({ text, change: "removed" as const })),
    ...written(key, after, end).map(({ text }) => ({ text, change: "added" as const })),
  ];
}

function written(key: string, value: AppleValue | undefined, end: string): readonly Line[] {
  if (value === undefined) return [];
  return JSON.stringify({ [key]: value }, null, 2)
    .split("\n")
    .slice(1, -1)
    .map((text, place, all) => ({ text: place === all.length - 1 ? `${text}${end}` : text }));
}

/** How devices come to be enrolled. */
export type EnrollmentType = "userInitiated" | "automated";

export function enrollmentType({ isMandatory }: Pick<Content, "isMandatory">): EnrollmentType {
  return isMandatory ? "automated" : "userInitiated";
}

/** Whether a profile is meant for one of the platforms; one for none in particular is for all. */
export function isFor(meant: readonly Platform[], platforms: readonly Platform[]): boolean {
  return meant.length === 0 || meant.some((platform) => platforms.includes(platform));
}

/** Platforms that can go through Setup Assistant by themselves. */
export const autoAdvancing: readonly Platform[] = ["MACOS", "TVOS"];

/** Automated is mandatory, and goes through Setup Assistant by itself where the platform can. */
export function enrollBy(type: EnrollmentType, meant: readonly Platform[]): Edits {
  const automated = type === "automated";
  return { isMandatory: automated, autoAdvanceSetup: automated && isFor(meant, autoAdvancing) };
}

export const sections = ["basics", "behavior", "setup", "signin", "certificates", "use", "versions"] as const;

export type Section = (typeof sections)[number];

export const sectionNames: Record<Section, string> = {
  basics: "Basics",
  behavior: "Behavior",
  setup: "Setup Assistant",
  signin: "Sign-in page",
  certificates: "Certificates",
  use: "Use",
  versions: "Versions",
};

const sectionOfField: Partial<Record<string, Section>> = {
  name: "basics",
  platforms: "basics",
  minimumOS: "basics",
  department: "basics",
  supportPhoneNumber: "basics",
  supportEmailAddress: "basics",
  orgMagic: "basics",
  skipSetupItems: "setup",
  configurationWebUrl: "signin",
  anchorCerts: "certificates",
  supervisingHostCerts: "certificates",
};

/** Where a field is edited. */
export function sectionOf(field: string): Section {
  return sectionOfField[field] ?? "behavior";
}

/** Where one of Apple's keys is edited. */
export function sectionOfKey(key: string): Section {
  const field = ["name", ...contentFields].find((each) => appleKey(each) === key);
  return sectionOf(field ?? key);
}
