import { CircleHelp, KeyRound, type LucideIcon, ShieldCheck, Terminal, UserRound } from "lucide-react";
import { isAlarming } from "./actions";
import type { Entry } from "./entry";

const icons: Readonly<Record<string, { Icon: LucideIcon; kind: string }>> = {
  USER: { Icon: UserRound, kind: "Person" },
  API_TOKEN: { Icon: KeyRound, kind: "API token" },
  SYSTEM: { Icon: ShieldCheck, kind: "GuardMDM itself" },
  CONSOLE: { Icon: Terminal, kind: "Command line" },
};

/** Who made a change, with the kind of caller as an icon. */
export function Actor({ entry }: { entry: Pick<Entry, "actorKind" | "actorName" | "action"> }) {
  const { Icon, kind, name } = actorOf(entry);
  return (
    <span className="flex min-w-0 items-center gap-2">
      <span title={kind} className="grid size-5 shrink-0 place-items-center rounded-full bg-active text-fg-2">
        <Icon aria-hidden className="size-3" strokeWidth={1.75} />
      </span>
      {kind !== name && <span className="sr-only">{kind}</span>}
      <span className="truncate">{name}</span>
    </span>
  );
}

/** Whom an entry shows. */
export function actorOf({ actorKind, actorName, action }: Pick<Entry, "actorKind" | "actorName" | "action">) {
  // GuardMDM recorded it, but it was somebody who did not show who they are.
  if (isAlarming(action)) return { Icon: CircleHelp, kind: "Unknown", name: "Unknown" };
  const { Icon, kind } = icons[actorKind] ?? { Icon: CircleHelp, kind: actorKind };
  return { Icon, kind, name: actorKind === "CONSOLE" ? kind : actorName };
}
