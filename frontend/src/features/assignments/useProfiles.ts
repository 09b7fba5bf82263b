import { readFragment } from "../../gql";
import type { ProfileChoicesQuery } from "../../gql/graphql";
import { usePages } from "../../graphql/usePages";
import { ProfileChoiceFragment, ProfileChoicesDocument } from "./profileChoice";

const connectionOf = (data: ProfileChoicesQuery) => data.adeProfiles;
const context = { additionalTypenames: ["ADEProfile"] };

/** The ADE profiles to choose from. */
export function useProfiles() {
  const { pages, ...list } = usePages(ProfileChoicesDocument, connectionOf, context);
  return {
    ...list,
    all:
      pages &&
      readFragment(
        ProfileChoiceFragment,
        pages.flatMap((page) => page.nodes),
      ),
  };
}
