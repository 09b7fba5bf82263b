import { createContext, use, useEffect, useRef } from "react";
import { type CombinedError, useQuery } from "urql";
import { type FragmentType, readFragment } from "../../gql";
import type { OrganizationFragment as Fields, TokenState } from "../../gql/graphql";
import { useApi } from "../../graphql/ApiContext";
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

const every = 30_000; // tokens expire, and Apple blocks them, without a sync or an act here

const none: readonly FragmentType<typeof OrganizationFragment>[] = [];

/** Asks for all pages which organizations there are, now and then again; when a token works no more or again, the page on screen is fetched anew. */
export function OrganizationsProvider({ children }: { children: React.ReactNode }) {
  const [{ data, error }, ask] = useQuery({ query: OrganizationsDocument, context });
  const all = readFragment(OrganizationFragment, data?.abmTokens.nodes ?? none);
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) ask({ requestPolicy: "network-only" });
    }, every);
    return () => clearInterval(timer);
  }, [ask]);
  const { refresher } = useApi();
  const states = data && all.map(({ id, state }) => `${id} ${state}`).join();
  const seen = useRef<string>(undefined);
  useEffect(() => {
    if (states !== undefined && seen.current !== undefined && states !== seen.current) refresher.refresh();
    seen.current = states;
  }, [refresher, states]);
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
