import { Link } from "@tanstack/react-router";
import { X } from "lucide-react";
import { useQuery } from "urql";
import { graphql } from "../../gql";
import type { DiagnoseDeviceQuery } from "../../gql/graphql";
import { problemOf } from "../../graphql/errors";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { ErrorState } from "../../ui/ErrorState";
import { IconButton } from "../../ui/IconButton";
import { Skeleton } from "../../ui/Skeleton";
import { StatusIcon } from "../../ui/StatusIcon";
import { Time } from "../../ui/Time";
import { textLink } from "../../ui/textLink";
import { statusOf, wordFor } from "../../ui/vocabulary";
import { DiagnosisActions, type Subject } from "./DiagnosisActions";
import { WithTimes } from "./WithTimes";

const DiagnoseDeviceDocument = graphql(`
  query DiagnoseDevice($serialNumber: String!) {
    diagnoseDevice(serialNumber: $serialNumber) {
      serialNumber
      standsAt
      device {
        id
        serialNumber
        model
      }
      abmToken {
        id
        name
      }
      adeProfile {
        id
      }
      steps {
        kind
        verdict
        text
        evidence
        at
        fix {
          text
          actions {
            kind
            role
          }
        }
      }
    }
  }
`);

type Way = DiagnoseDeviceQuery["diagnoseDevice"];
type Step = Way["steps"][number];

// Apple is asked each time, so it is not asked again with every change on the page.
const context = { additionalTypenames: [] };

/** How far one serial number has come from Apple to its user, and what is next. */
export function DeviceDiagnosis({ serialNumber, onClose }: { serialNumber: string; onClose: () => void }) {
  const [{ data, error, fetching }, refetch] = useQuery({
    query: DiagnoseDeviceDocument,
    variables: { serialNumber },
    requestPolicy: "network-only",
    context,
  });
  const way = data?.diagnoseDevice;
  const again = () => refetch({ requestPolicy: "network-only" });
  return (
    <Card
      title={`Diagnosis of ${way?.serialNumber ?? serialNumber}`}
      meta={way && [way.device?.model, way.abmToken?.name].filter(Boolean).join(", ")}
      action={
        <>
          <Button size="small" className="max-sm:h-11" busy={fetching} busyLabel="Asking" onClick={again}>
            Ask again
          </Button>
          <IconButton
            label="Close the diagnosis"
            icon={<X aria-hidden className="size-4" strokeWidth={1.75} />}
            onClick={onClose}
          />
        </>
      }
    >
      {way ? (
        <Steps way={way} />
      ) : error ? (
        <ErrorState {...problemOf(error)} title="There is no diagnosis" onRetry={again} />
      ) : (
        <Skeleton rows={10} />
      )}
    </Card>
  );
}

function Steps({ way }: { way: Way }) {
  const stands = way.steps.find(({ kind }) => kind === way.standsAt);
  return (
    <>
      <p role="status" className="text-pretty">
        {stands ? (
          <>
            It stands at <b className="font-semibold">{wordFor("deviceDiagnosisStep", stands.kind)}</b>: {stands.text}
          </>
        ) : (
          <>It has arrived{way.steps.every(({ verdict }) => verdict === "PASSED") && ": every step is done"}.</>
        )}{" "}
        {way.device && (
          <Link
            to="/devices/$serialNumber"
            params={{ serialNumber: way.device.serialNumber }}
            className={`${textLink} underline`}
          >
            Open the device
          </Link>
        )}
      </p>
      <ol aria-label="Steps" className="grid">
        {way.steps.map((step) => (
          <StepRow key={step.kind} step={step} about={way} stands={step === stands} />
        ))}
      </ol>
    </>
  );
}

function StepRow({ step, about, stands }: { step: Step; about: Subject; stands: boolean }) {
  const { kind, verdict, text, evidence, at, fix } = step;
  const { tone, shape, word } = statusOf("diagnosisStep", verdict);
  const later = verdict === "NOT_REACHED";
  return (
    <li aria-current={stands ? "step" : undefined} className="group relative flex gap-3 pb-4 last:pb-0">
      <span aria-hidden className="absolute top-6 bottom-1 left-2 w-px bg-border-2 group-last:hidden" />
      <StatusIcon shape={shape} tone={tone} className="mt-0.5 size-4" />
      <div className="grid min-w-0 flex-1 gap-0.5">
        <h3 className={later ? "text-fg-2" : "font-[550]"}>
          {wordFor("deviceDiagnosisStep", kind)}
          <span className="sr-only">: {word}</span>
          {at && !later && (
            <span className="ml-2 font-normal text-fg-3 text-hint">
              <Time value={at} />
            </span>
          )}
        </h3>
        <p className="max-w-prose text-fg-2 text-pretty wrap-anywhere">{text}</p>
        {evidence.length > 0 && !later && (
          <ul className="grid gap-0.5 text-fg-3 text-hint wrap-anywhere">
            {evidence.map((line) => (
              <li key={line}>
                <WithTimes>{line}</WithTimes>
              </li>
            ))}
          </ul>
        )}
        {!later && verdict !== "PASSED" && fix.text && (
          <div className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-control border border-border bg-sunken px-3 py-2">
            <p className="min-w-0 flex-1 basis-64 text-pretty wrap-anywhere">
              <span className="font-medium">Next: </span>
              {fix.text}
            </p>
            <div className="flex flex-wrap items-center gap-2 max-sm:w-full max-sm:flex-col max-sm:items-stretch">
              <DiagnosisActions actions={fix.actions} about={about} />
            </div>
          </div>
        )}
      </div>
    </li>
  );
}
