import { Download, FileKey2 } from "lucide-react";
import { Button } from "../../ui/Button";
import { IconTile } from "../../ui/IconTile";
import { saveText } from "./files";
import { fingerprint, keyFileName } from "./key";
import type { ExchangedToken } from "./token";

/** The public key as a file, with the fingerprint to compare it by. */
export function PublicKey({ token }: { token: Pick<ExchangedToken, "name" | "certificatePEM" | "certificateSha256"> }) {
  const name = keyFileName(token.name);
  return (
    <div className="flex flex-wrap items-center gap-3 rounded-card border border-border p-3">
      <IconTile>
        <FileKey2 strokeWidth={1.75} />
      </IconTile>
      <div className="min-w-0 flex-1 basis-48">
        <p className="font-[550] wrap-anywhere">{name}</p>
        <p className="text-fg-3 text-hint">SHA-256 fingerprint</p>
        {/* Two lines of 16 pairs, where there is room */}
        <code className="block max-w-[48ch] select-all break-all font-mono text-fg-2 text-hint">
          {fingerprint(token.certificateSha256)}
        </code>
      </div>
      <Button
        className="max-sm:w-full"
        icon={<Download aria-hidden className="size-4" strokeWidth={1.75} />}
        onClick={() => saveText(name, token.certificatePEM, "application/x-pem-file")}
      >
        Download
      </Button>
    </div>
  );
}
