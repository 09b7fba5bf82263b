import { graphql } from "../../gql";
import type { DeviceRuleInput, DeviceRuleField as Field, DeviceRuleOperator as Operator } from "../../gql/graphql";

export type { DeviceRuleField as Field, DeviceRuleOperator as Operator } from "../../gql/graphql";

/** A rule as the server has it. */
export type StoredRule = {
  field?: Field | null;
  operator?: Operator | null;
  values?: readonly string[] | null;
  all?: readonly StoredRule[] | null;
  any?: readonly StoredRule[] | null;
  not?: StoredRule | null;
};

graphql(`
  fragment RuleTerm on DeviceRule {
    field
    operator
    values
  }
`);

// GraphQL knows no recursion: each level of a rule is asked for by the fragment of the level above it.
graphql(`
  fragment RuleLevel1 on DeviceRule {
    ...RuleTerm
    all {
      ...RuleLevel2
    }
    any {
      ...RuleLevel2
    }
    not {
      ...RuleLevel2
    }
  }

  fragment RuleLevel2 on DeviceRule {
    ...RuleTerm
    all {
      ...RuleLevel3
    }
    any {
      ...RuleLevel3
    }
    not {
      ...RuleLevel3
    }
  }

  fragment RuleLevel3 on DeviceRule {
    ...RuleTerm
    all {
      ...RuleLevel4
    }
    any {
      ...RuleLevel4
    }
    not {
      ...RuleLevel4
    }
  }

  fragment RuleLevel4 on DeviceRule {
    ...RuleTerm
    all {
      ...RuleTerm
    }
    any {
      ...RuleTerm
    }
    not {
      ...RuleTerm
    }
  }
`);

/** How the parts of a set belong together; the last two are `not` of the others. */
export type Join = "all" | "any" | "none" | "notAll";

export type Condition = {
  kind: "condition";
  /** Of this page alone, to tell rows apart. */
  key: number;
  field: Field;
  operator: Operator;
  negated: boolean;
  values: readonly string[];
};

export type RuleSet = { kind: "set"; key: number; join: Join; parts: readonly RulePart[] };

export type RulePart = Condition | RuleSet;

export const mostLevels = 5;
const mostConditions = 100;
export const mostParts = 50;

type FieldMeaning = { label: string; operators: readonly Operator[]; negatable: boolean };

const texts = ["IS_ANY_OF", "BEGINS_WITH", "CONTAINS"] as const;
const prefixes = ["IS_ANY_OF", "BEGINS_WITH"] as const;

export const fields: Readonly<Record<Field, FieldMeaning>> = {
  PLATFORM: { label: "Platform", operators: ["IS_ANY_OF"], negatable: true },
  MODEL: { label: "Model", operators: texts, negatable: true },
  DEVICE_FAMILY: { label: "Device family", operators: prefixes, negatable: true },
  OS: { label: "OS", operators: prefixes, negatable: true },
  COLOR: { label: "Colour", operators: texts, negatable: true },
  ASSET_TAG: { label: "Asset tag", operators: texts, negatable: true },
  SERIAL_NUMBER: { label: "Serial number", operators: prefixes, negatable: true },
  ABM_TOKEN: { label: "ABM organization", operators: ["IS_ANY_OF"], negatable: true },
  ADDED_AT: { label: "Added", operators: ["SINCE", "BEFORE"], negatable: false },
  DESCRIPTION: { label: "Apple's description", operators: texts, negatable: true },
};

export const fieldNames = Object.keys(fields) as Field[];

const operatorWords: Readonly<Record<Operator, { is: string; isNot: string }>> = {
  IS_ANY_OF: { is: "is any of", isNot: "is none of" },
  BEGINS_WITH: { is: "starts with", isNot: "does not start with" },
  CONTAINS: { is: "contains", isNot: "does not contain" },
  SINCE: { is: "since", isNot: "not since" },
  BEFORE: { is: "before", isNot: "not before" },
};

export function operatorWord(operator: Operator, negated: boolean): string {
  const words = operatorWords[operator];
  return negated ? words.isNot : words.is;
}

/** The ways to compare a field, with their opposites; a value of each names both. */
export function operatorOptions(field: Field, now: Pick<Condition, "operator" | "negated">) {
  const { operators, negatable } = fields[field];
  return operators.flatMap((operator) =>
    [false, true]
      // A stored rule may have an opposite that is not offered.
      .filter((negated) => !negated || negatable || (now.operator === operator && now.negated))
      .map((negated) => ({ value: `${negated ? "!" : ""}${operator}`, label: operatorWord(operator, negated) })),
  );
}

let lastKey = 0;
const nextKey = () => ++lastKey;

export function newCondition(field: Field = "PLATFORM"): Condition {
  return { kind: "condition", key: nextKey(), field, operator: firstOperator(field), negated: false, values: [] };
}

export function newSet(join: Join = "any"): RuleSet {
  return { kind: "set", key: nextKey(), join, parts: [newCondition("ASSET_TAG")] };
}

/** The condition about another field: what was compared with goes, for it may be no value of the new one. */
export function withField(condition: Condition, field: Field): Condition {
  return { ...condition, field, operator: firstOperator(field), negated: false, values: [] };
}

function firstOperator(field: Field): Operator {
  return fields[field].operators[0] ?? "IS_ANY_OF";
}

/** A stored rule as the builder shows it: `not` becomes an opposite, of a condition or of a set. */
export function partOf(rule: StoredRule, negated = false): RulePart {
  if (rule.not) return partOf(rule.not, !negated);
  if (rule.all) return { kind: "set", key: nextKey(), join: negated ? "notAll" : "all", parts: partsOf(rule.all) };
  if (rule.any) return { kind: "set", key: nextKey(), join: negated ? "none" : "any", parts: partsOf(rule.any) };
  return {
    kind: "condition",
    key: nextKey(),
    field: rule.field ?? "PLATFORM",
    operator: rule.operator ?? "IS_ANY_OF",
    negated,
    values: rule.values ?? [],
  };
}

const partsOf = (rules: readonly StoredRule[]) => rules.map((rule) => partOf(rule));

/** A stored rule as a set, which the builder begins with. */
export function setOf(rule: StoredRule): RuleSet {
  const part = partOf(rule);
  return part.kind === "set" ? part : { kind: "set", key: nextKey(), join: "all", parts: [part] };
}

export function inputOf(part: RulePart): DeviceRuleInput {
  if (part.kind === "condition") {
    const condition = { field: part.field, operator: part.operator, values: [...part.values] };
    return part.negated ? { not: condition } : condition;
  }
  const rules = part.parts.map(inputOf);
  switch (part.join) {
    case "all":
      return { all: rules };
    case "any":
      return { any: rules };
    case "none":
      return { not: { any: rules } };
    case "notAll":
      return { not: { all: rules } };
  }
}

/** How many levels the server sees: an opposite is one of its own. */
export function levelsOf(part: RulePart): number {
  if (part.kind === "condition") return part.negated ? 2 : 1;
  const own = part.join === "none" || part.join === "notAll" ? 2 : 1;
  return own + Math.max(0, ...part.parts.map(levelsOf));
}

export function conditionsOf(part: RulePart): readonly Condition[] {
  return part.kind === "condition" ? [part] : part.parts.flatMap(conditionsOf);
}

/** What keeps a rule from being used: the first thing to mend, or undefined. */
export function flawOf(rule: RuleSet): string | undefined {
  if (hasEmptySet(rule)) return "A set has no condition. Add one, or remove the set.";
  const conditions = conditionsOf(rule);
  const empty = conditions.find(({ values }) => values.length === 0);
  if (empty) return `"${fields[empty.field].label}" needs a value. Enter one, or remove the condition.`;
  if (levelsOf(rule) > mostLevels)
    return `The rule has more than ${mostLevels} levels. Use fewer nested sets or opposites.`;
  if (conditions.length > mostConditions) return `The rule has more than ${mostConditions} conditions.`;
  return undefined;
}

function hasEmptySet(part: RulePart): boolean {
  return part.kind === "set" && (part.parts.length === 0 || part.parts.some(hasEmptySet));
}

/** The set with one of its parts replaced, at any depth; without a replacement the part is gone. */
export function replaced(set: RuleSet, key: number, next: RulePart | undefined): RuleSet {
  return {
    ...set,
    parts: set.parts.flatMap((part) => {
      if (part.key === key) return next ? [next] : [];
      return part.kind === "set" ? [replaced(part, key, next)] : [part];
    }),
  };
}
