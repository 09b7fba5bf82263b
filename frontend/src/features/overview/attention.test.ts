import { expect, test } from "vitest";
import type { Role, TokenState } from "../../gql/graphql";
import type { Organization } from "../organizations/OrganizationsProvider";
import type { Run } from "../sync/SyncProvider";
import { attentionItems } from "./attention";

const now = Date.parse("2026-09-17T12:00:00Z");

function organization(name: string, state: TokenState, more: Partial<Organization> = {}): Organization {
  return { id: name, name, state, deviceCount: 10, expiresAt: "2027-08-01T00:00:00Z", ...more } as Organization;
}

const held = { deviceCount: 1_203, heldRemovals: 812, heldAt: "2026-09-17T10:00:00Z" };

function failedRun(abmTokenId: string): Run {
  return {
    abmTokenId,
    status: "FAILED",
    finishedAt: "2026-09-17T11:55:00Z",
    error: { code: "EXPIRED_CURSOR", message: "The sync position was older than 7 days.", hint: "Start a full sync." },
  } as Run;
}

function titles(organizations: Organization[], runs: Run[] = [], role: Role = "ADMIN") {
  return attentionItems(organizations, new Map(runs.map((run) => [run.abmTokenId, run])), role, now);
}

test("what blocks comes before what ends soon, and of those what touches more devices", () => {
  const items = titles(
    [
      organization("Calm", "ACTIVE"),
      organization("New", "AWAITING_SERVER_TOKEN", { expiresAt: null }),
      organization("Month", "EXPIRING", { expiresAt: "2026-10-10T00:00:00Z", deviceCount: 50_000 }),
      organization("Week", "EXPIRING", { expiresAt: "2026-09-20T00:00:00Z" }),
      organization("Broken", "ACTIVE"),
      organization("Few", "REJECTED", { deviceCount: 3 }),
      organization("Many", "EXPIRED", { expiresAt: "2026-09-10T00:00:00Z", deviceCount: 9_870 }),
    ],
    [failedRun("Broken")],
  );
  expect(items.map(({ organization: { name } }) => name)).toEqual(["Many", "Few", "Week", "Broken", "Month", "New"]);
  expect(items[0]?.text).toContain("9,870 devices");
  expect(items[2]?.title).toBe("Week token expires in 3 days");
  expect(items[3]?.title).toBe("The last sync of Broken failed: EXPIRED_CURSOR");
});

test("a run that failed because its token is blocked is not told twice", () => {
  const items = titles([organization("Acme", "TERMS_NOT_ACCEPTED")], [failedRun("Acme")]);
  expect(items.map(({ status }) => status.kind)).toEqual(["token"]);
});

test("held removals say how many of how many, since when, and who may do what", () => {
  const items = (role: Role) => titles([organization("Acme", "ACTIVE", held)], [], role);
  const [item] = items("ADMIN");
  expect(item).toMatchObject({
    status: { kind: "finding", value: "HELD" },
    title: "812 devices of Acme wait for a decision",
    since: held.heldAt,
    fixes: ["lookAgain", "confirmRemovals"],
  });
  expect(item?.text).toContain("Apple's list no longer contains 812 of 1,203 devices.");
  expect(items("OPERATOR")[0]?.fixes).toEqual(["lookAgain"]);
  expect(items("VIEWER")[0]).toMatchObject({
    fixes: [],
    text: expect.stringContaining("If they are gone, an administrator confirms"),
  });
});

test("a role is offered what it may do", () => {
  const fixes = (role: Role) =>
    titles([organization("Acme", "REJECTED"), organization("Broken", "ACTIVE")], [failedRun("Broken")], role).map(
      (item) => item.fixes,
    );
  expect(fixes("ADMIN")).toEqual([["check", "renew"], ["sync"]]);
  expect(fixes("OPERATOR")).toEqual([["check"], ["sync"]]);
  expect(fixes("VIEWER")).toEqual([[], []]);
});
