import { Link } from "@tanstack/react-router";
import { ArrowDown, ArrowUp, ArrowUpToLine, List, Sparkles } from "lucide-react";
import { formatCount } from "../../lib/numbers";
import { IconButton } from "../../ui/IconButton";
import { type SimpleColumn, SimpleTable } from "../../ui/SimpleTable";
import { textLink } from "../../ui/textLink";
import type { GroupRow } from "./group";
import { RuleSummary } from "./RuleSummary";
import type { StoredRule } from "./rule";

const icon = { "aria-hidden": true, className: "size-4 shrink-0", strokeWidth: 1.75 } as const;

type GroupTableProps = {
  groups: readonly GroupRow[];
  /** Moves a group to a place, of which the first is 1; left out for those who may not. */
  onMove: ((group: GroupRow, place: number) => void) | undefined;
  /** There are more groups than these, perhaps below them. */
  more: boolean;
};

/** The groups in their order, which decides between them. */
export function GroupTable({ groups, onMove, more }: GroupTableProps) {
  const last = more ? undefined : groups.at(-1)?.id;
  const columns: SimpleColumn<GroupRow>[] = [
    {
      id: "name",
      header: "Group",
      phone: "title",
      cell: (group) => <span className="font-medium text-fg">{group.name}</span>,
    },
    {
      id: "position",
      header: "Order",
      align: "end",
      cell: ({ position, adeProfile }) =>
        adeProfile ? (
          <span className="font-medium">{formatCount(position)}</span>
        ) : (
          // It has a place, which decides nothing.
          <span className="text-fg-3">{formatCount(position)}</span>
        ),
    },
    { id: "kind", header: "Type", priority: 2, cell: (group) => <GroupKind smart={group.rule != null} /> },
    {
      id: "rule",
      header: "Rule",
      priority: 3,
      cell: (group) => <RuleSummary rule={ruleOf(group)} />,
    },
    {
      id: "devices",
      header: "Devices",
      align: "end",
      cell: ({ id, deviceCount }) =>
        deviceCount > 0 ? (
          <Link to="/devices" search={{ group: id }} className={`${textLink} font-semibold`}>
            {formatCount(deviceCount)}
            <span className="sr-only"> devices</span>
          </Link>
        ) : (
          <span className="text-fg-3">None</span>
        ),
    },
    {
      id: "profile",
      header: "ADE profile",
      cell: ({ adeProfile, decidedCount }) =>
        adeProfile ? (
          <span title={`Decides for ${formatCount(decidedCount)}`}>{adeProfile.name}</span>
        ) : (
          <span className="text-fg-3">None</span>
        ),
    },
    {
      id: "decided",
      header: "Decides for",
      align: "end",
      priority: 2,
      cell: ({ adeProfile, decidedCount }) =>
        adeProfile ? formatCount(decidedCount) : <span className="text-fg-3">None</span>,
    },
  ];
  if (onMove) {
    columns.push({
      id: "move",
      header: "Move",
      align: "end",
      phone: "status",
      cell: (group) => (
        <span className="inline-flex gap-1">
          <IconButton
            size="small"
            label={`Move ${group.name} to the front`}
            icon={<ArrowUpToLine {...icon} />}
            disabledReason={group.position === 1 ? "It is the first" : undefined}
            onClick={() => onMove(group, 1)}
          />
          <IconButton
            size="small"
            label={`Move ${group.name} up`}
            icon={<ArrowUp {...icon} />}
            disabledReason={group.position === 1 ? "It is the first" : undefined}
            onClick={() => onMove(group, group.position - 1)}
          />
          <IconButton
            size="small"
            label={`Move ${group.name} down`}
            icon={<ArrowDown {...icon} />}
            disabledReason={group.id === last ? "It is the last" : undefined}
            onClick={() => onMove(group, group.position + 1)}
          />
        </span>
      ),
    });
  }
  return (
    <SimpleTable
      caption="Groups, in their order"
      density="comfortable"
      columns={columns}
      rows={groups}
      rowKey={(group) => group.id}
      rowLink={(group) => <Link to="/groups/$groupId" params={{ groupId: group.id }} data-group={group.id} />}
    />
  );
}

// The summary reads the rule by itself, to whatever depth was asked for.
const ruleOf = (group: GroupRow) => (group.rule ?? null) as StoredRule | null;

function GroupKind({ smart }: { smart: boolean }) {
  return (
    <span className="inline-flex items-center gap-2 align-top text-fg-2">
      {smart ? <Sparkles {...icon} /> : <List {...icon} />}
      {smart ? "Smart" : "Static"}
    </span>
  );
}
