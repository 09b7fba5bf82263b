import { plural } from "../../lib/numbers";
import { StatusIcon } from "../../ui/StatusIcon";
import { Time } from "../../ui/Time";
import { statusOf } from "../../ui/vocabulary";
import { mayAct, useSession } from "../session/session";
import { DiagnosisActions } from "./DiagnosisActions";
import type { Diagnosis } from "./diagnosis";
import { Examples } from "./Examples";
import { WithTimes } from "./WithTimes";

/** One thing that is wrong: what people notice, why, what it is concluded from, and what mends it. */
export function DiagnosisRow({ diagnosis }: { diagnosis: Diagnosis }) {
  const { severity, symptom, cause, evidence, fix, sinceAt, affectedDevices, exampleSerialNumbers } = diagnosis;
  const { viewer } = useSession();
  // The button says it; where there is none, the words have to.
  const canAct = fix.actions.some(({ role }) => mayAct(viewer.role, role));
  const { tone, shape, word } = statusOf("diagnosis", severity);
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 border-border border-b px-4 py-3 last:border-b-0">
      <div className="flex min-w-0 flex-1 basis-72 gap-3">
        <StatusIcon shape={shape} tone={tone} className="mt-0.5 size-4" />
        <div className="grid min-w-0 gap-0.5">
          <h3 className="font-semibold wrap-anywhere">
            <span className="sr-only">{word}: </span>
            {symptom}
          </h3>
          <p className="text-fg-2 text-pretty wrap-anywhere">{cause}</p>
          {fix.text && !canAct && <p className="text-pretty wrap-anywhere">{fix.text}</p>}
          <Examples serialNumbers={exampleSerialNumbers} />
          <details className="text-hint">
            <summary className="w-fit cursor-pointer rounded-badge py-0.5 text-fg-3 hover:text-fg max-sm:py-3">
              {affectedDevices > 0 && `${plural(affectedDevices, "device")}. `}
              {sinceAt && (
                <>
                  Since <Time value={sinceAt} mode="relative" />.{" "}
                </>
              )}
              {canAct ? "What to do, and the evidence" : "Evidence"}
            </summary>
            <div className="mt-1 grid gap-1 text-fg-2 wrap-anywhere">
              {canAct && <p>{fix.text}</p>}
              <ul className="grid list-disc gap-0.5 pl-4">
                {evidence.map((line) => (
                  <li key={line}>
                    <WithTimes>{line}</WithTimes>
                  </li>
                ))}
                <li>
                  <code className="font-mono">{diagnosis.code}</code>
                </li>
              </ul>
            </div>
          </details>
        </div>
      </div>
      <div className="flex flex-wrap items-center justify-end gap-2 max-sm:w-full max-sm:*:flex-1">
        <DiagnosisActions actions={fix.actions} about={diagnosis} />
      </div>
    </li>
  );
}
