import { createContext, use } from "react";
import { type CombinedError, useQuery } from "urql";
import { type FragmentType, readFragment } from "../../gql";
import type { OrganizationFragment as Fields, TokenState } from "../../gql/graphql";
import { OrganizationFragment, OrganizationsDocument } from "./organization";

export type Organization = Fields;

type Organizations = {
  /** The ABM tokens; undefined until the first answer. */
  all: readonly Organization[] | undefined;
  error: CombinedError | undefined;
};

const Context = createContext<Organizations>({ all: undefined, error: undefined });

// The first token changes a list in which no token is named yet.
const context = { additionalTypenames: ["ABMToken", "SyncRun"] };

const none: readonly FragmentType<typeof OrganizationFragment>[] = [];

/** Asks once for all pages which organizations there are. */
export function OrganizationsProvider({ children }: { children: React.ReactNode }) {
  const [{ data, error }] = useQuery({ query: OrganizationsDocument, context });
  const all = readFragment(OrganizationFragment, data?.abmTokens.nodes ?? none);
  return <Context value={{ all: data ? all : undefined, error: data ? undefined : error }}>{children}</Context>;
}

export function useOrganizations(): Organizations {
  return use(Context);
}

/** Whether a token in this state syncs. */
export function syncs(state: TokenState): boolean {
  return state === "ACTIVE" || state === "EXPIRING";
}

/** Whether a token in this state needs somebody. */
export function isBlocked(state: TokenState): boolean {
  return state === "EXPIRED" || state === "REJECTED" || state === "TERMS_NOT_ACCEPTED";
}
