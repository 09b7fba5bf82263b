import type { Platform } from "../../gql/graphql";
import { wordFor } from "../../ui/vocabulary";

/** What a profile is meant for, in words: "macOS and tvOS". */
export function platformWords(platforms: readonly Platform[]): string {
  if (platforms.length === 0) return "Every platform";
  return list.format(platforms.map((platform) => wordFor("platform", platform)));
}

const list = new Intl.ListFormat("en", { type: "conjunction" });
