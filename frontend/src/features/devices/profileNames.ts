import { useQuery } from "urql";
import { graphql } from "../../gql";

const RegisteredProfilesDocument = graphql(`
  query RegisteredProfiles {
    adeProfiles(first: 200) {
      nodes {
        id
        name
        registrations {
          appleProfileUuid
          version {
            id
            number
          }
        }
      }
    }
  }
`);

export type NamedProfile = { id: string; name: string; version: number };

/** The ADE profiles by the identifiers that Apple has for their published versions. */
export function useProfileNames(): ReadonlyMap<string, NamedProfile> {
  const [{ data }] = useQuery({ query: RegisteredProfilesDocument });
  const entries = (data?.adeProfiles.nodes ?? []).flatMap(({ id, name, registrations }) =>
    registrations.flatMap(({ appleProfileUuid, version }): [string, NamedProfile][] =>
      appleProfileUuid ? [[appleProfileUuid, { id, name, version: version.number }]] : [],
    ),
  );
  return new Map(entries);
}
