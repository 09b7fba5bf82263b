import { Link } from "@tanstack/react-router";
import { CircleHelp, LogOut, Search } from "lucide-react";
import { Select } from "../../ui/Select";
import { Sheet } from "../../ui/Sheet";
import { wordFor } from "../../ui/vocabulary";
import { useOrganizations } from "../organizations/OrganizationsProvider";
import { useSession } from "../session/session";
import { useSignOut } from "../session/useSignOut";
import { mainNavigation, settingsNavigation } from "./navigation";
import { useChooseOrganization, useOrganization } from "./OrganizationSwitcher";
import { TokenProblems } from "./TokenProblems";

const row =
  "flex min-h-11 w-full items-center gap-3 rounded-control px-2 text-left text-phone aria-[current=page]:bg-active";

const inBar: ReadonlySet<string> = new Set(["/", "/devices", "/sync", "/troubleshooting"]);

type MoreSheetProps = { onClose: () => void; onSearch: () => void; onHelp: () => void };

/** What a phone's bottom bar has no room for. */
export function MoreSheet({ onClose, onSearch, onHelp }: MoreSheetProps) {
  const { viewer } = useSession();
  const signOut = useSignOut();
  return (
    <Sheet open onOpenChange={onClose} title={`${viewer.name}, ${wordFor("role", viewer.role)}`}>
      <OrganizationField />
      <ul>
        <li>
          <button
            type="button"
            className={row}
            onClick={() => {
              onClose();
              onSearch();
            }}
          >
            <Search aria-hidden className="size-5 text-fg-3" strokeWidth={1.75} />
            Search or jump to
          </button>
        </li>
        {[...mainNavigation, ...settingsNavigation].flatMap(({ items }) =>
          items
            .filter(({ to }) => !inBar.has(to))
            .map(({ to, label, icon: Icon }) => (
              <li key={to}>
                <Link to={to} className={row} onClick={onClose}>
                  <Icon aria-hidden className="size-5 text-fg-3" strokeWidth={1.75} />
                  {label}
                  {to === "/settings/abm" && (
                    <span className="ml-auto">
                      <TokenProblems />
                    </span>
                  )}
                </Link>
              </li>
            )),
        )}
        <li>
          <button
            type="button"
            className={row}
            onClick={() => {
              onClose();
              onHelp();
            }}
          >
            <CircleHelp aria-hidden className="size-5 text-fg-3" strokeWidth={1.75} />
            Help and shortcuts
          </button>
        </li>
        <li>
          <button type="button" className={row} onClick={signOut}>
            <LogOut aria-hidden className="size-5 text-fg-3" strokeWidth={1.75} />
            Sign out
          </button>
        </li>
      </ul>
    </Sheet>
  );
}

function OrganizationField() {
  const { all = [] } = useOrganizations();
  const chosen = useOrganization();
  const choose = useChooseOrganization();
  if (all.length < 2) return null;
  return (
    <div className="pb-3">
      <Select
        label="Organization"
        value={chosen?.id ?? ""}
        onChange={(event) => choose(event.currentTarget.value || undefined)}
        options={[
          { value: "", label: "All organizations" },
          ...all.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
    </div>
  );
}
