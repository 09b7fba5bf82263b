import { clsx } from "clsx";
import { formatCount } from "../../lib/numbers";
import { Card } from "../../ui/Card";
import { JoinsAndLeaves } from "./JoinsAndLeaves";
import { inputOf, type RuleSet } from "./rule";
import { useRuleMatches } from "./useRuleMatches";

type LiveMatchProps = {
  rule: RuleSet;
  flaw: string | undefined;
  /** The group whose saved rule it differs from. */
  groupId: string | undefined;
};

/** How many devices a rule matches, as it is edited, and what it changes about the group. */
export function LiveMatch({ rule, flaw, groupId }: LiveMatchProps) {
  const input = flaw ? undefined : inputOf(rule);
  const { devices, exact, counting, problem } = useRuleMatches(input);
  return (
    <Card title="Live match">
      <p role="status" className={clsx("tabular-nums", counting && "text-fg-3")}>
        {flaw || problem ? (
          <span className="text-fg-2">{flaw ?? `The devices were not counted. ${problem}`}</span>
        ) : devices === undefined ? (
          <span className="text-fg-3">Counting</span>
        ) : (
          <>
            {!exact && <span className="text-fg-2">about </span>}
            <b className="font-semibold text-[1.375rem]/7">{formatCount(devices)}</b>{" "}
            <span className="text-fg-2">{devices === 1 ? "device" : "devices"}</span>
          </>
        )}
      </p>
      <p className="text-fg-3 text-hint">Devices in ABM that match now. Later ones join by themselves.</p>
      {groupId && input && <JoinsAndLeaves groupId={groupId} rule={input} />}
    </Card>
  );
}
