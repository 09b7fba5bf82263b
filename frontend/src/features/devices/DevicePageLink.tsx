import { useNavigate } from "@tanstack/react-router";
import { Maximize2 } from "lucide-react";

/**
 * To the device's own page, from its row; O on the row does the same. No Link: hundreds of rows pass by in a second, and each of its kind
 * follows the router.
 */
export function DevicePageLink({ serial }: { serial: string }) {
  const navigate = useNavigate();
  const open = (event: React.MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return; // the browser's own: a new tab
    event.preventDefault();
    void navigate({ to: "/devices/$serialNumber", params: { serialNumber: serial } });
  };
  return (
    <a
      href={`/devices/${encodeURIComponent(serial)}`}
      tabIndex={-1}
      aria-label={`Page of ${serial}`}
      title="Open the device's page"
      onClick={open}
      className="ml-1 grid size-6 shrink-0 place-items-center rounded-badge text-fg-3 opacity-0 hover:bg-active hover:text-fg focus-visible:opacity-100 group-hover/row:opacity-100 group-focus/row:opacity-100 [@media(hover:none)]:opacity-100"
    >
      <Maximize2 aria-hidden className="size-3.5" strokeWidth={1.75} />
    </a>
  );
}
