import { Link } from "@tanstack/react-router";
import { clsx } from "clsx";
import type { DeviceRuleInput } from "../../gql/graphql";
import { formatCount, plural } from "../../lib/numbers";
import { textLink } from "../../ui/textLink";
import { type RuleChange, useRuleChange } from "./useRuleChange";

type Difference = RuleChange["joining"];

/** Who would join a group and who would leave it, compared with the saved rule. */
export function JoinsAndLeaves({ groupId, rule }: { groupId: string; rule: DeviceRuleInput }) {
  const { change, problem, counting } = useRuleChange(groupId, rule);
  if (problem) return <p className="text-fg-2">Who joins and who leaves is not known. {problem}</p>;
  if (!change) return <p className="text-fg-3">Comparing with the saved rule</p>;
  const { joining, leaving } = change;
  return (
    <div className={clsx("grid gap-3 border-border border-t pt-3", counting && "text-fg-3")}>
      <p role="status" className="flex flex-wrap gap-x-3">
        {joining.devices === 0 && leaving.devices === 0 ? (
          <span className="text-fg-2">Nobody joins or leaves.</span>
        ) : (
          <>
            <Signed sign="+" word="join" difference={joining} className="text-ok-fg" />
            <Signed sign="−" word="leave" difference={leaving} className="text-bad-fg" />
            <span className="text-fg-3">compared with the saved rule</span>
          </>
        )}
      </p>
      <Examples title="Join" difference={joining} />
      <Examples title="Leave" difference={leaving} />
    </div>
  );
}

type SignedProps = { sign: string; word: string; difference: Difference; className: string };

function Signed({ sign, word, difference: { devices, exact }, className }: SignedProps) {
  return (
    <span className={clsx("font-medium tabular-nums", devices > 0 ? className : "text-fg-3")}>
      {!exact && "about "}
      {devices > 0 && sign}
      {formatCount(devices)} {devices === 1 ? `${word}s` : word}
    </span>
  );
}

function Examples({ title, difference: { devices, examples } }: { title: string; difference: Difference }) {
  if (examples.length === 0) return null;
  return (
    <section aria-label={`Devices that ${title.toLowerCase()}`} className="grid gap-1">
      <h3 className="text-fg-3 text-hint">{title}</h3>
      <ul className="grid gap-1">
        {examples.map(({ id, serialNumber, model }) => (
          <li key={id} className="flex justify-between gap-3">
            <Link to="/devices/$serialNumber" params={{ serialNumber }} className={textLink}>
              <span className="font-mono text-serial">{serialNumber}</span>
            </Link>
            <span className="truncate text-fg-2">{model}</span>
          </li>
        ))}
      </ul>
      {devices > examples.length && (
        <p className="text-fg-3 text-hint">and {plural(devices - examples.length, "other")}</p>
      )}
    </section>
  );
}
