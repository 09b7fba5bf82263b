import { Check } from "lucide-react";
import { useEffect, useState } from "react";

/** A serial number, never cut. A click copies it; by keyboard it is copied from the device's own page. */
export function SerialNumber({ serial }: { serial: string }) {
  const [copied, setCopied] = useState<string>(); // by now the row may be that of another device
  useEffect(() => {
    if (copied === undefined) return;
    const timer = setTimeout(() => setCopied(undefined), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);

  // Browsers give pages of plain http no clipboard.
  if (!navigator.clipboard) return <span className="font-mono text-serial">{serial}</span>;
  const copy = () =>
    navigator.clipboard.writeText(serial).then(
      () => setCopied(serial),
      () => setCopied(undefined), // the browser refused; the text can still be selected
    );
  return (
    <button
      type="button"
      tabIndex={-1}
      title="Copy the serial number"
      className="inline-flex cursor-copy items-center gap-1 align-top rounded-badge font-mono text-serial [font-feature-settings:'zero'] hover:underline"
      onClick={() => void copy()}
    >
      {serial}
      {copied === serial && <Check aria-label="Copied" className="size-3.5 text-ok" />}
    </button>
  );
}
