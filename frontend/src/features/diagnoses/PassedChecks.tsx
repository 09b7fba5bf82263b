import { problemOf } from "../../graphql/errors";
import { Card } from "../../ui/Card";
import { CountBadge } from "../../ui/CountBadge";
import { ErrorState } from "../../ui/ErrorState";
import { Skeleton } from "../../ui/Skeleton";
import { StatusIcon } from "../../ui/StatusIcon";
import type { usePassedChecks } from "./usePassedChecks";
import { WithTimes } from "./WithTimes";

/** What was looked at and is as it should be, so that what is not found has a place too. */
export function PassedChecks({ passed, error, again }: ReturnType<typeof usePassedChecks>) {
  if (passed?.length === 0) return null;
  return (
    <Card title="Passing" meta={passed && <CountBadge tone="muted" count={passed.length} />} padding={false}>
      {passed ? (
        <ul aria-label="Checks that pass" className="-mb-px grid sm:grid-cols-2 xl:grid-cols-3">
          {passed.map(({ code, name, detail }) => (
            <li
              key={code}
              className="-mr-px flex min-h-11 flex-wrap items-center gap-x-3 gap-y-0.5 border-border border-r border-b px-4 py-2"
            >
              <StatusIcon shape="check" tone="ok" />
              <span className="min-w-0 font-medium">{name}</span>
              <span className="ml-auto text-fg-3 text-hint tabular-nums wrap-anywhere">
                <WithTimes>{detail}</WithTimes>
              </span>
            </li>
          ))}
        </ul>
      ) : error ? (
        <ErrorState {...problemOf(error)} title="The checks that pass did not load" onRetry={again} />
      ) : (
        <div className="p-4">
          <Skeleton rows={4} />
        </div>
      )}
    </Card>
  );
}
