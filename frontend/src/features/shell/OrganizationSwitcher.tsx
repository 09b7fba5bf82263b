import { useNavigate, useSearch } from "@tanstack/react-router";
import { clsx } from "clsx";
import { ChevronsUpDown } from "lucide-react";
import { Mark } from "../../ui/Mark";
import { Menu } from "../../ui/Menu";
import { useOrganizations } from "../organizations/OrganizationsProvider";
import { SidebarTrigger } from "./SidebarTrigger";

/** The organization in `?org=`, if it is one of ours. */
export function useOrganization() {
  const { org } = useSearch({ from: "/app" });
  return useOrganizations().all?.find((organization) => organization.id === org);
}

/** Narrows every page to one organization, or to none. */
export function useChooseOrganization() {
  const navigate = useNavigate();
  return (org: string | undefined) => void navigate({ to: ".", search: (search) => ({ ...search, org }) });
}

/** Narrows every page to one organization, by `?org=`. */
export function OrganizationSwitcher({ narrow }: { narrow: boolean }) {
  const { all = [] } = useOrganizations();
  const chosen = useOrganization();
  const choose = useChooseOrganization();
  const scope = chosen?.name ?? "All organizations";
  const name = (
    <>
      <Mark className="size-6 shrink-0" />
      <span className={clsx("min-w-0 flex-1 text-left", narrow && "sr-only")}>
        <span className="block truncate font-semibold text-fg">GuardMDM</span>{" "}
        <span className="block truncate text-fg-3 text-hint">{scope}</span>
      </span>
    </>
  );
  const frame = "flex h-12 w-full shrink-0 items-center gap-2.5 border-border border-b px-4";
  if (all.length < 2) return <div className={frame}>{name}</div>;
  return (
    <Menu
      trigger={
        <SidebarTrigger
          tooltip={narrow ? scope : undefined}
          className={clsx(frame, "-outline-offset-2 hover:bg-hover")}
        >
          {name}
          {!narrow && <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-fg-3" />}
        </SidebarTrigger>
      }
      items={[
        { label: "All organizations", checked: !chosen, onSelect: () => choose(undefined) },
        "separator",
        ...all.map((organization) => ({
          label: organization.name,
          checked: organization === chosen,
          onSelect: () => choose(organization.id),
        })),
      ]}
    />
  );
}
