import { Link } from "@tanstack/react-router";
import { plural } from "../../lib/numbers";
import { Card } from "../../ui/Card";
import { StatusIcon } from "../../ui/StatusIcon";
import { Time } from "../../ui/Time";
import { textLink } from "../../ui/textLink";
import { statusOf } from "../../ui/vocabulary";
import { affectedSearch } from "./affected";
import { DiagnosisActions } from "./DiagnosisActions";
import type { Diagnosis } from "./diagnosis";
import { Examples } from "./Examples";
import { WithTimes } from "./WithTimes";

const columns = "lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)_minmax(0,5fr)]";

/** Symptom, likely cause, evidence and solution of all that is wrong. */
export function DiagnosisTable({ found }: { found: readonly Diagnosis[] }) {
  return (
    <Card padding={false}>
      <div aria-hidden className={`hidden h-9 items-center gap-4 border-border border-b px-4 lg:grid ${columns}`}>
        {["Symptom", "Likely cause", "Evidence"].map((name) => (
          <span key={name} className="font-medium text-fg-2 text-hint first:pl-7">
            {name}
          </span>
        ))}
      </div>
      <ul aria-label="Problems">
        {found.map((diagnosis) => (
          <Row key={diagnosis.key} diagnosis={diagnosis} />
        ))}
      </ul>
    </Card>
  );
}

function Row({ diagnosis }: { diagnosis: Diagnosis }) {
  const { severity, symptom, cause, evidence, fix, code } = diagnosis;
  const { tone, shape, word } = statusOf("diagnosis", severity);
  return (
    <li className="border-border border-b px-4 py-3 last:border-b-0">
      <div className={`grid gap-x-4 gap-y-2 ${columns}`}>
        <div className="flex min-w-0 gap-3">
          <StatusIcon shape={shape} tone={tone} className="mt-0.5 size-4" />
          <div className="grid min-w-0 content-start gap-0.5">
            <h2 className="text-card wrap-anywhere">
              <span className="sr-only">{word}: </span>
              {symptom}
            </h2>
            <Affected diagnosis={diagnosis} />
          </div>
        </div>
        <Part name="Likely cause">
          <p className="text-fg-2 text-pretty wrap-anywhere">{cause}</p>
        </Part>
        <Part name="Evidence">
          <ul className="grid gap-0.5 text-fg-2 text-hint wrap-anywhere">
            {evidence.map((line) => (
              <li key={line}>
                <WithTimes>{line}</WithTimes>
              </li>
            ))}
            <li className="font-mono text-fg-3">{code}</li>
          </ul>
        </Part>
      </div>
      <div className="mt-3 ml-7 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-control border border-border bg-sunken px-3 py-2">
        <p className="min-w-0 flex-1 basis-64 text-pretty wrap-anywhere">
          <span className="font-medium">Solution: </span>
          {fix.text}
        </p>
        <div className="flex flex-wrap items-center gap-2 max-sm:w-full max-sm:flex-col max-sm:items-stretch">
          <DiagnosisActions actions={fix.actions} about={diagnosis} />
        </div>
      </div>
    </li>
  );
}

/** A cell; where the columns are under each other it says which one it is. */
function Part({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className="min-w-0 max-lg:ml-7">
      <p className="text-fg-3 text-hint lg:sr-only">{name}</p>
      {children}
    </div>
  );
}

function Affected({ diagnosis }: { diagnosis: Diagnosis }) {
  const { affectedDevices, affectedWhere, exampleSerialNumbers, sinceAt } = diagnosis;
  const search = affectedDevices > 0 ? affectedSearch(affectedWhere) : undefined;
  const number = plural(affectedDevices, "device");
  return (
    <div className="grid gap-0.5 text-fg-3 text-hint">
      <p>
        {search ? (
          <Link to="/devices" search={search} className={`${textLink} underline`}>
            {number}
          </Link>
        ) : (
          affectedDevices > 0 && number
        )}
        {affectedDevices > 0 && sinceAt && ", "}
        {sinceAt && (
          <>
            since <Time value={sinceAt} />
          </>
        )}
      </p>
      <Examples serialNumbers={exampleSerialNumbers} />
    </div>
  );
}
