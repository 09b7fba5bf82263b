import { graphql } from "../../gql";
import type { ApiTokenFragment as Fields } from "../../gql/graphql";
import { daysLeft, expires } from "../../lib/time";
import type { Tone } from "../../ui/vocabulary";

export const ApiTokenFragment = graphql(`
  fragment ApiToken on APIToken {
    id
    name
    role
    hint
    createdAt
    createdBy
    lastUsedAt
    expiresAt
    revokedAt
  }
`);

export type ApiToken = Fields;

const warnedDays = 7;

/** Whether programs that use the token are refused. */
export function hasEnded({ revokedAt, expiresAt }: Pick<ApiToken, "revokedAt" | "expiresAt">, now: number): boolean {
  return Boolean(revokedAt) || (Boolean(expiresAt) && daysLeft(expiresAt ?? now, now) === 0);
}

export function statusOf(token: Pick<ApiToken, "revokedAt" | "expiresAt">, now: number): { tone: Tone; label: string } {
  if (token.revokedAt) return { tone: "muted", label: "Revoked" };
  if (hasEnded(token, now)) return { tone: "muted", label: "Expired" };
  const days = token.expiresAt ? daysLeft(token.expiresAt, now) : Number.POSITIVE_INFINITY;
  if (days <= warnedDays) return { tone: "warn", label: expires(days) };
  return { tone: "ok", label: "Active" };
}
