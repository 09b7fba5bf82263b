import { expect, test } from "vitest";
import {
  asSerial,
  exportUrl,
  isFiltered,
  nextSort,
  noFilters,
  orderOf,
  platformsOf,
  sortedBy,
  whereOf,
} from "./filter";

test("what people paste becomes the beginning of a serial number", () => {
  expect(asSerial(" c02-xk1z kj\n")).toBe("C02XK1ZKJ");
  expect(asSerial("A".repeat(70))).toHaveLength(64);
});

test("the list shows what is in ABM unless the URL says otherwise", () => {
  expect(whereOf({}, undefined)).toEqual({ removedAtIsNil: true });
  expect(whereOf({ status: "removed" }, undefined)).toEqual({ removedAtNotNil: true });
  expect(whereOf({ status: "all" }, undefined)).toEqual({});
});

test("filters of the URL hold together, and what nobody knows is left out", () => {
  expect(whereOf({ q: "c02", platform: "MACOS,FRIDGE,IOS" }, "abm_1")).toEqual({
    serialNumberHasPrefix: "C02",
    platformIn: ["IOS", "MACOS"],
    removedAtIsNil: true,
    abmTokenId: "abm_1",
  });
  // An empty list would be refused.
  expect(whereOf({ q: "-", platform: "FRIDGE" }, undefined)).toEqual({ removedAtIsNil: true });
  expect(platformsOf(undefined)).toEqual([]);
});

test("what decides the profile and how Apple stands are filters too, and a word that nobody knows is none", () => {
  const search = {
    source: "GROUP",
    assignment: "NOT_ACCESSIBLE",
    enrollment: "NOT_ENROLLED",
    mdm: "omd_4",
    profile: "ade_1",
    group: "grp_2",
    list: "lst_3",
  };
  expect(whereOf(search, undefined)).toEqual({
    removedAtIsNil: true,
    profileSource: "GROUP",
    assignmentStatus: "NOT_ACCESSIBLE",
    enrollmentStatus: "NOT_ENROLLED",
    otherMdmId: "omd_4",
    adeProfileId: "ade_1",
    deviceGroupId: "grp_2",
    serialListId: "lst_3",
  });
  expect(whereOf({ source: "MOON", assignment: "LATE", enrollment: "EVER" }, undefined)).toEqual({
    removedAtIsNil: true,
  });
  expect(whereOf({ mdm: "own" }, undefined)).toEqual({ removedAtIsNil: true, enrolledWithOwnMdm: true });
  expect(isFiltered(search)).toBe(true);
  expect(isFiltered({ ...search, ...noFilters })).toBe(false);
  expect(isFiltered({ sort: "serial" })).toBe(false);
});

test("what a search finds stands by serial number, unless another order was chosen", () => {
  expect(orderOf({ q: "C02" })).toEqual({ field: "SERIAL_NUMBER", direction: "ASC" });
  expect(orderOf({ q: "C02", sort: "-added" })).toEqual({ field: "ADDED_AT", direction: "DESC" });
  expect(nextSort("serial", { q: "C02" })).toBe("-serial");
  expect(nextSort("serial", { q: "C02", sort: "-serial" })).toBeUndefined();
  expect(nextSort("added", { q: "C02" })).toBe("-added");
  expect(nextSort("added", { q: "C02", sort: "-added" })).toBe("added");
  expect(nextSort("added", { q: "C02", sort: "added" })).toBe("-added");
});

test("a header sorts one way, then the other; the newest come first by themselves", () => {
  expect(orderOf({})).toEqual({ field: "ADDED_AT", direction: "DESC" });
  expect(nextSort("added", {})).toBe("added");
  expect(nextSort("added", { sort: "added" })).toBeUndefined();
  expect(nextSort("serial", {})).toBe("serial");
  expect(nextSort("serial", { sort: "serial" })).toBe("-serial");
  expect(nextSort("serial", { sort: "-serial" })).toBe("serial");
  expect(nextSort("added", { sort: "-serial" })).toBeUndefined();
});

test("the export is of what the list shows", () => {
  expect(exportUrl({})).toBe("/export/devices.csv");
  const url = new URL(exportUrl(whereOf({ q: "c02", platform: "MACOS" }, "abm_1")), "https://mdm.example.com");
  expect(url.pathname).toBe("/export/devices.csv");
  expect([...url.searchParams.keys()]).toEqual(["where"]);
  expect(JSON.parse(url.searchParams.get("where") ?? "")).toEqual({
    serialNumberHasPrefix: "C02",
    platformIn: ["MACOS"],
    removedAtIsNil: true,
    abmTokenId: "abm_1",
  });
});

test("notes are filters of the server, and the deadline is an order", () => {
  expect(whereOf({ note: "erase" }, undefined)).toMatchObject({ appliesAfterErase: true });
  expect(whereOf({ note: "migration" }, undefined)).toMatchObject({ hasMigrationDeadline: true });
  expect(whereOf({ note: "unawaited" }, undefined)).toMatchObject({ migrationNotAwaited: true });
  expect(whereOf({ sort: "-deadline" }, undefined)).toMatchObject({ hasMigrationDeadline: true });
  expect(whereOf({ sort: "serial" }, undefined)).not.toHaveProperty("hasMigrationDeadline");
  expect(orderOf({ sort: "deadline" })).toEqual({ field: "MDM_MIGRATION_DEADLINE", direction: "ASC" });
  expect(orderOf({ sort: "-deadline" }).direction).toBe("DESC");
  expect(nextSort("deadline", {})).toBe("deadline");
  expect(nextSort("deadline", { sort: "deadline" })).toBe("-deadline");
  expect([sortedBy({}), sortedBy({ sort: "-serial" }), sortedBy({ sort: "-deadline" })]).toEqual([
    "added",
    "serial",
    "deadline",
  ]);
});

test("some filters are all states but a few: together they are what the tiles of the overview count", () => {
  expect(whereOf({ assignment: "GIVEN", enrollment: "UNFINISHED" }, undefined)).toEqual({
    removedAtIsNil: true,
    not: {
      or: [
        { assignmentStatus: "UNASSIGNED" },
        { assignmentStatus: "NOT_ACCESSIBLE" },
        { assignmentStatus: "REMOVED" },
        { enrollmentStatus: "ENROLLED" },
      ],
    },
  });
  expect(whereOf({ enrollment: "UNFINISHED" }, undefined)).toMatchObject({
    not: { or: [{ enrollmentStatus: "ENROLLED" }] },
  });
});
