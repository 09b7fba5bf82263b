import { useEffect, useState } from "react";
import { graphql } from "../../gql";
import type { RuleNamesQuery } from "../../gql/graphql";
import { usePages } from "../../graphql/usePages";
import type { ChangeSearch } from "./DeviceToolbar";
import type { DeviceSearch } from "./filter";
import { SearchedFilter } from "./SearchedFilter";

const RuleNamesDocument = graphql(`
  query RuleNames($after: Cursor) {
    adeProfiles(first: 200) {
      nodes {
        id
        name
      }
    }
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

const connectionOf = (data: RuleNamesQuery) => ({ ...data.deviceGroups, profiles: data.adeProfiles.nodes });
const context = { additionalTypenames: ["DeviceGroup", "ADEProfile"] };

/** The filters by ADE profile and by group. Their names are asked for when somebody reaches for them, or the URL has one. */
export function NamedFilters({ search, onChange }: { search: DeviceSearch; onChange: ChangeSearch }) {
  const [reached, setReached] = useState(false);
  const pause = !reached && !search.profile && !search.group;
  const { pages, error, more, loadingMore } = usePages(RuleNamesDocument, connectionOf, context, pause);
  useEffect(() => {
    if (more && !loadingMore && !error) more(); // there are a thousand groups at most
  });
  const groups = more ? undefined : pages?.flatMap((page) => page.nodes);
  const reach = () => setReached(true);
  const state = error ? "The names did not load" : "Loading";
  const filter = (
    name: string,
    all: string,
    named: readonly Named[] | undefined,
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
      onReach={reach}
    />
  );
  return (
    <>
      {filter("Profile", "All profiles", pages?.[0]?.profiles, search.profile, (profile) => onChange({ profile }))}
      {filter("Group", "All groups", groups, search.group, (group) => onChange({ group }))}
    </>
  );
}
