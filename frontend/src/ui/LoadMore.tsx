import { Button } from "./Button";

type LoadMoreProps = {
  has: boolean;
  fetching: boolean;
  /** Why the last attempt failed. */
  error?: string | undefined;
  onLoad: () => void;
};

/** The end of a list of which more can be fetched. */
export function LoadMore({ has, fetching, error, onLoad }: LoadMoreProps) {
  return (
    <>
      {error && <p className="text-bad-fg">More did not load. {error}</p>}
      {has && (
        <div>
          <Button size="small" className="max-sm:h-11" busy={fetching} busyLabel="Loading" onClick={onLoad}>
            Load more
          </Button>
        </div>
      )}
    </>
  );
}
