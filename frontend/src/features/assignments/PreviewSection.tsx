import { Clock } from "lucide-react";
import { formatCount } from "../../lib/numbers";
import { FieldError } from "../../ui/Field";
import { Skeleton } from "../../ui/Skeleton";
import type { Preview } from "./assign";
import { PreviewList, requestsText } from "./PreviewList";

type PreviewSectionProps = {
  preview: Preview | undefined;
  fetching: boolean;
  /** What the server did not take. */
  refusal: string | undefined;
  /** How many devices were selected. */
  seen: number;
};

/** What is about to happen, before anybody agrees to it. */
export function PreviewSection({ preview, fetching, refusal, seen }: PreviewSectionProps) {
  const requests = preview && requestsText(preview);
  return (
    <section aria-label="Preview" aria-busy={fetching} className="grid gap-3">
      <h3 className="text-card">What will happen</h3>
      {fetching && <Skeleton rows={2} />}
      {preview && (
        <>
          {preview.devices !== seen && (
            <p role="status" className="text-warn-fg">
              You selected {formatCount(seen)}; {formatCount(preview.devices)} match now.
            </p>
          )}
          <PreviewList preview={preview} />
          {requests && (
            <p className="flex gap-2 text-fg-2">
              <Clock aria-hidden className="mt-0.5 size-4 shrink-0 text-fg-3" strokeWidth={1.75} />
              {requests}
            </p>
          )}
        </>
      )}
      {refusal && <FieldError>{refusal}</FieldError>}
    </section>
  );
}
