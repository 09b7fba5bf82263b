import { useNavigate, useSearch } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { DeviceDiagnosis } from "../features/diagnoses/DeviceDiagnosis";
import { DiagnosisTable } from "../features/diagnoses/DiagnosisTable";
import type { Diagnosis } from "../features/diagnoses/diagnosis";
import { PassedChecks } from "../features/diagnoses/PassedChecks";
import { useDiagnoses } from "../features/diagnoses/useDiagnoses";
import { usePassedChecks } from "../features/diagnoses/usePassedChecks";
import { HelpLink } from "../features/help/HelpLink";
import { useOrganization } from "../features/shell/OrganizationSwitcher";
import { Page } from "../features/shell/Page";
import { problemOf } from "../graphql/errors";
import { plural } from "../lib/numbers";
import { useShortcuts } from "../lib/shortcuts";
import { Button } from "../ui/Button";
import { Card } from "../ui/Card";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { SearchInput } from "../ui/SearchInput";
import { Skeleton } from "../ui/Skeleton";
import { StatusIcon } from "../ui/StatusIcon";
import { Time } from "../ui/Time";

/** What is wrong, why, and what mends it; and how far one device has come. */
export function TroubleshootingPage() {
  const { serial } = useSearch({ from: "/app/troubleshooting" });
  const navigate = useNavigate({ from: "/troubleshooting" });
  const diagnose = (next: string | undefined) => void navigate({ search: (now) => ({ ...now, serial: next }) });
  const organization = useOrganization();
  const { found, error, fetching, again, checkedAt } = useDiagnoses(organization?.id);
  const passing = usePassedChecks(organization?.id);
  const checkAgain = () => {
    again();
    passing.again();
  };
  return (
    <Page
      title="Troubleshooting"
      crumbs={[{ label: "Activity" }]}
      windowTitle={serial ? `Diagnosis of ${serial}` : "Troubleshooting"}
      state={
        checkedAt && (
          <>
            Checked <Time value={checkedAt} mode="relative" />, every minute
          </>
        )
      }
      actions={
        <Button variant="primary" busy={fetching} busyLabel="Checking" onClick={checkAgain}>
          Check now
        </Button>
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p className="flex flex-wrap items-baseline gap-x-3">
            <span className="text-page">{found ? summary(found) : "Looking"}</span>
            {found && passing.passed && (
              <span className="text-fg-2">
                {found.length > 0
                  ? `${plural(passing.passed.length, "other check")} ${passing.passed.length === 1 ? "passes" : "pass"}`
                  : plural(passing.passed.length, "check")}
              </span>
            )}
          </p>
          <DiagnoseField key={serial} serial={serial ?? ""} onDiagnose={diagnose} />
        </div>
        {serial && <DeviceDiagnosis key={serial} serialNumber={serial} onClose={() => diagnose(undefined)} />}
        {found ? (
          found.length > 0 ? (
            <DiagnosisTable found={found} />
          ) : (
            <Card>
              <EmptyState icon={<StatusIcon shape="check" tone="ok" />} title="Nothing is wrong">
                Below is what was looked at.
              </EmptyState>
            </Card>
          )
        ) : (
          <Card>
            {error ? (
              <ErrorState {...problemOf(error)} title="What is wrong did not load" onRetry={again} />
            ) : (
              <Skeleton rows={6} />
            )}
          </Card>
        )}
        <PassedChecks {...passing} />
        <p className="text-fg-3 text-hint">
          <HelpLink topic="abm-integration" section="enrollment-flow-with-abm">
            The way of a device
          </HelpLink>
          , and{" "}
          <HelpLink topic="device-enrollment" section="when-a-device-is-refused">
            why devices are refused
          </HelpLink>
        </p>
      </div>
    </Page>
  );
}

function summary(found: readonly Diagnosis[]): string {
  const problems = found.filter(({ severity }) => severity !== "INFO").length;
  const notes = found.length - problems;
  if (found.length === 0) return "Nothing is wrong";
  const parts = [problems > 0 && plural(problems, "problem"), notes > 0 && plural(notes, "note")].filter(Boolean);
  return parts.join(", ");
}

function DiagnoseField(props: { serial: string; onDiagnose: (serial: string | undefined) => void }) {
  const [text, setText] = useState(props.serial);
  const input = useRef<HTMLInputElement>(null);
  useShortcuts({ d: () => input.current?.focus() });
  return (
    <search className="w-full sm:w-80">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          props.onDiagnose(text.trim().toUpperCase() || undefined);
        }}
      >
        <SearchInput
          ref={input}
          label="Diagnose one serial number"
          placeholder="Diagnose one serial number"
          shortcut="D"
          enterKeyHint="search"
          value={text}
          onValueChange={setText}
        />
      </form>
    </search>
  );
}
