import { Link } from "@tanstack/react-router";
import { clsx } from "clsx";
import { Ellipsis, LogOut, UserRound } from "lucide-react";
import { InitialsTile } from "../../ui/InitialsTile";
import { Menu } from "../../ui/Menu";
import { wordFor } from "../../ui/vocabulary";
import { useSession } from "../session/session";
import { useSignOut } from "../session/useSignOut";

/** Who is signed in, their account, and signing out. */
export function PersonMenu({ wide }: { wide: string }) {
  const { viewer } = useSession();
  const signOut = useSignOut();
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={`${viewer.name}, ${wordFor("role", viewer.role)}`}
          className="flex h-13 w-full shrink-0 items-center gap-2.5 border-border border-t px-4 text-left hover:bg-hover"
        >
          <InitialsTile name={viewer.name} />
          <span className={clsx("min-w-0 flex-1", wide)}>
            <span className="block truncate font-medium text-fg">{viewer.name}</span>
            <span className="block truncate text-fg-3 text-hint">{wordFor("role", viewer.role)}</span>
          </span>
          <Ellipsis aria-hidden className={clsx("size-4 text-fg-3", wide)} />
        </button>
      }
      items={[
        { label: "Account", icon: <UserRound />, render: <Link to="/settings/account" /> },
        "separator",
        { label: "Sign out", icon: <LogOut />, onSelect: signOut },
      ]}
    />
  );
}
