import { useState } from "react";
import { useQuery } from "urql";
import { graphql } from "../../gql";
import type { MenuItem } from "../../ui/Menu";
import type { ChangeSearch } from "./DeviceToolbar";
import { choices, FilterMenu } from "./FilterMenu";
import type { DeviceSearch } from "./filter";

const RuleNamesDocument = graphql(`
  query RuleNames {
    adeProfiles(first: 200) {
      nodes {
        id
        name
      }
    }
    deviceGroups(first: 200) {
      nodes {
        id
        name
      }
    }
  }
`);

type Named = { id: string; name: string };

/** The filters by ADE profile and by group. Their names are asked for when somebody reaches for them, or the URL has one. */
export function NamedFilters({ search, onChange }: { search: DeviceSearch; onChange: ChangeSearch }) {
  const [reached, setReached] = useState(false);
  const pause = !reached && !search.profile && !search.group;
  const [{ data, error }] = useQuery({ query: RuleNamesDocument, pause });
  const reach = () => setReached(true);
  const state = error ? "The names did not load" : "Loading";
  const menu = (
    name: string,
    all: string,
    named: readonly Named[] | undefined,
    chosen: string | undefined,
    choose: (id: string | undefined) => void,
  ) => (
    <FilterMenu
      name={name}
      value={chosen ? (named?.find(({ id }) => id === chosen)?.name ?? (named ? "Unknown" : state)) : "All"}
      items={named ? choices(all, optionsOf(named), chosen, choose) : waiting(state)}
      onReach={reach}
    />
  );
  return (
    <>
      {menu("Profile", "All profiles", data?.adeProfiles.nodes, search.profile, (profile) => onChange({ profile }))}
      {menu("Group", "All groups", data?.deviceGroups.nodes, search.group, (group) => onChange({ group }))}
    </>
  );
}

const optionsOf = (named: readonly Named[]) => named.map(({ id, name }) => ({ value: id, label: name }));

const waiting = (disabledReason: string): MenuItem[] => [{ label: "All", disabledReason }];
