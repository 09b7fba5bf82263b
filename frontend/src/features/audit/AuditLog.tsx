import { ScrollText } from "lucide-react";
import { problemOf } from "../../graphql/errors";
import { Banner } from "../../ui/Banner";
import { Button } from "../../ui/Button";
import { EmptyState } from "../../ui/EmptyState";
import { ErrorState } from "../../ui/ErrorState";
import { Skeleton } from "../../ui/Skeleton";
import { AuditTable } from "./AuditTable";
import { type AuditFilter, whereOf } from "./filter";
import { useAuditEntries } from "./useAuditEntries";

type AuditLogProps = { filter: AuditFilter; onReset: () => void };

/** The entries that match a filter, newest first. For another filter it needs another key. */
export function AuditLog({ filter, onReset }: AuditLogProps) {
  const { rows, error, retry, more } = useAuditEntries(whereOf(filter));
  if (!rows) {
    return error ? (
      <ErrorState {...problemOf(error)} onRetry={retry} />
    ) : (
      <div className="p-4 sm:p-6">
        <Skeleton rows={10} />
      </div>
    );
  }
  if (rows.length === 0) return <NoEntries onReset={onReset} />;
  const failed = more.error ?? error;
  return (
    <>
      <AuditTable entries={rows} />
      <div className="grid justify-items-center gap-3 px-4 py-4 sm:px-6">
        {failed && (
          <Banner tone="bad" title={problemOf(failed).title}>
            {problemOf(failed).message} {problemOf(failed).hint}
          </Banner>
        )}
        {more.has ? (
          <Button busy={more.fetching} busyLabel="Loading" onClick={() => void more.load()}>
            Load more
          </Button>
        ) : (
          <p className="text-fg-3 text-hint">No earlier entries.</p>
        )}
      </div>
    </>
  );
}

function NoEntries({ onReset }: { onReset: () => void }) {
  return (
    <EmptyState
      icon={<ScrollText aria-hidden />}
      title="No entries match"
      action={<Button onClick={onReset}>Show all entries</Button>}
    >
      Nobody did this, or not to this object.
    </EmptyState>
  );
}
