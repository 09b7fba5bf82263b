import { clsx } from "clsx";
import { useNow } from "../../lib/useNow";
import { Button } from "../../ui/Button";
import { type SimpleColumn, SimpleTable } from "../../ui/SimpleTable";
import { Status } from "../../ui/Status";
import { Time } from "../../ui/Time";
import { wordFor } from "../../ui/vocabulary";
import { type ApiToken, hasEnded, statusOf } from "./apiToken";

type ApiTokensTableProps = {
  tokens: readonly ApiToken[];
  /** Left out for those who may not change anything. */
  onRevoke: ((token: ApiToken) => void) | undefined;
};

export function ApiTokensTable({ tokens, onRevoke }: ApiTokensTableProps) {
  const now = useNow(60_000);
  const columns: SimpleColumn<ApiToken>[] = [
    { id: "token", header: "Token", cell: (token) => <NameAndMaker token={token} ended={hasEnded(token, now)} /> },
    {
      id: "hint",
      header: "Starts with",
      priority: 3,
      cell: ({ hint }) => <code className="font-mono text-fg-2 text-serial">{hint}…</code>,
    },
    { id: "role", header: "Role", cell: ({ role }) => wordFor("role", role) },
    { id: "status", header: "Status", phone: "status", cell: (token) => <Status {...statusOf(token, now)} /> },
    {
      id: "used",
      header: "Last used",
      priority: 2,
      cell: ({ lastUsedAt }) => <Time value={lastUsedAt} mode="relative" />,
    },
    {
      id: "expires",
      header: "Expires",
      priority: 2,
      cell: ({ expiresAt }) => <Time value={expiresAt} mode="date" />,
    },
  ];
  if (onRevoke) {
    columns.push({
      id: "actions",
      header: "Actions",
      align: "end",
      phone: "status",
      cell: (token) =>
        !hasEnded(token, now) && (
          <Button
            size="small"
            aria-label={`Revoke ${token.name}`}
            aria-haspopup="dialog"
            onClick={() => onRevoke(token)}
          >
            Revoke
          </Button>
        ),
    });
  }
  return (
    <SimpleTable caption="API tokens" density="comfortable" columns={columns} rows={tokens} rowKey={({ id }) => id} />
  );
}

function NameAndMaker({ token, ended }: { token: ApiToken; ended: boolean }) {
  return (
    <div>
      <div className={clsx("font-medium wrap-anywhere", ended ? "text-fg-3" : "text-fg")}>{token.name}</div>
      <div className="font-normal text-fg-3 text-hint">
        {token.createdBy}, <Time value={token.createdAt} mode="date" />
      </div>
    </div>
  );
}
