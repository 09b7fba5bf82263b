import { lazy, Suspense, useState } from "react";
import { loadPart } from "../../lib/loadPart";
import { Button } from "../../ui/Button";
import { useMay } from "../session/session";
import type { CommandBatch } from "./batch";
import { commandWord } from "./commands";
import { notDoneOf, openOf } from "./resend";

const ResendDialog = lazy(() =>
  loadPart(() => import("./ResendDialog")).then((module) => ({ default: module.ResendDialog })),
);

/** Whether it is the administrators' to send it: erasing is, and what has no form. */
const isForAdmins = (requestType: string) => requestType === "EraseDevice" || commandWord(requestType) === requestType;

const soon = 60 * 60_000; // until then devices that do not answer are nothing unusual, and asked again often enough

/** Sends a command again to the devices of its batch that did not do it. */
export function ResendButton({ batch }: { batch: CommandBatch }) {
  const may = useMay(isForAdmins(batch.requestType) ? "ADMIN" : "OPERATOR");
  const [open, setOpen] = useState(false);
  const failed = notDoneOf(batch) > 0;
  if (!may || (!failed && (openOf(batch) === 0 || Date.now() - Date.parse(batch.createdAt) < soon))) return null;
  return (
    <>
      <Button aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {failed ? "Send again" : "Ask again"}
      </Button>
      {open && (
        <Suspense>
          <ResendDialog batch={batch} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
