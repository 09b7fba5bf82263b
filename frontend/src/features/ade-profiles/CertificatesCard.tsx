import { ShieldCheck, Trash2 } from "lucide-react";
import { formatBytes } from "../../lib/numbers";
import { Card } from "../../ui/Card";
import { FieldError } from "../../ui/Field";
import { FileDrop } from "../../ui/FileDrop";
import { IconButton } from "../../ui/IconButton";
import { certificatesOf, sizeOf } from "./certificates";
import type { EditorPartProps } from "./editor";

const kinds = [
  {
    field: "anchorCerts",
    title: "Trusted by the device",
    text: "The device checks its connection to this server with these instead of its own. Choose the CA, not the server's certificate: that one is renewed.",
  },
  {
    field: "supervisingHostCerts",
    title: "Computers that may pair",
    text: "Computers that a supervised device pairs with although pairing is off.",
  },
] as const;

const maxBytes = 256 * 1024;

/** Certificates that the profile carries. */
export function CertificatesCard(props: EditorPartProps) {
  return kinds.map((kind) => <Certificates key={kind.field} {...props} {...kind} />);
}

function Certificates({
  editing: { values, edit, errorOf },
  readOnly,
  field,
  title,
  text,
}: EditorPartProps & (typeof kinds)[number]) {
  const certificates = values[field];
  const add = async (file: File | null) => {
    if (!file) return;
    const found = await certificatesOf(file);
    edit({ [field]: [...new Set([...certificates, ...found])] });
  };
  const error = errorOf(field);
  return (
    <Card title={title}>
      <p className="text-fg-2">{text}</p>
      {certificates.length === 0 ? (
        <p className="text-fg-3">None</p>
      ) : (
        <ul className="divide-y divide-border rounded-control border border-border">
          {certificates.map((certificate, place) => (
            <li key={certificate} className="flex items-center gap-2.5 px-3 py-1.5">
              <ShieldCheck aria-hidden className="size-4 shrink-0 text-fg-2" strokeWidth={1.75} />
              <span className="font-medium">Certificate {place + 1}</span>
              <code className="min-w-0 flex-1 truncate font-mono text-fg-3 text-hint">…{certificate.slice(-24)}</code>
              <span className="text-fg-3 text-hint">{formatBytes(sizeOf(certificate))}</span>
              {!readOnly && (
                <IconButton
                  size="small"
                  label={`Remove certificate ${place + 1}`}
                  icon={<Trash2 aria-hidden className="size-4" strokeWidth={1.75} />}
                  onClick={() => edit({ [field]: certificates.filter((each) => each !== certificate) })}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {!readOnly && (
        <FileDrop
          label="Add certificates"
          hint="PEM or DER, up to 20 of each kind."
          accept=".pem,.cer,.crt,.der"
          maxBytes={maxBytes}
          file={null}
          onFile={(file) => void add(file)}
        />
      )}
      {error && <FieldError>{error}</FieldError>}
    </Card>
  );
}
