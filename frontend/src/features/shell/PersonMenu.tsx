import { Link } from "@tanstack/react-router";
import { clsx } from "clsx";
import { Ellipsis, LogOut, UserRound } from "lucide-react";
import { InitialsTile } from "../../ui/InitialsTile";
import { Menu } from "../../ui/Menu";
import { wordFor } from "../../ui/vocabulary";
import { useSession } from "../session/session";
import { useSignOut } from "../session/useSignOut";
import { SidebarTrigger } from "./SidebarTrigger";

const icon = { "aria-hidden": true, className: "size-4 shrink-0", strokeWidth: 1.75 } as const;

/** Who is signed in, their account, and signing out. */
export function PersonMenu({ narrow }: { narrow: boolean }) {
  const { viewer } = useSession();
  const signOut = useSignOut();
  const role = wordFor("role", viewer.role);
  return (
    <Menu
      trigger={
        <SidebarTrigger
          tooltip={narrow ? `${viewer.name}, ${role}` : undefined}
          className="flex h-13 w-full shrink-0 items-center gap-2.5 border-border border-t px-4 text-left -outline-offset-2 hover:bg-hover"
        >
          <InitialsTile name={viewer.name} />
          <span className={clsx("min-w-0 flex-1", narrow && "sr-only")}>
            <span className="block truncate font-medium text-fg">{viewer.name}</span>{" "}
            <span className="block truncate text-fg-3 text-hint">{role}</span>
          </span>
          {!narrow && <Ellipsis aria-hidden className="size-4 text-fg-3" />}
        </SidebarTrigger>
      }
      items={[
        { label: "Account", icon: <UserRound {...icon} />, render: <Link to="/settings/account" /> },
        "separator",
        { label: "Sign out", icon: <LogOut {...icon} />, onSelect: signOut },
      ]}
    />
  );
}
