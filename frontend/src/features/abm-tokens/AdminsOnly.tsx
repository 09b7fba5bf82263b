import { Link } from "@tanstack/react-router";
import { Lock } from "lucide-react";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { EmptyState } from "../../ui/EmptyState";
import { useMay } from "../session/session";

/** The exchange of tokens is for administrators: whoever else comes here by a link is told so. */
export function AdminsOnly({ children }: { children: React.ReactNode }) {
  if (useMay("ADMIN")) return children;
  return (
    <Card>
      <EmptyState
        icon={<Lock />}
        title="Administrators connect and renew"
        action={<Button render={<Link to="/settings/abm" />}>Show the tokens</Button>}
      >
        Your role can see the tokens, but not exchange them. Ask an administrator.
      </EmptyState>
    </Card>
  );
}
