import { useEffect, useState } from "react";
import { useQuery } from "urql";
import { problemOf } from "../../graphql/errors";
import { formatCount } from "../../lib/numbers";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { CountBadge } from "../../ui/CountBadge";
import { ErrorState } from "../../ui/ErrorState";
import { Skeleton } from "../../ui/Skeleton";
import { StatusIcon } from "../../ui/StatusIcon";
import { DiagnosisRow } from "./DiagnosisRow";
import { DiagnosesDocument, diagnosesContext } from "./diagnosis";

const mostRows = 5;
const every = 60_000; // what changes without a sync or an act here, such as a token that nears its end

/** What needs somebody now, each with its fix as a button. The server works it out from the evidence. */
export function NeedsAttention({ abmTokenId }: { abmTokenId: string | undefined }) {
  const [{ data, error }, again] = useQuery({
    query: DiagnosesDocument,
    variables: { abmTokenId: abmTokenId ?? null },
    context: diagnosesContext,
  });
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) again({ requestPolicy: "network-only" });
    }, every);
    return () => clearInterval(timer);
  }, [again]);
  const [all, setAll] = useState(false);

  const found = data?.diagnoses ?? [];
  const pressing = found.filter(({ severity }) => severity !== "INFO");
  const severe = found.some(({ severity }) => severity === "CRITICAL");
  const shown = all ? found : found.slice(0, mostRows);
  return (
    <Card
      title="Needs attention"
      meta={pressing.length > 0 && <CountBadge tone={severe ? "bad" : "warn"} count={pressing.length} />}
      padding={false}
    >
      {!data ? (
        error ? (
          <ErrorState
            {...problemOf(error)}
            title="What needs attention did not load"
            onRetry={() => again({ requestPolicy: "network-only" })}
          />
        ) : (
          <div className="p-4">
            <Skeleton rows={2} />
          </div>
        )
      ) : found.length === 0 ? (
        <p className="flex items-center gap-2 px-4 py-3 text-fg-2">
          <StatusIcon shape="check" tone="ok" /> Nothing needs attention.
        </p>
      ) : (
        <ul aria-label="Needs attention">
          {shown.map((diagnosis) => (
            <DiagnosisRow key={diagnosis.key} diagnosis={diagnosis} />
          ))}
        </ul>
      )}
      {found.length > mostRows && (
        <p className="border-border border-t px-4 py-2">
          <Button size="small" variant="ghost" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? "Show fewer" : `Show ${formatCount(found.length - mostRows)} more`}
          </Button>
        </p>
      )}
    </Card>
  );
}
