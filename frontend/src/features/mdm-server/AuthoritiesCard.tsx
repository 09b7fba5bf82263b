import { useState } from "react";
import { plural } from "../../lib/numbers";
import { Banner } from "../../ui/Banner";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { StatusChip } from "../../ui/Chip";
import { Time } from "../../ui/Time";
import { fingerprint } from "../abm-tokens/key";
import { useMay } from "../session/session";
import { PinDialog } from "./PinDialog";
import { PinFileDialog } from "./PinFileDialog";
import type { Authority } from "./server";
import { UnpinDialog } from "./UnpinDialog";

type AuthoritiesCardProps = {
  authorities: readonly Authority[];
  /** Whether devices that are not Apple's may enroll. */
  simulated: boolean;
};

/** Whose devices are believed, and who else signed for devices that came here. */
export function AuthoritiesCard({ authorities, simulated }: AuthoritiesCardProps) {
  const mayPin = useMay("ADMIN");
  const [pinning, setPinning] = useState<Authority | "file">();
  const [unpinning, setUnpinning] = useState<Authority>();
  return (
    <Card
      title="Device authorities"
      action={
        mayPin && (
          <Button size="small" aria-haspopup="dialog" onClick={() => setPinning("file")}>
            Pin from a file
          </Button>
        )
      }
    >
      <p className="text-fg-2">
        A device proves what it is by a certificate. It is believed when one of these authorities issued that.
      </p>
      {simulated && (
        <Banner tone="warn" title="Devices that are not Apple's may enroll">
          GUARDMDM_DEVICE_CA_FILE names authorities for simulations.
        </Banner>
      )}
      <ul aria-label="Device authorities" className="grid divide-y divide-border">
        {authorities.map((authority) => (
          <AuthorityRow
            key={authority.fingerprint}
            authority={authority}
            onPin={mayPin && authority.source === "SEEN" ? () => setPinning(authority) : undefined}
            onUnpin={mayPin && authority.source === "PINNED" ? () => setUnpinning(authority) : undefined}
          />
        ))}
      </ul>
      {pinning === "file" && <PinFileDialog onClose={() => setPinning(undefined)} />}
      {pinning && pinning !== "file" && <PinDialog authority={pinning} onClose={() => setPinning(undefined)} />}
      {unpinning && <UnpinDialog authority={unpinning} onClose={() => setUnpinning(undefined)} />}
    </Card>
  );
}

type AuthorityRowProps = {
  authority: Authority;
  onPin: (() => void) | undefined;
  onUnpin: (() => void) | undefined;
};

function AuthorityRow({ authority, onPin, onUnpin }: AuthorityRowProps) {
  const { subject, source, issuer } = authority;
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 py-3 first:pt-0 last:pb-0">
      <div className="grid min-w-0 flex-1 basis-72 gap-1">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="font-medium wrap-anywhere">{subject}</span>
          <StatusChip kind="deviceCA" value={source} />
        </div>
        {issuer !== subject && <p className="text-fg-2 wrap-anywhere">Issued by {issuer}</p>}
        <Fingerprint of={authority} />
        <p className="text-fg-3 text-hint">
          <Story {...authority} />
        </p>
      </div>
      {onPin && (
        <Button
          size="small"
          className="max-sm:h-11"
          aria-haspopup="dialog"
          aria-label={`Pin ${subject}`}
          onClick={onPin}
        >
          Pin
        </Button>
      )}
      {onUnpin && (
        <Button
          size="small"
          className="max-sm:h-11"
          aria-haspopup="dialog"
          aria-label={`Unpin ${subject}`}
          onClick={onUnpin}
        >
          Unpin
        </Button>
      )}
    </li>
  );
}

/** SHA-256, to compare it with what Apple says. */
export function Fingerprint({ of }: { of: Authority }) {
  return (
    <code className="block max-w-[48ch] select-all break-all font-mono text-fg-2 text-hint">
      {fingerprint(of.fingerprint)}
    </code>
  );
}

/** What became of its devices here, and who decided. */
function Story({ source, pinnedAt, pinnedBy, refusedRequests, lastSeenAt, claimedSerialNumber, expiresAt }: Authority) {
  if (source === "SEEN") {
    return (
      <>
        {plural(refusedRequests, "request")} refused, the last one <Time value={lastSeenAt} mode="relative" />
        {claimedSerialNumber && `, for the serial number ${claimedSerialNumber}`}.
      </>
    );
  }
  if (source === "PINNED" && pinnedAt) {
    return (
      <>
        Pinned by {pinnedBy ?? "somebody"}, <Time value={pinnedAt} />.
      </>
    );
  }
  return (
    <>
      By its own word valid until <Time value={expiresAt} mode="date" />. Dates are ignored: Apple issues with an
      expired one.
    </>
  );
}
