import { useEffect, useState } from "react";
import { graphql } from "../../gql";
import type { GroupNamesQuery, ProfileNamesQuery } from "../../gql/graphql";
import { type Pages, usePages } from "../../graphql/usePages";
import type { ChangeSearch } from "./DeviceToolbar";
import type { DeviceSearch } from "./filter";
import { SearchedFilter } from "./SearchedFilter";

const ProfileNamesDocument = graphql(`
  query ProfileNames($after: Cursor) {
    adeProfiles(first: 200, after: $after) {
      nodes {
        id
        name
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

const GroupNamesDocument = graphql(`
  query GroupNames($after: Cursor) {
    deviceGroups(first: 200, after: $after) {
      nodes {
        id
        name
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

type Named = { id: string; name: string };

const profilesOf = (data: ProfileNamesQuery) => data.adeProfiles;
const groupsOf = (data: GroupNamesQuery) => data.deviceGroups;
const ofProfiles = { additionalTypenames: ["ADEProfile"] };
const ofGroups = { additionalTypenames: ["DeviceGroup"] };

/** The filters by ADE profile and by group. Their names are asked for when somebody reaches for them, or the URL has one. */
export function NamedFilters({ search, onChange }: { search: DeviceSearch; onChange: ChangeSearch }) {
  const [reached, setReached] = useState(false);
  const pause = !reached && !search.profile && !search.group;
  const profiles = useAll(usePages(ProfileNamesDocument, profilesOf, ofProfiles, { pause }));
  const groups = useAll(usePages(GroupNamesDocument, groupsOf, ofGroups, { pause }));
  const filter = (
    name: string,
    all: string,
    { named, state }: Names,
    chosen: string | undefined,
    choose: (id: string | undefined) => void,
  ) => (
    <SearchedFilter
      name={name}
      value={chosen ? (named?.find(({ id }) => id === chosen)?.name ?? (named ? "Unknown" : state)) : undefined}
      all={all}
      options={named}
      missing={state}
      chosen={chosen}
      onChoose={choose}
      onReach={() => setReached(true)}
    />
  );
  return (
    <>
      {filter("Profile", "All profiles", profiles, search.profile, (profile) => onChange({ profile }))}
      {filter("Group", "All groups", groups, search.group, (group) => onChange({ group }))}
    </>
  );
}

type Names = { named: readonly Named[] | undefined; state: string };

/** The names of all pages, when the last is there. */
function useAll({ pages, error, more, loadingMore }: Pages<{ nodes: readonly Named[] }>): Names {
  useEffect(() => {
    if (more && !loadingMore && !error) more(); // there are a thousand at most, or not many more
  });
  return {
    named: more ? undefined : pages?.flatMap((page) => page.nodes),
    state: error ? "The names did not load" : "Loading",
  };
}
