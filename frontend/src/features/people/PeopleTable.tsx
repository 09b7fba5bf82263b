import { Ellipsis } from "lucide-react";
import { deadline } from "../../lib/time";
import { useNow } from "../../lib/useNow";
import { Chip } from "../../ui/Chip";
import { IconButton } from "../../ui/IconButton";
import { InitialsTile } from "../../ui/InitialsTile";
import { Menu, type MenuItem } from "../../ui/Menu";
import { type SimpleColumn, SimpleTable } from "../../ui/SimpleTable";
import { Status } from "../../ui/Status";
import { Time } from "../../ui/Time";
import { wordFor } from "../../ui/vocabulary";
import { useSession } from "../session/session";
import type { PersonAction } from "./PersonActionDialog";
import type { Person } from "./person";

type PeopleTableProps = {
  people: readonly Person[];
  /** Left out for those who may not change anything. */
  onAct: ((action: PersonAction, person: Person) => void) | undefined;
};

export function PeopleTable({ people, onAct }: PeopleTableProps) {
  const { viewer } = useSession();
  const columns: SimpleColumn<Person>[] = [
    {
      id: "person",
      header: "Person",
      cell: (person) => <NameAndEmail person={person} isViewer={person.id === viewer.id} />,
    },
    { id: "role", header: "Role", cell: (person) => wordFor("role", person.role) },
    { id: "status", header: "Status", cell: (person) => <PersonStatus person={person} /> },
    {
      id: "seen",
      header: "Last seen",
      priority: 2,
      cell: (person) => <Time value={person.lastSeenAt} mode="relative" />,
    },
  ];
  if (onAct) {
    columns.push({
      id: "actions",
      header: "Actions",
      align: "end",
      phone: "status",
      cell: (person) => (
        <Menu
          align="end"
          trigger={
            <IconButton size="small" label={`Actions for ${person.name}`} icon={<Ellipsis className="size-4" />} />
          }
          items={actionsOn(person, person.id === viewer.id, onAct)}
        />
      ),
    });
  }
  return (
    <SimpleTable
      caption="People"
      density="comfortable"
      columns={columns}
      rows={people}
      rowKey={(person) => person.id}
    />
  );
}

function actionsOn(
  person: Person,
  isViewer: boolean,
  onAct: (action: PersonAction, person: Person) => void,
): MenuItem[] {
  const act = (action: PersonAction) => () => onAct(action, person);
  return [
    { label: "Change role", onSelect: act("role") },
    {
      label: "Make a new link",
      onSelect: act("link"),
      disabledReason: noLink(person, isViewer),
    },
    { label: "Sign out everywhere", onSelect: act("signOut") },
    "separator",
    person.status === "DISABLED"
      ? { label: "Enable", onSelect: act("enable") }
      : { label: "Disable", onSelect: act("disable") },
    { label: "Remove", danger: true, onSelect: act("remove") },
  ];
}

function noLink(person: Person, isViewer: boolean): string | undefined {
  if (isViewer) return "Change your own password under Account";
  return person.status === "DISABLED" ? "Enable this person first" : undefined;
}

function NameAndEmail({ person, isViewer }: { person: Person; isViewer: boolean }) {
  return (
    <div className="flex min-w-0 items-center gap-2.5">
      <InitialsTile name={person.name} />
      <div className="min-w-0">
        <div className="flex items-center gap-2">
          <span className="font-medium text-fg wrap-anywhere">{person.name}</span>
          {isViewer && <Chip tone="muted">You</Chip>}
        </div>
        <div className="font-normal text-fg-3 text-hint wrap-anywhere">{person.email}</div>
      </div>
    </div>
  );
}

function PersonStatus({ person }: { person: Person }) {
  return (
    <div>
      <Status kind="person" value={person.status} />
      {person.status === "INVITED" && (
        <div className="text-hint">
          <LinkLife expiresAt={person.linkExpiresAt} />
        </div>
      )}
    </div>
  );
}

function LinkLife({ expiresAt }: { expiresAt: string | null | undefined }) {
  const now = useNow(60_000);
  return expiresAt && Date.parse(expiresAt) > now ? (
    <span className="text-fg-3">Link works until {deadline(expiresAt, now)}</span>
  ) : (
    <span className="text-warn-fg">Link expired: make a new one</span>
  );
}
