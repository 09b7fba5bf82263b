import { Link } from "@tanstack/react-router";
import { Button } from "../../ui/Button";
import { DialogBody, DialogFooter } from "../../ui/Dialog";
import { StopBatchButton } from "./BatchActions";
import { BatchProgress } from "./BatchProgress";
import type { Batch } from "./batch";
import { useBatch } from "./useBatch";

/** How a batch goes on, in the dialog that began it. */
export function BatchInDialog({ batch: begun, onClose }: { batch: Batch; onClose: () => void }) {
  const batch = useBatch(begun);
  return (
    <>
      <DialogBody>
        <BatchProgress batch={batch} />
        <p className="text-fg-2">The rules hold at once; Apple is told in the background. You can close this.</p>
      </DialogBody>
      <DialogFooter>
        <StopBatchButton batch={batch} />
        <Button render={<Link to="/assignments/$batchId" params={{ batchId: batch.id }} />}>Show each device</Button>
        <Button variant="primary" onClick={onClose}>
          Close
        </Button>
      </DialogFooter>
    </>
  );
}
