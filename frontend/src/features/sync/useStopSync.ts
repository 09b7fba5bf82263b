import { useState } from "react";
import { useMutation } from "urql";
import { problemOf } from "../../graphql/errors";
import { useToast } from "../../ui/Toast";
import { CancelSyncDocument } from "./run";
import type { Run } from "./SyncProvider";

/** Stops runs after the page that each is storing; until they have stopped they are `stopping`. */
export function useStopSync(runs: readonly Run[]) {
  const [, cancelSync] = useMutation(CancelSyncDocument);
  const { show } = useToast();
  const [asked, setAsked] = useState<ReadonlySet<string>>(new Set());
  const running = runs.filter((run) => run.status === "RUNNING");

  const stop = async () => {
    setAsked(new Set(running.map((run) => run.id)));
    await Promise.all(
      running.map(async ({ id }) => {
        const { data, error } = await cancelSync({ input: { syncRunId: id } });
        // A conflict is a run that has ended by itself meanwhile.
        const refusal = data?.cancelSync.userErrors.find((userError) => userError.code !== "CONFLICT");
        if (!error && !refusal) return;
        setAsked(new Set());
        const problem = error ? problemOf(error) : refusal;
        show({ tone: "bad", title: "The sync did not stop", description: problem?.message });
      }),
    );
  };

  return { stop, stopping: running.some((run) => asked.has(run.id)) };
}
