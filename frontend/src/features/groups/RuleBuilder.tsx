import { Brackets, Plus, X } from "lucide-react";
import { formatCount } from "../../lib/numbers";
import { Button } from "../../ui/Button";
import { IconButton } from "../../ui/IconButton";
import { Select } from "../../ui/Select";
import {
  type Condition,
  type Field,
  fieldNames,
  fields,
  inputOf,
  type Join,
  levelsOf,
  mostLevels,
  mostParts,
  newCondition,
  newSet,
  type Operator,
  operatorOptions,
  type RulePart,
  type RuleSet,
  replaced,
  withField,
} from "./rule";
import { useRuleMatches } from "./useRuleMatches";
import { ValuesField } from "./ValuesField";

const icon = { "aria-hidden": true, className: "size-4 shrink-0", strokeWidth: 1.75 } as const;

const joins: readonly { value: Join; label: string }[] = [
  { value: "all", label: "all" },
  { value: "any", label: "any" },
  { value: "none", label: "none" },
  { value: "notAll", label: "not all" },
];

type RuleBuilderProps = { rule: RuleSet; onChange: (rule: RuleSet) => void };

/** A rule as sets of conditions, which can hold further sets. */
export function RuleBuilder({ rule, onChange }: RuleBuilderProps) {
  const change = (part: RulePart, next: RulePart | undefined) => onChange(replaced(rule, part.key, next));
  return <SetFields set={rule} root={rule} depth={1} onSet={onChange} onPart={change} />;
}

type SetFieldsProps = {
  set: RuleSet;
  root: RuleSet;
  depth: number;
  onSet: (set: RuleSet) => void;
  /** Replaces a part at any depth, or removes it. */
  onPart: (part: RulePart, next: RulePart | undefined) => void;
  onRemove?: () => void;
};

function SetFields({ set, root, depth, onSet, onPart, onRemove }: SetFieldsProps) {
  const nested = depth > 1;
  const join = joins.find(({ value }) => value === set.join)?.label;
  const full = set.parts.length >= mostParts ? `A set holds at most ${mostParts} conditions` : undefined;
  const tooDeep =
    depth + 2 > mostLevels || levelsOf(root) > mostLevels ? `A rule has at most ${mostLevels} levels` : undefined;
  const add = (part: RulePart) => onSet({ ...set, parts: [...set.parts, part] });
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would disable nothing of its own
    <div
      role="group"
      aria-label={nested ? `Nested set: ${join} of these` : `Devices that match ${join} of these`}
      className={nested ? "grid gap-2 rounded-card border border-border bg-sunken p-3" : "grid gap-2"}
    >
      <div className="flex flex-wrap items-center gap-2">
        <span>{nested ? "and" : "Devices that match"}</span>
        <Select
          aria-label="How the conditions belong together"
          size="default"
          value={set.join}
          onChange={(event) => onSet({ ...set, join: event.currentTarget.value as Join })}
          options={joins}
        />
        <span>of these</span>
        {onRemove && (
          <IconButton
            className="ml-auto in-disabled:hidden"
            size="small"
            label="Remove the set"
            icon={<X {...icon} />}
            onClick={onRemove}
          />
        )}
      </div>
      {set.parts.map((part) =>
        part.kind === "condition" ? (
          <ConditionFields
            key={part.key}
            condition={part}
            onChange={(next) => onPart(part, next)}
            onRemove={() => onPart(part, undefined)}
          />
        ) : (
          <SetFields
            key={part.key}
            set={part}
            root={root}
            depth={depth + 1}
            onSet={(next) => onPart(part, next)}
            onPart={onPart}
            onRemove={() => onPart(part, undefined)}
          />
        ),
      )}
      <div className="flex flex-wrap gap-2 in-disabled:hidden">
        <Button
          variant="ghost"
          size="small"
          icon={<Plus {...icon} />}
          disabledReason={full}
          onClick={() => add(newCondition())}
        >
          Add condition
        </Button>
        <Button
          variant="ghost"
          size="small"
          icon={<Brackets {...icon} />}
          disabledReason={full ?? tooDeep}
          onClick={() => add(newSet(set.join === "any" ? "all" : "any"))}
        >
          Add a nested set
        </Button>
      </div>
    </div>
  );
}

type ConditionFieldsProps = { condition: Condition; onChange: (next: Condition) => void; onRemove: () => void };

function ConditionFields({ condition, onChange, onRemove }: ConditionFieldsProps) {
  const { field, operator, negated } = condition;
  const { label } = fields[field];
  return (
    // biome-ignore lint/a11y/useSemanticElements: see above
    <div role="group" aria-label={`Condition: ${label}`} className="flex flex-wrap items-center gap-2">
      <Select
        aria-label="Field"
        size="default"
        className="w-40"
        value={field}
        onChange={(event) => onChange(withField(condition, event.currentTarget.value as Field))}
        options={fieldNames.map((name) => ({ value: name, label: fields[name].label }))}
      />
      <Select
        aria-label="Comparison"
        size="default"
        className="w-40"
        value={`${negated ? "!" : ""}${operator}`}
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          onChange({ ...condition, negated: chosen.startsWith("!"), operator: chosen.replace("!", "") as Operator });
        }}
        options={operatorOptions(field, condition)}
      />
      <ValuesField condition={condition} onChange={(values) => onChange({ ...condition, values })} />
      <MatchCount condition={condition} />
      <IconButton
        size="small"
        className="in-disabled:hidden"
        label={`Remove the condition ${label}`}
        icon={<X {...icon} />}
        onClick={onRemove}
      />
    </div>
  );
}

/** How many devices match a condition by itself. */
function MatchCount({ condition }: { condition: Condition }) {
  const { devices, exact } = useRuleMatches(condition.values.length > 0 ? inputOf(condition) : undefined);
  return (
    <span className="w-20 text-right text-fg-3 tabular-nums" title="Devices that match this condition">
      {devices !== undefined && condition.values.length > 0 && `${exact ? "" : "about "}${formatCount(devices)}`}
    </span>
  );
}
