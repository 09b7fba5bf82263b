import { expect, test } from "vitest";
import {
  conditionsOf,
  flawOf,
  inputOf,
  levelsOf,
  newCondition,
  newSet,
  operatorOptions,
  type RuleSet,
  replaced,
  type StoredRule,
  setOf,
  withField,
} from "./rule";

const macs = { field: "PLATFORM", operator: "IS_ANY_OF", values: ["MACOS"] } as const;
const faculty = { field: "ASSET_TAG", operator: "BEGINS_WITH", values: ["HS-FAC"] } as const;
const loans = { field: "MODEL", operator: "CONTAINS", values: ["iMac"] } as const;

test("a stored rule comes back as it was, whatever is negated in it", () => {
  const rules: StoredRule[] = [
    { all: [macs, { any: [faculty, { not: loans }] }] },
    { any: [macs, { not: { any: [faculty, loans] } }] },
    { not: { all: [macs, { not: { all: [faculty, loans] } }] } },
  ];
  for (const rule of rules) expect(inputOf(setOf(rule))).toEqual(rule);
});

test("nulls of the other kinds of a rule, and a rule that is one condition, are read too", () => {
  const answered = { ...macs, all: null, any: null, not: null };
  expect(inputOf(setOf(answered))).toEqual({ all: [macs] });
  expect(inputOf(setOf({ field: null, operator: null, values: null, not: { not: { any: [answered] } } }))).toEqual({
    any: [macs],
  });
});

test("an opposite is a level of its own", () => {
  expect(levelsOf(setOf({ all: [macs] }))).toBe(2);
  expect(levelsOf(setOf({ all: [{ not: macs }] }))).toBe(3);
  expect(levelsOf(setOf({ not: { any: [macs] } }))).toBe(3);
});

test("what keeps a rule from being used is said, the first thing first", () => {
  const good = setOf({ all: [macs, faculty] });
  expect(flawOf(good)).toBeUndefined();
  expect(flawOf({ ...good, parts: [] })).toMatch(/A set has no condition/);
  expect(flawOf({ ...good, parts: [...good.parts, newCondition("MODEL")] })).toBe(
    '"Model" needs a value. Enter one, or remove the condition.',
  );
  const deep = setOf({ all: [{ any: [{ all: [{ any: [{ not: macs }] }] }] }] });
  expect(flawOf(deep)).toMatch(/more than 5 levels/);
  const many = setOf({ all: Array.from({ length: 101 }, () => macs) });
  expect(flawOf(many)).toMatch(/more than 100 conditions/);
});

test("parts are replaced and removed at any depth", () => {
  const rule = setOf({ all: [macs, { any: [faculty, loans] }] });
  const [, inner] = rule.parts as [unknown, RuleSet];
  const [first] = conditionsOf(inner);
  if (!first) throw new Error("the set is empty");
  const changed = replaced(rule, first.key, { ...first, negated: true });
  expect(inputOf(changed)).toEqual({ all: [macs, { any: [{ not: faculty }, loans] }] });
  expect(inputOf(replaced(rule, first.key, undefined))).toEqual({ all: [macs, { any: [loans] }] });
  expect(inputOf(replaced(rule, inner.key, undefined))).toEqual({ all: [macs] });
});

test("a field is compared only as the server compares it", () => {
  const added = withField({ ...newCondition(), values: ["MACOS"] }, "ADDED_AT");
  expect(added).toMatchObject({ field: "ADDED_AT", operator: "SINCE", values: [] });
  expect(operatorOptions("ADDED_AT", added).map(({ value }) => value)).toEqual(["SINCE", "BEFORE"]);
  expect(operatorOptions("PLATFORM", newCondition()).map(({ label }) => label)).toEqual(["is any of", "is none of"]);
  // One that is stored can be shown, though it is not offered.
  expect(operatorOptions("ADDED_AT", { operator: "SINCE", negated: true }).map(({ value }) => value)).toContain(
    "!SINCE",
  );
  expect(newSet().parts).toHaveLength(1);
});
