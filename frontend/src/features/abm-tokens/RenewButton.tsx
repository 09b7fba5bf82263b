import { Link } from "@tanstack/react-router";
import { Button } from "../../ui/Button";
import type { ListedToken } from "./tokenList";

export type RenewButtonProps = { token: Pick<ListedToken, "id" | "renewalStarted">; primary?: boolean };

/** Leads to the renewal, or on to one that is under way. */
export function RenewButton({ token: { id, renewalStarted }, primary = false }: RenewButtonProps) {
  return (
    <Button
      variant={primary ? "primary" : "secondary"}
      render={
        <Link to="/settings/abm/$tokenId/renew" params={{ tokenId: id }} search={renewalStarted ? { step: "2" } : {}} />
      }
    >
      {renewalStarted ? "Continue renewal" : primary ? "Renew token" : "Renew"}
    </Button>
  );
}
