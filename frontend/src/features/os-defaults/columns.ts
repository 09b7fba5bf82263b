import type { System } from "../ade-profiles/systems";

/** The columns of the matrix. iOS and iPadOS always have the same default. */
export const columnTitles: Record<System, string> = {
  ios: "iOS / iPadOS",
  macos: "macOS",
  tvos: "tvOS",
  visionos: "visionOS",
};
