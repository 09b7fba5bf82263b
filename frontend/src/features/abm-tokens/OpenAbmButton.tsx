import { ExternalLink } from "lucide-react";
import { Button } from "../../ui/Button";
import { useSession } from "../session/session";
import { portalOf } from "./portal";

/** Opens Apple's site, where terms are accepted, beside this page. */
export function OpenAbmButton({ label = "Open ABM" }: { label?: string }) {
  const { url } = portalOf(useSession().instance);
  return (
    <Button render={<a href={url} target="_blank" rel="noreferrer" />}>
      {label}
      <ExternalLink aria-hidden className="size-4" strokeWidth={1.75} />
    </Button>
  );
}
