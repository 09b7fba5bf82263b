import { Banner } from "../../ui/Banner";

/** What pinning an authority means. */
export function PinWarning() {
  return (
    <Banner tone="warn" title="Whoever has a certificate of it can enroll as any of your devices">
      Pin it only if Apple says that it issues certificates to devices, and to devices alone. Apple's authorities for
      developers stand under the same root.
    </Banner>
  );
}
