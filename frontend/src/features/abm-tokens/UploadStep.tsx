import { FileCheck } from "lucide-react";
import { formatBytes } from "../../lib/numbers";
import { FileDrop } from "../../ui/FileDrop";
import { FirstDevicesRow } from "./FirstDevicesRow";
import { TokenChecks } from "./TokenChecks";
import { UploadRefusal } from "./UploadRefusal";
import { type Upload, useUpload } from "./useUpload";
import type { StepLink } from "./Wizard";

export type UploadStepProps = { tokenId: string; renewal: boolean; stepLink: StepLink; onAccepted: () => void };

/** What the server takes at most; a token has about 2 KiB. */
const maxBytes = 64 * 1024;

/** Step 4: takes the server token, shows what each check says, and how the first sync goes on. */
export function UploadStep({ tokenId, renewal, stepLink, onAccepted }: UploadStepProps) {
  const { upload, sync, check, clear } = useUpload(tokenId, onAccepted);
  const file = upload.status === "none" ? null : upload.file;
  const recheck = (acceptChanges: boolean) => {
    if (file) void check(file, acceptChanges);
  };
  return (
    <div className="grid gap-5">
      {upload.status === "accepted" ? (
        <AcceptedFile file={upload.file} />
      ) : (
        <FileDrop
          label="Server token"
          hint={
            <>
              <span className="max-sm:hidden">Drop the .p7m file here or choose it.</span> Up to 64 KB.
            </>
          }
          accept=".p7m,application/pkcs7-mime"
          maxBytes={maxBytes}
          file={file}
          onFile={(chosen) => (chosen ? void check(chosen) : clear())}
          busy={upload.status === "checking"}
          statusText={fileStatus(upload)}
        />
      )}
      {upload.status === "refused" && (
        <UploadRefusal
          refusal={upload.refusal}
          renewal={renewal}
          stepLink={stepLink}
          onCheckAgain={() => recheck(false)}
          onAcceptChanges={() => recheck(true)}
        />
      )}
      <TokenChecks upload={upload} renewal={renewal}>
        {upload.status === "accepted" && (
          <FirstDevicesRow
            tokenId={tokenId}
            title={renewal ? "Sync with the new token" : "First devices"}
            sync={sync}
          />
        )}
      </TokenChecks>
      <p role="status" className="sr-only">
        {announcementOf(upload)}
      </p>
    </div>
  );
}

function fileStatus(upload: Upload): string {
  if (upload.status !== "refused") return "checking";
  return upload.refusal.code === "TOKEN_CHANGES" ? "waits for you" : "refused, nothing was changed";
}

function AcceptedFile({ file }: { file: File }) {
  return (
    <div className="flex items-center gap-3 rounded-card border border-ok-line bg-ok-soft p-3">
      <FileCheck aria-hidden className="size-5 shrink-0 text-ok-fg" strokeWidth={1.75} />
      <div className="min-w-0">
        <p className="font-[550] wrap-anywhere">{file.name}</p>
        <p className="text-fg-2 text-hint">{formatBytes(file.size)}, accepted</p>
      </div>
    </div>
  );
}

function announcementOf(upload: Upload): string {
  switch (upload.status) {
    case "accepted":
      return "All checks passed. The first sync starts.";
    case "refused":
      return `The file was refused. ${upload.refusal.message} ${upload.refusal.hint ?? ""}`;
    default:
      return "";
  }
}
