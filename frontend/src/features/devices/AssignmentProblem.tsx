import { plural } from "../../lib/numbers";
import { countdown, dateTime } from "../../lib/time";
import { useNow } from "../../lib/useNow";
import { Banner } from "../../ui/Banner";
import type { DeviceProfile } from "./deviceProfile";

type Problem = NonNullable<DeviceProfile["assignmentProblem"]>;

// Nothing is wrong: Apple is told later, or on purpose not at all.
const quiet: ReadonlySet<string> = new Set(["PENDING", "FIRST_SYNC", "OBSERVED"]);

/** What Apple has not got yet, why, and when it is asked again. */
export function AssignmentProblem({ problem }: { problem: Problem }) {
  const { code, message, hint, nextAttemptAt, attempts } = problem;
  const waits = quiet.has(code);
  return (
    <Banner
      tone={waits ? "info" : nextAttemptAt ? "warn" : "bad"}
      title={waits ? "Apple is not told" : `Apple does not have the profile: ${code}`}
    >
      <p className="text-pretty">
        {message} {hint}
      </p>
      {(attempts > 0 || nextAttemptAt) && (
        <p className="text-fg-3 text-hint">
          {attempts > 0 && `Tried ${plural(attempts, "time")}. `}
          {nextAttemptAt ? <NextAttempt at={nextAttemptAt} /> : attempts > 0 && "Apple is not asked again by itself."}
        </p>
      )}
    </Banner>
  );
}

const soon = 3_600_000;

function NextAttempt({ at }: { at: string }) {
  const now = useNow();
  const left = Date.parse(at) - now;
  if (left <= 0) return "The next try is due.";
  return (
    <span className="tabular-nums">
      Next try at {dateTime(at, now, { seconds: left < soon })}
      {left < soon && `, in ${countdown(at, now)}`}
    </span>
  );
}
