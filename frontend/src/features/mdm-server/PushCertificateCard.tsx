import { BellRing } from "lucide-react";
import { daysLeft, expires } from "../../lib/time";
import { useNow } from "../../lib/useNow";
import { Banner } from "../../ui/Banner";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { StatusChip } from "../../ui/Chip";
import { DefinitionList } from "../../ui/DefinitionList";
import { EmptyState } from "../../ui/EmptyState";
import { Time } from "../../ui/Time";
import { useMay } from "../session/session";
import { PushCertificateSteps } from "./PushCertificateSteps";
import type { PushCertificate } from "./server";

type PushCertificateCardProps = {
  certificate: PushCertificate | undefined;
  renewing: boolean;
  onRenewing: (renewing: boolean) => void;
};

/** The certificate without which no device enrolls or is called, and the way to one. */
export function PushCertificateCard({ certificate, renewing, onRenewing }: PushCertificateCardProps) {
  const mayExchange = useMay("ADMIN");
  const open = mayExchange && renewing;
  return (
    <Card
      title="Push certificate"
      meta={certificate && <State certificate={certificate} />}
      action={
        certificate &&
        mayExchange && (
          <Button size="small" aria-expanded={open} onClick={() => onRenewing(!open)}>
            {open ? "Close" : "Renew"}
          </Button>
        )
      }
    >
      {certificate ? (
        <Facts certificate={certificate} />
      ) : (
        !open && (
          <EmptyState
            icon={<BellRing strokeWidth={1.75} />}
            title="No push certificate yet"
            action={
              mayExchange && (
                <Button variant="primary" onClick={() => onRenewing(true)}>
                  Get a push certificate
                </Button>
              )
            }
          >
            Without one no device can enroll: Apple's push service asks devices to call.
            {!mayExchange && " An administrator can get one."}
          </EmptyState>
        )
      )}
      {open && <PushCertificateSteps certificate={certificate} onDone={() => onRenewing(false)} />}
    </Card>
  );
}

function State({ certificate: { state, notAfter } }: { certificate: PushCertificate }) {
  const days = daysLeft(notAfter, useNow(60_000));
  return (
    <StatusChip kind="pushCertificate" value={state}>
      {state === "EXPIRING" ? expires(days) : undefined}
    </StatusChip>
  );
}

function Facts({ certificate }: { certificate: PushCertificate }) {
  const { topic, appleAccount, notAfter, uploadedAt, state, stateReason } = certificate;
  return (
    <>
      {stateReason && (
        <Banner tone={state === "EXPIRED" ? "bad" : "warn"} title={stateReason.message}>
          {stateReason.hint}
        </Banner>
      )}
      <DefinitionList
        items={[
          { label: "Topic", value: <code className="font-mono text-serial">{topic}</code>, wide: true },
          {
            label: "Apple Account",
            value: appleAccount || undefined,
            detail: appleAccount === "" && "Nobody wrote it down. A renewal needs it.",
            wide: true,
          },
          { label: "Expires", value: <Time value={notAfter} mode="date" /> },
          { label: "Uploaded", value: <Time value={uploadedAt} mode="date" /> },
        ]}
      />
    </>
  );
}
