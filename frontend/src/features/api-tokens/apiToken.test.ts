import { expect, test } from "vitest";
import { hasEnded, statusOf } from "./apiToken";

const now = Date.parse("2026-03-01T10:00:00Z");

test.each([
  ["Active", false, null, null],
  ["Active", false, "2026-03-09T10:00:01Z", null],
  ["Expires in 7 days", false, "2026-03-08T10:00:00Z", null],
  ["Expires within a day", false, "2026-03-01T10:00:01Z", null],
  ["Expired", true, "2026-03-01T10:00:00Z", null],
  ["Revoked", true, "2027-03-01T10:00:00Z", "2026-02-01T10:00:00Z"],
  ["Revoked", true, null, "2026-02-01T10:00:00Z"],
])("%s", (label, ended, expiresAt, revokedAt) => {
  expect(statusOf({ expiresAt, revokedAt }, now).label).toBe(label);
  expect(hasEnded({ expiresAt, revokedAt }, now)).toBe(ended);
});
