import { FlaskConical } from "lucide-react";
import { useSession } from "../session/session";

const strip =
  "flex shrink-0 flex-wrap items-center gap-x-3 gap-y-0.5 border-info-line border-b bg-info-soft px-4 py-1.5 text-info-fg sm:px-6";

/** Says so on every page when the service behind this server is not Apple's. */
export function ServiceBanner() {
  const { instance } = useSession();
  if (instance.isApple) return null;
  return (
    <section aria-label="Service" className={strip}>
      <FlaskConical aria-hidden className="size-4 shrink-0" />
      {instance.simulatedPortalUrl ? (
        <>
          <p>
            <b className="font-semibold">Simulated ABM is on.</b>{" "}
            <span className="max-sm:hidden">Nothing here reaches Apple.</span>
          </p>
          <a
            href={instance.simulatedPortalUrl}
            target="_blank"
            rel="noreferrer"
            className="relative ml-auto rounded-badge py-0.5 font-medium underline underline-offset-2 max-sm:after:absolute max-sm:after:-inset-x-2 max-sm:after:-inset-y-2.5"
          >
            Open <span className="max-sm:sr-only">the simulated ABM</span>
          </a>
        </>
      ) : (
        <p>
          <b className="font-semibold">This server does not talk to Apple.</b> GUARDMDM_ABM_URL names another service.
        </p>
      )}
    </section>
  );
}
