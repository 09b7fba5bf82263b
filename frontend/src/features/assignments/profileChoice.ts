import { graphql } from "../../gql";
import type { ProfileChoiceFragment as Fields } from "../../gql/graphql";
import { plural } from "../../lib/numbers";
import { platformWords } from "../ade-profiles/platforms";

/** An ADE profile to choose. */
export type ProfileChoice = Fields;

export const ProfileChoiceFragment = graphql(`
  fragment ProfileChoice on ADEProfile {
    id
    name
    platforms
    deviceCount
    publishedVersion {
      id
      number
      content {
        isSupervised
        isMandatory
        isMdmRemovable
        skipSetupItems
      }
    }
  }
`);

export const ProfileChoicesDocument = graphql(`
  query ProfileChoices($after: Cursor) {
    adeProfiles(first: 100, after: $after) {
      nodes {
        ...ProfileChoice
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

/** What a profile does, in a line. */
export function summaryOf({ platforms, publishedVersion, deviceCount }: ProfileChoice): string {
  if (!publishedVersion) return "Not published yet";
  const { isSupervised, isMandatory, isMdmRemovable, skipSetupItems } = publishedVersion.content;
  return [
    platformWords(platforms),
    isSupervised ? "supervised" : "not supervised",
    isMandatory ? "mandatory" : "optional",
    ...(isMdmRemovable ? ["MDM can be removed"] : ["MDM locked"]),
    `${plural(skipSetupItems.length, "pane")} skipped`,
  ]
    .join(", ")
    .concat(`. On ${plural(deviceCount, "device")}`);
}
