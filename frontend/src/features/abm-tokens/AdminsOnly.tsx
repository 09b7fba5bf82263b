import { Link } from "@tanstack/react-router";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { NoPermission } from "../../ui/NoPermission";
import { useMay } from "../session/session";

/** The exchange of tokens is for administrators: whoever else comes here by a link is told so. */
export function AdminsOnly({ children }: { children: React.ReactNode }) {
  if (useMay("ADMIN")) return children;
  return (
    <Card>
      <NoPermission
        title="Administrators connect and renew"
        action={<Button render={<Link to="/settings/abm" />}>Show the tokens</Button>}
      >
        Your role can see the tokens, but not exchange them. Ask an administrator.
      </NoPermission>
    </Card>
  );
}
