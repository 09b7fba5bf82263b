import type { MinimumOsInput, Platform } from "../../gql/graphql";

/** The version that a platform needs; empty for any. */
export function versionOf(minimum: readonly MinimumOsInput[], platform: Platform): string {
  return minimum.find((each) => each.platform === platform)?.version ?? "";
}

/** The list with another version for a platform, in its place; none leaves it. */
export function withVersion(minimum: readonly MinimumOsInput[], platform: Platform, version: string): MinimumOsInput[] {
  if (version === "") return minimum.filter((each) => each.platform !== platform);
  const known = minimum.some((each) => each.platform === platform);
  return known
    ? minimum.map((each) => (each.platform === platform ? { platform, version } : each))
    : [...minimum, { platform, version }];
}

/** Up to three numbers. */
export function isVersion(text: string): boolean {
  return /^\d{1,4}(\.\d{1,4}){0,2}$/.test(text);
}
