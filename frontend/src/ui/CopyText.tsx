import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { IconButton } from "./IconButton";

export type CopyTextProps = { label: string; text: string };

/** A text to be used elsewhere, with a button that copies it. A click selects it as a whole. */
export function CopyText({ label, text }: CopyTextProps) {
  return (
    <div className="flex items-center gap-1">
      <code className="min-w-0 flex-1 select-all rounded-control border border-border bg-sunken px-2 py-1.5 font-mono text-fg text-serial wrap-anywhere">
        {text}
      </code>
      <CopyButton label={label} text={text} />
    </div>
  );
}

/** Copies a text. Browsers give pages of plain http no clipboard (localhost excepted): there is no button there. */
export function CopyButton({ label, text }: CopyTextProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) {
      return;
    }
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      setCopied(false); // the browser refused; the text can still be selected
    }
  };

  if (!navigator.clipboard) {
    return null;
  }
  const Icon = copied ? Check : Copy;
  return (
    <>
      <IconButton
        label={`${copied ? "Copied" : "Copy"} ${label}`}
        size="small"
        icon={<Icon aria-hidden className="size-4" strokeWidth={1.75} />}
        onClick={copy}
      />
      <span role="status" className="sr-only">
        {copied && `Copied ${label}`}
      </span>
    </>
  );
}
