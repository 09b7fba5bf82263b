import type { Role } from "../../gql/graphql";
import { sentence } from "../../graphql/errors";
import { plural } from "../../lib/numbers";
import { daysLeft, deadline } from "../../lib/time";
import { expiryTone, type StatusKind } from "../../ui/vocabulary";
import { heldAdvice, heldReason, heldTitle } from "../held-removals/held";
import { type Organization, syncs } from "../organizations/OrganizationsProvider";
import { mayAct } from "../session/session";
import type { Run } from "../sync/SyncProvider";

/** What mends an item. */
export type Fix = "openABM" | "check" | "renew" | "continue" | "sync" | "lookAgain" | "confirmRemovals";

const leastRole: Record<Fix, Role> = {
  openABM: "VIEWER",
  check: "OPERATOR",
  renew: "ADMIN",
  continue: "ADMIN",
  sync: "OPERATOR",
  lookAgain: "OPERATOR",
  confirmRemovals: "ADMIN",
};

export type AttentionItem = {
  organization: Organization;
  status: { kind: StatusKind; value: string };
  title: string;
  text: string;
  /** Since when, if that is known. */
  since?: string;
  /** The most likely one last, at the edge of the row. */
  fixes: readonly Fix[];
};

/** Lower is more urgent; of equal ones the more devices they touch, the earlier they stand. */
type Ranked = AttentionItem & { urgency: number };

/** What needs somebody now, the most urgent first, with the fixes that the role allows. */
export function attentionItems(
  organizations: readonly Organization[],
  runs: ReadonlyMap<string, Run>,
  role: Role,
  now: number,
): AttentionItem[] {
  return organizations
    .flatMap((organization) => [
      ofToken(organization, now),
      ofHeld(organization, role),
      ofRun(organization, runs.get(organization.id)),
    ])
    .filter((item) => item !== null)
    .sort((a, b) => a.urgency - b.urgency || b.organization.deviceCount - a.organization.deviceCount)
    .map(({ urgency: _, ...item }) => ({ ...item, fixes: item.fixes.filter((fix) => mayAct(role, leastRole[fix])) }));
}

function ofToken(organization: Organization, now: number): Ranked | null {
  const { name, state, expiresAt, deviceCount, stateReason } = organization;
  const item = { organization, status: { kind: "token", value: state } } as const;
  const reason = stateReason ? sentence(stateReason) : "";
  const affected = deviceCount > 0 ? ` for ${plural(deviceCount, "device")}` : "";
  switch (state) {
    case "EXPIRED":
      return {
        ...item,
        urgency: 0,
        title: `Enrollment disrupted for ${name}`,
        text: `The server token expired${expiresAt ? ` on ${deadline(expiresAt, now)}` : ""}. Sync has stopped${affected}, and new devices cannot enroll. Enrolled devices keep working.`,
        fixes: ["renew"],
      };
    case "REJECTED":
      return {
        ...item,
        urgency: 0,
        title: `Apple rejects the token of ${name}`,
        text: reason,
        fixes: ["check", "renew"],
      };
    case "TERMS_NOT_ACCEPTED":
      return {
        ...item,
        urgency: 0,
        title: `Apple has new terms for ${name}`,
        text: reason,
        fixes: ["openABM", "check"],
      };
    case "EXPIRING":
      return expiresAt ? { ...item, ...expiring(name, expiresAt, affected, now), fixes: ["renew"] } : null;
    case "AWAITING_SERVER_TOKEN":
      return {
        ...item,
        urgency: 4,
        title: `${name} is not connected yet`,
        text: "Its server token from ABM has not been uploaded. What was done so far is saved.",
        fixes: ["continue"],
      };
    default:
      return null;
  }
}

function expiring(name: string, expiresAt: string, affected: string, now: number) {
  const days = daysLeft(expiresAt, now);
  return {
    urgency: expiryTone(days) === "bad" ? 1 : 3,
    title: `${name} token expires ${days > 1 ? `in ${days} days` : "within a day"}`,
    text: `On ${deadline(expiresAt, now)}. After that, sync stops${affected} and new devices cannot enroll.`,
  };
}

/** Removals that wait for an administrator: nothing is lost meanwhile, but the list here is not Apple's. */
function ofHeld(organization: Organization, role: Role): Ranked | null {
  if (!organization.heldRemovals) return null;
  return {
    organization,
    status: { kind: "finding", value: "HELD" },
    urgency: 1,
    title: heldTitle(organization),
    text: `${heldReason(organization)} ${heldAdvice(role)}`,
    ...(organization.heldAt && { since: organization.heldAt }),
    fixes: ["lookAgain", "confirmRemovals"],
  };
}

/** A failed run of a token that could sync. That of another is explained by the token's state. */
function ofRun(organization: Organization, run: Run | undefined): Ranked | null {
  if (run?.status !== "FAILED" || !syncs(organization.state)) return null;
  return {
    organization,
    status: { kind: "syncRun", value: "FAILED" },
    urgency: 2,
    title: `The last sync of ${organization.name} failed${run.error ? `: ${run.error.code}` : ""}`,
    text: run.error ? sentence(run.error) : "",
    ...(run.finishedAt && { since: run.finishedAt }),
    fixes: ["sync"],
  };
}
