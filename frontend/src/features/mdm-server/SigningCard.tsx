import { useState } from "react";
import { Banner } from "../../ui/Banner";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { DefinitionList } from "../../ui/DefinitionList";
import { Time } from "../../ui/Time";
import { useMay } from "../session/session";
import { RemoveSigningDialog } from "./RemoveSigningDialog";
import { SigningDialog } from "./SigningDialog";
import type { SigningCertificate } from "./server";

/** What signs enrollment profiles, so that devices show them as verified. */
export function SigningCard({ certificate }: { certificate: SigningCertificate | undefined }) {
  const mayChange = useMay("ADMIN");
  const [open, setOpen] = useState<"upload" | "remove">();
  const close = () => setOpen(undefined);
  return (
    <Card title="Signing certificate">
      {certificate ? (
        <Facts certificate={certificate} />
      ) : (
        <p className="text-fg-2">Enrollment profiles are not signed: devices show them as unverified, and enroll.</p>
      )}
      {mayChange && (
        <div className="flex flex-wrap gap-2">
          <Button size="small" className="max-sm:h-11" aria-haspopup="dialog" onClick={() => setOpen("upload")}>
            {certificate ? "Replace" : "Upload"}
          </Button>
          {certificate && (
            <Button
              size="small"
              variant="ghost"
              className="max-sm:h-11"
              aria-haspopup="dialog"
              onClick={() => setOpen("remove")}
            >
              Remove
            </Button>
          )}
        </div>
      )}
      {open === "upload" && <SigningDialog onClose={close} />}
      {open === "remove" && <RemoveSigningDialog onClose={close} />}
    </Card>
  );
}

function Facts({
  certificate: { subject, issuer, expiresAt, isExpired, uploadedAt },
}: {
  certificate: SigningCertificate;
}) {
  return (
    <>
      {isExpired && (
        <Banner tone="warn" title="It is expired, so profiles are not signed">
          Upload a newer one. Devices enroll nevertheless.
        </Banner>
      )}
      <DefinitionList
        items={[
          { label: "Subject", value: subject, wide: true },
          { label: "Issued by", value: issuer, wide: true },
          { label: isExpired ? "Expired" : "Expires", value: <Time value={expiresAt} mode="date" /> },
          { label: "Uploaded", value: <Time value={uploadedAt} mode="date" /> },
        ]}
      />
    </>
  );
}
