import { SearchX } from "lucide-react";
import { EmptyState } from "../../ui/EmptyState";

/** In place of a device that was never here. */
export function NoSuchDevice({ serial, action }: { serial: string; action?: React.ReactNode }) {
  return (
    <EmptyState icon={<SearchX />} title="There is no device with this serial number" action={action}>
      <span className="font-mono wrap-anywhere">{serial}</span> was never assigned to GuardMDM in Apple Business
      Manager, or the address is not complete.
    </EmptyState>
  );
}
