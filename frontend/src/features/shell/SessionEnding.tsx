import { countdown } from "../../lib/time";
import { useNow } from "../../lib/useNow";
import { useSession } from "../session/session";

const warnBefore = 2 * 60_000;

/** Warns 2 minutes before the session ends, so that nobody loses what they were typing. */
export function SessionEnding() {
  const { sessionExpiresAt } = useSession().viewer;
  const now = useNow(1_000);
  if (!sessionExpiresAt) return null;
  const left = Date.parse(sessionExpiresAt) - now;
  if (left > warnBefore) return null;
  return (
    <section
      aria-label="Session"
      className="shrink-0 border-warn-line border-b bg-warn-soft px-4 py-2 text-warn-fg sm:px-6"
    >
      {/* The clock stands beside the alert: inside, it would be read out each second. */}
      <p role="alert" className="inline">
        {left > 0
          ? "Your session ends soon. Save your work, then sign in again."
          : "Your session has ended. Sign in again to go on."}
      </p>
      {left > 0 && (
        <span aria-hidden className="pl-2 tabular-nums">
          {countdown(sessionExpiresAt, now)}
        </span>
      )}
    </section>
  );
}
