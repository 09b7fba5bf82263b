import type { Platform } from "../../gql/graphql";

/** The systems as the URL names them. iPhone and iPad have the same panes. */
export const systems = ["ios", "macos", "tvos", "visionos"] as const;

export type System = (typeof systems)[number];

export const systemNames: Record<System, string> = {
  ios: "iPhone and iPad",
  macos: "Mac",
  tvos: "Apple TV",
  visionos: "Vision Pro",
};

/** The platforms of a system: the first stands for all. */
export const platformsOfSystem: Record<System, readonly [Platform, ...Platform[]]> = {
  ios: ["IOS", "IPADOS"],
  macos: ["MACOS"],
  tvos: ["TVOS"],
  visionos: ["VISIONOS"],
};

export function isSystem(text: string | undefined): text is System {
  return systems.some((system) => system === text);
}

/** The system that a profile is looked at for, when none was chosen: the first that it is meant for. */
export function firstSystem(meant: readonly Platform[]): System {
  return systems.find((system) => platformsOfSystem[system].some((platform) => meant.includes(platform))) ?? "ios";
}
