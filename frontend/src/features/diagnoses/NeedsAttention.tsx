import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { problemOf } from "../../graphql/errors";
import { formatCount, plural } from "../../lib/numbers";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { CountBadge } from "../../ui/CountBadge";
import { ErrorState } from "../../ui/ErrorState";
import { Skeleton } from "../../ui/Skeleton";
import { StatusIcon } from "../../ui/StatusIcon";
import { textLink } from "../../ui/textLink";
import { DiagnosisRow } from "./DiagnosisRow";
import { useDiagnoses } from "./useDiagnoses";

const mostRows = 5;

/** What needs somebody now, each with its fix as a button. The server works it out from the evidence. */
export function NeedsAttention({ abmTokenId }: { abmTokenId: string | undefined }) {
  const { found: all, error, again } = useDiagnoses(abmTokenId);
  const [whole, setWhole] = useState(false);

  const found = all ?? [];
  const pressing = found.filter(({ severity }) => severity !== "INFO");
  const notes = found.length - pressing.length;
  const severe = found.some(({ severity }) => severity === "CRITICAL");
  const shown = whole ? found : found.slice(0, mostRows);
  return (
    <Card
      title="Needs attention"
      meta={
        pressing.length > 0 && (
          <span className="flex items-center gap-2">
            <CountBadge tone={severe ? "bad" : "warn"} count={pressing.length} />
            {/* Beside the link, a phone has no room for it. */}
            {notes > 0 && <span className="max-sm:sr-only">{`and ${plural(notes, "note")}`}</span>}
          </span>
        )
      }
      action={
        <Link to="/troubleshooting" className={textLink}>
          Open troubleshooting
        </Link>
      }
      padding={false}
    >
      {!all ? (
        error ? (
          <ErrorState {...problemOf(error)} title="What needs attention did not load" onRetry={again} />
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
          <Button size="small" variant="ghost" aria-expanded={whole} onClick={() => setWhole(!whole)}>
            {whole ? "Show fewer" : `Show ${formatCount(found.length - mostRows)} more`}
          </Button>
        </p>
      )}
    </Card>
  );
}
