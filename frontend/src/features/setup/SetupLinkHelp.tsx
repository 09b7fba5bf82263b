import { KeyRound } from "lucide-react";
import { EmptyState } from "../../ui/EmptyState";

/** Where to find the link by which the first administrator is made. */
export function SetupLinkHelp({ children }: { /** Why the link is needed. */ children: React.ReactNode }) {
  return (
    <EmptyState icon={<KeyRound />} title="Open the setup link">
      <p>{children}</p>
      <p className="mt-2">
        The link is in the output of the server. <code className="font-mono">guardmdm serve</code> prints a new one at
        each start, until there is an administrator.
      </p>
    </EmptyState>
  );
}
