import { Link } from "@tanstack/react-router";
import { exactUTC } from "../../lib/time";
import { BeforeAfter } from "../../ui/BeforeAfter";
import { CopyButton } from "../../ui/CopyText";
import { textLink } from "../../ui/textLink";
import { type Change, changesOf, fieldsOf } from "./changes";
import type { Entry } from "./entry";

/** The whole of an entry: what changed, and where it came from. */
export function EntryDetail({ entry }: { entry: Entry }) {
  const changes = changesOf(entry.before, entry.after);
  const { syncRunId } = fieldsOf(entry.after);
  return (
    <div className="flex flex-wrap items-start gap-x-8 gap-y-3">
      {changes.length > 0 && (
        <ul
          aria-label="What changed"
          className="min-w-0 flex-1 basis-80 overflow-clip rounded-card border border-border bg-surface lg:max-w-2xl"
        >
          {changes.map((change) => (
            <ChangeRow key={change.field} change={change} />
          ))}
        </ul>
      )}
      <dl className="grid min-w-0 grid-cols-[auto_minmax(0,1fr)] items-center gap-x-4 gap-y-1">
        <Fact label="Time, UTC">
          <span className="font-mono text-serial">{exactUTC(entry.at)}</span>
        </Fact>
        {entry.objectName && <Fact label="Object">{entry.objectName}</Fact>}
        {entry.remoteAddress && <Fact label="Address">{entry.remoteAddress}</Fact>}
        {typeof syncRunId === "string" && (
          <Fact label="Sync run">
            <Link to="/sync/$runId" params={{ runId: syncRunId }} className={textLink}>
              Open the run
            </Link>
          </Fact>
        )}
        {entry.requestId && (
          <Fact label="Request">
            <span className="flex items-center gap-1">
              <code className="select-all font-mono text-serial wrap-anywhere">{entry.requestId}</code>
              <CopyButton label="request ID" text={entry.requestId} />
            </span>
          </Fact>
        )}
      </dl>
      {entry.objectId && (
        <Link
          to="/settings/audit"
          search={{ object: entry.objectId }}
          className="text-accent-fg hover:underline max-sm:py-3 sm:ml-auto"
        >
          All entries of this object
        </Link>
      )}
    </div>
  );
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <>
      <dt className="text-fg-3 text-hint">{label}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </>
  );
}

function ChangeRow({ change: { field, before, after } }: { change: Change }) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-border border-b px-3 py-1.5 last:border-b-0">
      <code className="font-mono text-serial">{field}</code>
      <span className="font-mono text-serial">
        <BeforeAfter before={before} after={after} />
      </span>
    </li>
  );
}
