import { useEffect } from "react";
import { useSubscription } from "urql";
import { readFragment } from "../../gql";
import { useApi } from "../../graphql/ApiContext";
import { AssignmentBatchFragment, AssignmentProgressDocument, type Batch } from "./batch";

/** A batch as it goes on. While it runs, what else is on screen is fetched again. */
export function useBatch(known: Batch): Batch {
  const { refresher } = useApi();
  const [{ data }] = useSubscription({
    query: AssignmentProgressDocument,
    variables: { batchId: known.id },
    pause: known.status !== "RUNNING",
  });
  const told = readFragment(AssignmentBatchFragment, data?.assignmentProgress);
  const batch = told?.id === known.id && Date.parse(told.updatedAt) >= Date.parse(known.updatedAt) ? told : known;
  const running = batch.status === "RUNNING";
  useEffect(() => {
    if (!running) return;
    const stop = refresher.follow();
    return () => {
      stop();
      refresher.refresh(); // its end
    };
  }, [running, refresher]);
  return batch;
}
