import { Link } from "@tanstack/react-router";
import { Layers, Plus, SearchX } from "lucide-react";
import { useLayoutEffect, useRef, useState } from "react";
import { useMutation } from "urql";
import { readFragment } from "../../gql";
import type { DeviceGroupsQuery } from "../../gql/graphql";
import { useApi } from "../../graphql/ApiContext";
import { refusalOf } from "../../graphql/forms";
import { PagedList } from "../../graphql/PagedList";
import { usePages } from "../../graphql/usePages";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { EmptyState } from "../../ui/EmptyState";
import { Menu } from "../../ui/Menu";
import { SettledSearch } from "../../ui/SettledSearch";
import { useToast } from "../../ui/Toast";
import { useMay } from "../session/session";
import { GroupTable } from "./GroupTable";
import { DeviceGroupsDocument, type GroupRow, GroupRowFragment, UpdateGroupDocument } from "./group";

const connectionOf = (data: DeviceGroupsQuery) => data.deviceGroups;
const context = { additionalTypenames: ["DeviceGroup"] };

type GroupListProps = {
  /** What the groups' names contain, "" for all of them. */
  name: string;
  onSearch: (name: string) => void;
};

/** The groups in their order. Moving one, by its buttons or Alt and an arrow key (with Shift to the front), changes which decides. */
export function GroupList({ name, onSearch }: GroupListProps) {
  const list = usePages(DeviceGroupsDocument, connectionOf, context, { nameContains: name });
  const may = useMay("OPERATOR");
  const { move, moved } = useMove();
  const keepFocus = useKeptFocus();
  const groups = readFragment(
    GroupRowFragment,
    (list.pages ?? []).flatMap((page) => page.nodes),
  );
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (!may || !event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    const row = event.target instanceof Element ? event.target.closest("tr, li") : null;
    const id = row?.querySelector<HTMLElement>("[data-group]")?.dataset.group;
    const group = groups.find((one) => one.id === id);
    if (!group) return;
    event.preventDefault();
    keepFocus();
    const up = event.shiftKey ? 1 : group.position - 1;
    void move(group, event.key === "ArrowUp" ? up : group.position + 1);
  };
  return (
    <PagedList list={list}>
      {() =>
        groups.length === 0 && name === "" && !list.stale ? (
          <Card>
            <NoGroups />
          </Card>
        ) : (
          // biome-ignore lint/a11y/noStaticElementInteractions: it listens for its rows
          <div onKeyDown={onKeyDown} className="grid grid-cols-[minmax(0,1fr)] gap-4">
            <SettledSearch
              label="Group name"
              placeholder="Group name"
              shortcut="/"
              value={name}
              onSearch={onSearch}
              className="w-full sm:w-60"
            />
            {groups.length === 0 ? (
              <Card>
                <EmptyState
                  icon={<SearchX />}
                  title="No group matches"
                  action={<Button onClick={() => onSearch("")}>Show all groups</Button>}
                >
                  Groups are found by any part of their names.
                </EmptyState>
              </Card>
            ) : (
              <GroupTable
                groups={groups}
                onMove={
                  may
                    ? (group, place) => {
                        keepFocus();
                        void move(group, place);
                      }
                    : undefined
                }
                more={list.more !== undefined || name !== ""}
              />
            )}
            <p role="status" className="sr-only">
              {moved}
            </p>
          </div>
        )
      }
    </PagedList>
  );
}

/** A row that moves in the document loses the focus: it is given back to what had it. */
function useKeptFocus() {
  const kept = useRef<Element | null>(null);
  useLayoutEffect(() => {
    if (document.activeElement !== document.body) return;
    if (kept.current instanceof HTMLElement && kept.current.isConnected) kept.current.focus();
  });
  return () => {
    kept.current = document.activeElement;
  };
}

function useMove() {
  const [{ fetching }, update] = useMutation(UpdateGroupDocument);
  const [moved, setMoved] = useState("");
  const { refresher } = useApi();
  const { show } = useToast();
  const move = async ({ id, name, position }: GroupRow, place: number) => {
    if (fetching || place < 1 || place === position) return;
    const { data, error } = await update({ input: { deviceGroupId: id, position: place } });
    const refusal = refusalOf({ error, userErrors: data?.updateDeviceGroup.userErrors });
    if (refusal) show({ tone: "bad", title: `${name} was not moved`, description: refusal });
    else setMoved(`${name} is now at place ${place}`);
    refresher.refresh();
  };
  return { move, moved };
}

function NoGroups() {
  const may = useMay("OPERATOR");
  return (
    <EmptyState icon={<Layers />} title="There are no groups" action={may && <NewGroupButton />}>
      A group gives its devices one ADE profile: devices that follow a rule, or that you choose. It wins over OS
      defaults.
    </EmptyState>
  );
}

/** Begins a group of either kind. */
export function NewGroupButton() {
  return (
    <Menu
      align="end"
      trigger={
        <Button variant="primary" icon={<Plus aria-hidden className="size-4" strokeWidth={1.75} />}>
          New group
        </Button>
      }
      items={[
        {
          label: "Smart group",
          hint: "Devices that match a rule",
          render: <Link to="/groups/new" search={{ kind: "smart" }} />,
        },
        {
          label: "Static group",
          hint: "Devices that you choose",
          render: <Link to="/groups/new" search={{ kind: "static" }} />,
        },
      ]}
    />
  );
}
