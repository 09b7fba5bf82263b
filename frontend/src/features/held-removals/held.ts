import { graphql } from "../../gql";
import type { Role } from "../../gql/graphql";
import { formatCount, plural } from "../../lib/numbers";
import type { Organization } from "../organizations/OrganizationsProvider";
import { mayAct } from "../session/session";

/** What is known of the removals that wait. */
export type Held = Pick<Organization, "id" | "name" | "state" | "deviceCount" | "heldRemovals" | "heldAt">;

export const ConfirmHeldRemovalsDocument = graphql(`
  mutation ConfirmHeldRemovals($input: ConfirmHeldRemovalsInput!) {
    confirmHeldRemovals(input: $input) {
      syncRun {
        ...SyncRun
      }
      userErrors {
        field
        message
        hint
        code
      }
    }
  }
`);

export function heldTitle({ name, heldRemovals }: Held): string {
  return `${plural(heldRemovals, "device")} of ${name} ${heldRemovals === 1 ? "waits" : "wait"} for a decision`;
}

/** Why they are held. Held devices still count as devices of the token. */
export function heldReason({ heldRemovals, deviceCount }: Held): string {
  return `Apple's list no longer contains ${formatCount(heldRemovals)} of ${plural(deviceCount, "device")}. They are kept until an administrator confirms.`;
}

/** What each role can do about it. */
export function heldAdvice(role: Role): string {
  const look = "Check at business.apple.com whether the devices are assigned elsewhere";
  if (mayAct(role, "ADMIN")) return `${look}. Run a full sync to look again, or confirm that they are gone.`;
  if (mayAct(role, "OPERATOR"))
    return `${look}, and run a full sync to look again. If they are gone, an administrator confirms.`;
  return `${look}. If they are gone, an administrator confirms.`;
}
