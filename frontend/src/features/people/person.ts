import { graphql } from "../../gql";
import type { PersonFragment as Fields } from "../../gql/graphql";

export const PersonFragment = graphql(`
  fragment Person on User {
    id
    name
    email
    role
    status
    linkExpiresAt
    lastSeenAt
  }
`);

export type Person = Fields;

/** A one-time link that was just made. It is known only now. */
export type NewLink = { name: string; path: string; expiresAt: string | null | undefined };
