import { Banner } from "../ui/Banner";
import { Button } from "../ui/Button";
import { Card } from "../ui/Card";
import { ErrorState } from "../ui/ErrorState";
import { Skeleton } from "../ui/Skeleton";
import { problemOf } from "./errors";
import type { Pages } from "./usePages";

type PagedListProps<Page> = {
  list: Pages<Page>;
  children: (pages: readonly Page[]) => React.ReactNode;
};

/** Rows with what belongs to their pages: what stands in their place while there are none, and the way to more. Old rows stay beside an error. */
export function PagedList<Page>({ list: { pages, error, more, loadingMore, retry }, children }: PagedListProps<Page>) {
  return (
    <div className="grid gap-3">
      {pages && error && (
        <Banner
          tone="bad"
          title="These rows may be old"
          action={
            <Button size="small" onClick={retry}>
              Try again
            </Button>
          }
        >
          {problemOf(error).message}
        </Banner>
      )}
      {pages ? (
        children(pages)
      ) : (
        <Card>{error ? <ErrorState {...problemOf(error)} onRetry={retry} /> : <Skeleton rows={5} />}</Card>
      )}
      {(more || loadingMore) && (
        <div className="text-center">
          <Button busy={loadingMore} busyLabel="Loading" onClick={more}>
            Load more
          </Button>
        </div>
      )}
    </div>
  );
}
