import { Link } from "@tanstack/react-router";
import { Sheet } from "../../ui/Sheet";
import { wordFor } from "../../ui/vocabulary";
import { useSession } from "../session/session";
import { useSignOut } from "../session/useSignOut";
import { settingsNavigation } from "./navigation";

const row =
  "flex min-h-11 w-full items-center gap-3 rounded-control px-2 text-left text-phone aria-[current=page]:bg-active";

/** What a phone's bottom bar has no room for. */
export function MoreSheet({ onClose, onHelp }: { onClose: () => void; onHelp: () => void }) {
  const { viewer } = useSession();
  const signOut = useSignOut();
  return (
    <Sheet open onOpenChange={onClose} title={`${viewer.name}, ${wordFor("role", viewer.role)}`}>
      <ul>
        {settingsNavigation.flatMap((group) =>
          group.items.map(({ to, label, icon: Icon }) => (
            <li key={to}>
              <Link to={to} className={row} onClick={onClose}>
                <Icon aria-hidden className="size-5 text-fg-3" strokeWidth={1.75} />
                {label}
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
            Help and shortcuts
          </button>
        </li>
        <li>
          <button type="button" className={row} onClick={signOut}>
            Sign out
          </button>
        </li>
      </ul>
    </Sheet>
  );
}
