import { graphql } from "../../gql";
import type { AdeProfilePaneFragment as Fields } from "../../gql/graphql";
import { platformsOfSystem, type System } from "./systems";

export const PaneFragment = graphql(`
  fragment AdeProfilePane on SetupAssistantPane {
    key
    title
    description
    availability {
      platform
      since
      deprecatedSince
      removedIn
      notAlwaysSkippable
    }
  }
`);

export const PanesDocument = graphql(`
  query SetupAssistantPanes {
    setupAssistantPanes {
      ...AdeProfilePane
    }
  }
`);

export type Pane = Fields;
type Availability = Pane["availability"][number];

/** Where a pane exists on a system; undefined: it does not. */
export function availabilityOn(pane: Pane, system: System): Availability | undefined {
  return pane.availability.find(({ platform }) => platformsOfSystem[system].includes(platform));
}

/** The panes of a system. Deprecated and removed ones show only if they are skipped. */
export function panesOf(panes: readonly Pane[], system: System, skipped: readonly string[]): readonly Pane[] {
  return panes.filter((pane) => {
    const where = availabilityOn(pane, system);
    return where && (!(where.deprecatedSince || where.removedIn) || skipped.includes(pane.key));
  });
}

/** Whether a pane is meant by what was typed. */
export function matches(pane: Pane, search: string): boolean {
  const wanted = search.trim().toLowerCase();
  return pane.title.toLowerCase().includes(wanted) || pane.key.toLowerCase().includes(wanted);
}

/** Keys that are skipped and that GuardMDM does not know: newer ones of Apple's, or mistyped. */
export function unknownKeys(panes: readonly Pane[], skipped: readonly string[]): readonly string[] {
  return skipped.filter((key) => panes.every((pane) => pane.key !== key));
}

// What people need to be able to work with the device: to sign in, to lock it, to be connected and found.
const needed = ["AppleID", "Biometric", "FileVault", "Location", "Passcode", "SIMSetup", "SoftwareUpdate", "TVRoom"];

export type Preset = "skipAll" | "minimal" | "none";

/** What is skipped after a preset was chosen for a system: the keys of other systems alone stay as they are. */
export function preset(name: Preset, panes: readonly Pane[], system: System, skipped: readonly string[]): string[] {
  const here = panesOf(panes, system, skipped).map(({ key }) => key);
  const wanted = name === "skipAll" ? here : name === "minimal" ? here.filter((key) => !needed.includes(key)) : [];
  return [...skipped.filter((key) => !here.includes(key)), ...wanted];
}

export function toggled(skipped: readonly string[], key: string): string[] {
  return skipped.includes(key) ? skipped.filter((other) => other !== key) : [...skipped, key];
}
