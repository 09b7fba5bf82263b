import { createContext, use } from "react";
import type { Client } from "urql";
import { graphql } from "../../gql/gql";
import type { InstanceQuery, Role } from "../../gql/graphql";
import { setClockOffset } from "../../lib/useNow";

export const InstanceDocument = graphql(`
  query Instance {
    instance {
      viewer {
        id
        name
        email
        role
        sessionExpiresAt
      }
      version
      serverTime
      setupNeeded
      isApple
      simulatedPortalUrl
      syncIntervalSeconds
      syncPageSize
    }
  }
`);

export type Instance = InstanceQuery["instance"];
export type Viewer = NonNullable<Instance["viewer"]>;

/** Who is signed in, and at which server. */
export type Session = { viewer: Viewer; instance: Instance };

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error("useSession is for pages of people who are signed in");
  return session;
}

const rank: Record<string, number> = { VIEWER: 1, OPERATOR: 2, ADMIN: 3 };

export function mayAct(role: Role, least: Role): boolean {
  return (rank[role] ?? 0) >= (rank[least] ?? Number.POSITIVE_INFINITY);
}

/** Whether the role of whoever is signed in reaches `least`. */
export function useMay(least: Role): boolean {
  return mayAct(useSession().viewer.role, least);
}

/** This server, and who is signed in at it: asked once, and again when that may have changed. */
export async function fetchInstance(
  client: Client,
  requestPolicy: "cache-first" | "network-only" = "cache-first",
): Promise<Instance> {
  const asked = Date.now();
  const { data, error, operation } = await client.query(InstanceDocument, {}, { requestPolicy }).toPromise();
  if (!data) throw error ?? new Error("no answer");
  if (operation.context.meta?.cacheOutcome !== "hit") {
    setClockOffset(Date.parse(data.instance.serverTime) - (asked + Date.now()) / 2);
  }
  return data.instance;
}

/**
 * Asks again who is signed in, after the server ended the live connection. When the session has ended, or the role was changed,
 * the page begins anew; when the password was changed in another tab, that tab has a new session for both of them by now.
 */
export async function recheckViewer(client: Client): Promise<void> {
  const { viewer: before } = await fetchInstance(client);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const { viewer: now } = await fetchInstance(client, "network-only");
  if (now?.id !== before?.id || now?.role !== before?.role) location.reload();
}
