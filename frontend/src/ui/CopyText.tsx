import { useEffect, useState } from "react";
import { Button } from "./Button";

/**
 * A text to be used elsewhere, with a button that copies it. Browsers give pages of plain http no clipboard (localhost
 * excepted): there the text is selected as a whole by a click, and there is no button.
 */
export function CopyText({ label, text }: { label: string; text: string }) {
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

  return (
    <div className="flex items-center gap-2">
      <code className="min-w-0 flex-1 select-all rounded-control border border-border bg-sunken px-2 py-1.5 font-mono text-serial text-fg wrap-anywhere">
        {text}
      </code>
      {navigator.clipboard && (
        <Button onClick={copy}>
          {copied ? "Copied" : "Copy"} <span className="sr-only">{label}</span>
        </Button>
      )}
    </div>
  );
}
