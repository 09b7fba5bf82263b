import { readdirSync, readFileSync } from "node:fs";
import { render, screen } from "@testing-library/react";
import { Kind, parse } from "graphql";
import { expect, test } from "vitest";
import { Status } from "./Status";
import { expiryTone, knownValues, statusOf, wordFor } from "./vocabulary";

const schema = parse(
  readdirSync("../graph")
    .filter((name) => name.endsWith(".graphql"))
    .map((name) => readFileSync(`../graph/${name}`, "utf8"))
    .join("\n"),
);

function enumValues(name: string): string[] {
  const found = schema.definitions.find(
    (definition) => definition.kind === Kind.ENUM_TYPE_DEFINITION && definition.name.value === name,
  );
  return found && "values" in found ? (found.values ?? []).map((value) => value.name.value) : [];
}

test.each([
  ["syncRun", "SyncStatus"],
  ["token", "TokenState"],
  ["person", "UserStatus"],
  ["platform", "Platform"],
  ["role", "Role"],
  ["deviceEvent", "DeviceEventKind"],
  ["enrollment", "EnrollmentStatus"],
  ["mdmCommand", "MDMCommandStatus"],
  ["mdmCommandPurpose", "MDMCommandPurpose"],
  ["pushCertificate", "PushCertificateState"],
  ["deviceCA", "DeviceCASource"],
  ["syncPhase", "SyncPhase"],
  ["syncTrigger", "SyncTrigger"],
] as const)("every value of the API has its word: %s", (kind, type) => {
  const values = enumValues(type);
  expect(values).not.toHaveLength(0);
  expect(knownValues(kind)).toEqual(expect.arrayContaining(values));
});

test.each(["FROZEN", "constructor", ""])("a value that the page does not know is shown as it is: %j", (value) => {
  expect(statusOf("token", value)).toEqual({ word: value, tone: "muted", shape: "circle" });
  expect(wordFor("platform", value)).toBe(value);
});

test("a status is its word; what it has in colour, it has as a shape too", () => {
  render(<Status kind="syncRun" value="CANCELED" />);
  expect(screen.getByText("Stopped")).toBeVisible();
  for (const kind of ["syncRun", "token", "person", "finding", "deviceEvent", "enrollment", "mdmCommand"] as const) {
    const tones = new Map<string, string>();
    for (const value of knownValues(kind)) {
      const { shape, tone } = statusOf(kind, value);
      expect(tones.get(shape) ?? tone).toBe(tone);
      tones.set(shape, tone);
    }
  }
});

test("a token's life turns amber at 30 days and red at 7", () => {
  expect([31, 30, 8, 7, 0].map(expiryTone)).toEqual(["ok", "warn", "warn", "bad", "bad"]);
});
