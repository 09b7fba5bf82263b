import { Plus } from "lucide-react";
import { useState } from "react";
import { graphql, readFragment } from "../../gql";
import type { PeopleQuery } from "../../gql/graphql";
import { PagedList } from "../../graphql/PagedList";
import { usePages } from "../../graphql/usePages";
import { Button } from "../../ui/Button";
import { PageHeading } from "../../ui/PageHeading";
import { useMay } from "../session/session";
import { AddPersonDialog } from "./AddPersonDialog";
import { LinkDialog } from "./LinkDialog";
import { PeopleTable } from "./PeopleTable";
import { type PersonAction, PersonActionDialog } from "./PersonActionDialog";
import { type NewLink, type Person, PersonFragment } from "./person";

const PeopleDocument = graphql(`
  query People($after: Cursor) {
    users(first: 100, after: $after) {
      nodes {
        id
        ...Person
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

const context = { additionalTypenames: ["User"] };
const usersOf = (data: PeopleQuery) => data.users;

type Overlay =
  | { kind: "add" }
  | { kind: "link"; link: NewLink }
  | { kind: "action"; action: PersonAction; person: Person };

/** Who may sign in, and for administrators what can be done about it. */
export function People() {
  const mayManage = useMay("ADMIN");
  const list = usePages(PeopleDocument, usersOf, context);
  const [overlay, setOverlay] = useState<Overlay>();
  const close = () => setOverlay(undefined);
  const showLink = (link: NewLink) => setOverlay({ kind: "link", link });

  return (
    <div className="grid gap-4">
      <PageHeading
        title="People and roles"
        action={
          mayManage && (
            <Button
              variant="primary"
              icon={<Plus aria-hidden className="size-4" strokeWidth={1.75} />}
              onClick={() => setOverlay({ kind: "add" })}
            >
              Add person
            </Button>
          )
        }
      >
        Who may sign in to this server, and what they may do.
      </PageHeading>
      <PagedList list={list}>
        {(pages) => (
          <PeopleTable
            people={pages.flatMap(({ nodes }) => readFragment(PersonFragment, nodes))}
            onAct={mayManage ? (action, person) => setOverlay({ kind: "action", action, person }) : undefined}
          />
        )}
      </PagedList>
      {overlay?.kind === "add" && <AddPersonDialog onAdded={showLink} onCancel={close} />}
      {overlay?.kind === "link" && <LinkDialog link={overlay.link} onClose={close} />}
      {overlay?.kind === "action" && (
        <PersonActionDialog {...overlay} onLink={showLink} onDone={close} onCancel={close} />
      )}
    </div>
  );
}
