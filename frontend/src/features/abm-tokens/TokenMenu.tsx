import { Link } from "@tanstack/react-router";
import { CircleCheck, Ellipsis, ListRestart, RefreshCw, RotateCw, Trash2 } from "lucide-react";
import { useState } from "react";
import { IconButton } from "../../ui/IconButton";
import { Menu, type MenuItem } from "../../ui/Menu";
import { isBlocked, syncs, useOrganizations } from "../organizations/OrganizationsProvider";
import { useMay } from "../session/session";
import { fullSyncHint } from "../sync/SyncNowButton";
import { useRuns } from "../sync/SyncProvider";
import { useStartSync } from "../sync/useStartSync";
import { DeleteTokenDialog } from "./DeleteTokenDialog";
import type { ListedToken } from "./tokenList";
import { useCheckToken } from "./useCheckToken";

const icon = { "aria-hidden": true, className: "size-4 shrink-0", strokeWidth: 1.75 } as const;

/** What can be done with a token besides what its card offers. */
export function TokenMenu({ token }: { token: ListedToken }) {
  const mayAdminister = useMay("ADMIN");
  const mayOperate = useMay("OPERATOR");
  const operations = useOperations(token);
  const [deleting, setDeleting] = useState(false);
  const connected = token.state !== "AWAITING_SERVER_TOKEN";
  const items: MenuItem[] = [];
  if (mayOperate && connected) items.push(...operations);
  if (mayAdminister) {
    if (connected) items.push(renewal(token), "separator");
    items.push({ label: "Delete", icon: <Trash2 {...icon} />, danger: true, onSelect: () => setDeleting(true) });
  }
  if (items.length === 0) return null;
  return (
    <>
      <Menu
        align="end"
        trigger={<IconButton label={`More for ${token.name}`} variant="secondary" icon={<Ellipsis {...icon} />} />}
        items={items}
      />
      <DeleteTokenDialog token={token} open={deleting} onOpenChange={setDeleting} />
    </>
  );
}

function useOperations(token: ListedToken): MenuItem[] {
  const organization = useOrganizations().all?.find(({ id }) => id === token.id);
  const running = useRuns().get(token.id)?.status === "RUNNING";
  const { start } = useStartSync();
  const { check } = useCheckToken(token);
  const disabledReason = running ? "A sync is going on" : pausedBy(token.state);
  const sync = (full: boolean) => () => {
    if (organization) void start([organization], full);
  };
  return [
    { label: "Sync now", icon: <RefreshCw {...icon} />, disabledReason, onSelect: sync(false) },
    {
      label: "Full sync",
      hint: fullSyncHint,
      icon: <ListRestart {...icon} />,
      disabledReason,
      onSelect: sync(true),
    },
    // A token that is blocked has the button in its card.
    ...(isBlocked(token.state) ? [] : [{ label: "Check now", icon: <CircleCheck {...icon} />, onSelect: check }]),
  ];
}

function pausedBy(state: ListedToken["state"]): string | undefined {
  if (syncs(state)) return undefined;
  if (state === "EXPIRED") return "The token has expired";
  return state === "TERMS_NOT_ACCEPTED" ? "Apple's terms are not accepted" : "Apple does not accept the token";
}

function renewal({ id, renewalStarted }: ListedToken): MenuItem {
  return {
    label: renewalStarted ? "Continue renewal" : "Renew",
    icon: <RotateCw {...icon} />,
    render: (
      <Link to="/settings/abm/$tokenId/renew" params={{ tokenId: id }} search={renewalStarted ? { step: "2" } : {}} />
    ),
  };
}
