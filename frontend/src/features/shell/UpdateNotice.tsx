import { RefreshCw } from "lucide-react";
import { useEffect } from "react";
import { canReload, reloadOnce, useOutdated } from "../../lib/outdated";
import { Button } from "../../ui/Button";

const every = 1_000;

/**
 * Says that GuardMDM was upgraded under an open page, and begins anew as soon as that takes nothing from anybody: nothing was typed here, and no
 * dialog is open. It is no part that is loaded on demand: the server does not have those of this page any more.
 */
export function UpdateNotice() {
  const outdated = useOutdated();
  useEffect(() => {
    if (!outdated) return;
    const timer = setInterval(() => canReload() && reloadOnce(), every);
    return () => clearInterval(timer);
  }, [outdated]);
  if (!outdated) return null;
  return (
    <section
      aria-label="Update"
      className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-info-line border-b bg-info-soft px-4 py-2 text-info-fg sm:px-6"
    >
      <RefreshCw aria-hidden className="size-4 shrink-0" />
      <p role="alert">
        <b className="font-semibold">GuardMDM was updated.</b> This page is of the version before: reload it to go on.
      </p>
      <Button size="small" className="ml-auto" onClick={() => location.reload()}>
        Reload
      </Button>
    </section>
  );
}
