import { plural } from "../../lib/numbers";
import { Card } from "../../ui/Card";
import { CopyText } from "../../ui/CopyText";
import { DefinitionList } from "../../ui/DefinitionList";
import { Time } from "../../ui/Time";
import type { IdentityAuthority } from "./server";

type IdentitiesCardProps = {
  /** The one that issues comes first. */
  authorities: readonly IdentityAuthority[];
  /** The URL by which devices reach this server; none while Apple would take none. */
  publicUrl: string | null | undefined;
};

/** Where devices get the certificates by which they are known, and who issues these. */
export function IdentitiesCard({ authorities: [issuing, ...older], publicUrl }: IdentitiesCardProps) {
  return (
    <Card title="Identities (SCEP)">
      <p className="text-fg-2">
        Each device gets a certificate of its own when it enrolls, with a password that works once. It renews it by
        itself.
      </p>
      {publicUrl && <CopyText label="SCEP address" text={`${publicUrl}/scep`} />}
      {issuing ? (
        <DefinitionList
          items={[
            { label: "Issued by", value: issuing.subject, wide: true },
            { label: "Expires", value: <Time value={issuing.expiresAt} mode="date" /> },
            {
              label: "SHA-256",
              value: <code className="font-mono font-normal text-serial">{issuing.fingerprint}</code>,
              wide: true,
            },
          ]}
        />
      ) : (
        <p className="text-fg-2">Its authority is made when the first device asks.</p>
      )}
      {older.length > 0 && (
        <p className="text-fg-3 text-hint">
          What {plural(older.length, "older authority", "older authorities")} issued is believed until it expires.
        </p>
      )}
    </Card>
  );
}
