import { clsx } from "clsx";
import { FileCheck, File as FileIcon, Upload } from "lucide-react";
import { useEffect, useId, useRef, useState } from "react";
import { formatBytes } from "../lib/numbers";
import { BusyIcon, Button } from "./Button";
import { FieldError } from "./Field";

export type FileDropProps = {
  /** What the file is: "Server token". */
  label: string;
  hint?: React.ReactNode;
  /** The kinds that the browser's dialog offers. A dropped file may have any name; the server judges its content. */
  accept?: string | undefined;
  maxBytes: number;
  file: File | null;
  onFile: (file: File | null) => void;
  error?: React.ReactNode;
  busy?: boolean | undefined;
  /** What is known of the chosen file: "Decrypted". */
  statusText?: string | undefined;
  /** The chosen file is the right one. */
  ok?: boolean | undefined;
};

/** One file, dropped or chosen. */
export function FileDrop(props: FileDropProps) {
  const { label, hint, accept, maxBytes, file, onFile, error, busy = false, statusText, ok = false } = props;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [refusal, setRefusal] = useState<string>();
  const [over, setOver] = useState(false);
  useStrayDropsIgnored();

  const take = (files: FileList | null) => {
    if (busy || !files || files.length === 0) {
      return;
    }
    const refused = refuse(files, maxBytes);
    setRefusal(refused);
    onFile(refused ? null : files.item(0));
  };
  const shownError = refusal ?? error;
  const good = ok && !shownError;
  const details = file && [formatBytes(file.size), busy ? undefined : statusText].filter(Boolean).join(", ");

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a flex container in every browser
    <div role="group" aria-labelledby={`${id}-label`} className="grid gap-2">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra way; the button does the same */}
      <div
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget as Node | null)) {
            setOver(false);
          }
        }}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          take(event.dataTransfer.files);
        }}
        className={clsx(
          "flex flex-wrap items-center gap-x-3 gap-y-2 rounded-card border p-3 transition-colors duration-(--motion-press) ease-standard sm:flex-nowrap",
          over ? "border-accent border-dashed bg-accent-soft" : zoneClass(file !== null, good, Boolean(shownError)),
        )}
      >
        <span
          className={clsx(
            "flex size-10 shrink-0 items-center justify-center rounded-control bg-surface",
            good ? "text-ok-fg" : "text-fg-2",
          )}
        >
          <ZoneIcon chosen={file !== null} good={good} busy={busy} />
        </span>
        <div className="grid min-w-0 flex-1">
          <span id={`${id}-label`} className={clsx("font-[550]", file && "sr-only")}>
            {label}
          </span>
          {file && <span className="font-[550] wrap-anywhere">{file.name}</span>}
          <span id={`${id}-hint`} role={file ? "status" : undefined} className="text-fg-2 text-hint">
            {details ?? hint}
            {busy && `, ${statusText ?? "checking"}`}
          </span>
        </div>
        <Button
          size="small"
          className="max-sm:h-11 max-sm:w-full"
          aria-describedby={`${id}-label ${id}-hint`}
          disabledReason={busy ? "The file is being checked" : undefined}
          onClick={() => input.current?.click()}
        >
          {file ? "Choose another" : "Choose file"}
        </Button>
        <input
          ref={input}
          type="file"
          aria-label={label}
          accept={accept}
          tabIndex={-1}
          onChange={(event) => {
            take(event.target.files);
            event.target.value = ""; // so that the same file can be chosen again after it was mended
          }}
          className="hidden"
        />
      </div>
      {shownError && <FieldError>{shownError}</FieldError>}
    </div>
  );
}

function refuse(files: FileList, maxBytes: number): string | undefined {
  if (files.length > 1) {
    return `These are ${files.length} files. Choose one.`;
  }
  const size = files.item(0)?.size ?? 0;
  if (size === 0) {
    return "This file is empty. Choose another.";
  }
  return size > maxBytes
    ? `This file has ${formatBytes(size)}. At most ${formatBytes(maxBytes)} are allowed, so it is not the right one.`
    : undefined;
}

function zoneClass(chosen: boolean, good: boolean, bad: boolean): string {
  if (bad) {
    return "border-bad-line bg-bad-soft";
  }
  if (good) {
    return "border-ok-line bg-ok-soft";
  }
  return chosen ? "border-border-2 bg-sunken" : "border-border-control border-dashed bg-sunken";
}

function ZoneIcon({ chosen, good, busy }: { chosen: boolean; good: boolean; busy: boolean }) {
  if (busy) {
    return <BusyIcon />;
  }
  const Icon = good ? FileCheck : chosen ? FileIcon : Upload;
  return <Icon aria-hidden className="size-5" strokeWidth={1.75} />;
}

/** A file dropped beside the zone would replace the page, and what was entered with it. */
function useStrayDropsIgnored() {
  useEffect(() => {
    const ignore = (event: DragEvent) => event.preventDefault();
    window.addEventListener("dragover", ignore);
    window.addEventListener("drop", ignore);
    return () => {
      window.removeEventListener("dragover", ignore);
      window.removeEventListener("drop", ignore);
    };
  }, []);
}
