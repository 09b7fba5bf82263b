import { expect, test } from "vitest";
import { describeAction } from "./actions";
import { changesOf } from "./changes";
import { groupByDay } from "./days";
import { whereOf } from "./filter";

test("an action is told in words, one that is not known as it is", () => {
  expect(describeAction({ action: "startSync", after: { full: true } })).toBe("Started a full sync");
  expect(describeAction({ action: "startSync", after: {} })).toBe("Started a sync");
  const confirmed = { action: "confirmHeldRemovals", after: { heldRemovals: 1203 } };
  expect(describeAction(confirmed)).toBe("Confirmed the removal of 1,203 devices");
  expect(describeAction({ action: "reconciliationFoundDifferences", after: {} })).toBe(
    "Found differences in a full sync",
  );
  const alert = (daysBefore?: number) => describeAction({ action: "abmTokenExpiryAlert", after: { daysBefore } });
  expect([30, 1, 0, undefined].map(alert)).toEqual([
    "Warned that a token expires within 30 days",
    "Warned that a token expires within 1 day",
    "Warned that a token has expired",
    "Warned that a token expires",
  ]);
  expect(describeAction({ action: "turnTheMoon", after: {} })).toBe("turnTheMoon");
  expect(describeAction({ action: "constructor", after: {} })).toBe("constructor");
});

test("a change names what differs, and the side that has it", () => {
  expect(
    changesOf(
      { state: "ACTIVE", orgName: "Acme", orgId: null, adminId: "", role: "VIEWER", expiresAt: "2026-09-17T00:00:00Z" },
      { state: "ACTIVE", orgName: "Acme", orgId: "", adminId: "ana@acme.example", role: "ADMIN", renewalStarted: true },
    ),
  ).toEqual([
    { field: "adminId", after: "ana@acme.example" },
    { field: "role", before: "VIEWER", after: "ADMIN" },
    { field: "expiresAt", before: "2026-09-17T00:00:00Z" },
    { field: "renewalStarted", after: "true" },
  ]);
  expect(changesOf(null, null)).toEqual([]);
});

test("entries are divided into the days of the reader's time zone", () => {
  const at = (time: string) => time;
  const times = ["2026-09-17T09:00:00Z", "2026-09-16T23:30:00Z", "2026-09-16T21:00:00Z", "2025-12-31T12:00:00Z"];
  const days = groupByDay(times, at, "2026-09-17T10:00:00Z", "Europe/Berlin");
  expect(days.map(({ label, rows }) => [label, rows.length])).toEqual([
    ["Today, Thursday 17 September", 2],
    ["Wednesday 16 September", 1],
    ["Wednesday 31 December 2025", 1],
  ]);
});

test("who has no account is asked for without an identifier", () => {
  expect(whereOf({ actor: "system", action: "startSync" })).toEqual({ actorIdIsNil: true, action: "startSync" });
  expect(whereOf({ actor: "usr_1", object: "abm_1" })).toEqual({ actorId: "usr_1", objectId: "abm_1" });
  expect(whereOf({})).toEqual({});
});
