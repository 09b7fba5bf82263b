import { useState } from "react";
import { useQuery } from "urql";
import type { MenuItem } from "../../ui/Menu";
import { StatusIcon } from "../../ui/StatusIcon";
import { statusOf } from "../../ui/vocabulary";
import { OtherMdmNamesDocument } from "../other-mdms/otherMdm";
import type { ChangeSearch } from "./DeviceToolbar";
import { choices, FilterMenu } from "./FilterMenu";
import { type DeviceSearch, enrollments, ownMdm, unfinished } from "./filter";

const states: { value: string; label: string; icon: React.ReactNode }[] = enrollments.map((value) => {
  const { word, tone, shape } = statusOf("enrollment", value);
  return { value, label: word, icon: <StatusIcon shape={shape} tone={tone} /> };
});
states.push({
  value: unfinished,
  label: "All but enrolled",
  icon: <StatusIcon shape="half" tone="muted" />,
});

/** How far devices have come, and below it, where there are several, with which MDM server; both can hold. The servers are asked for when somebody reaches for it. */
export function EnrollmentFilter({ search, onChange }: { search: DeviceSearch; onChange: ChangeSearch }) {
  const [reached, setReached] = useState(false);
  const [{ data }] = useQuery({ query: OtherMdmNamesDocument, pause: !reached && !search.mdm });
  const others = data?.otherMDMs ?? [];
  const servers = [{ id: ownMdm, name: "GuardMDM" }, ...others];
  const server = servers.find(({ id }) => id === search.mdm)?.name ?? (data ? "another MDM server" : undefined);
  const words = [
    states.find(({ value }) => value === search.enrollment)?.label,
    search.mdm && (server ? `With ${server}` : "Loading"),
  ];
  const items: MenuItem[] = choices("All states", states, search.enrollment, (enrollment) =>
    // Back to all is all of both.
    onChange(enrollment ? { enrollment } : { enrollment, mdm: undefined }),
  );
  return (
    <FilterMenu
      name="Enrollment"
      value={words.filter(Boolean).join(", ") || undefined}
      items={
        others.length === 0
          ? items
          : [
              ...items,
              "separator",
              ...servers.map(({ id, name }) => ({
                label: `With ${name}`,
                checked: id === search.mdm,
                onSelect: () => onChange({ mdm: id === search.mdm ? undefined : id }),
              })),
            ]
      }
      onReach={() => setReached(true)}
    />
  );
}
