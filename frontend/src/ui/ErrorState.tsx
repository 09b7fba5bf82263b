import { Button } from "./Button";
import { CopyButton } from "./CopyText";
import { IconTile } from "./IconTile";
import { NoPermission } from "./NoPermission";
import { StatusIcon } from "./StatusIcon";

export type ErrorStateProps = {
  /** What happened. */
  title: string;
  /** Why. */
  message: string;
  /** What to do. */
  hint?: string | undefined;
  /** What the server's log calls the request. */
  requestId?: string | undefined;
  /** It is no failure: the reader's role does not reach it. */
  forbidden?: boolean | undefined;
  onRetry?: (() => void) | undefined;
};

/** In place of content that did not load. */
export function ErrorState({ title, message, hint, requestId, forbidden = false, onRetry }: ErrorStateProps) {
  if (forbidden) {
    return (
      <NoPermission>
        {message} {hint}
      </NoPermission>
    );
  }
  return (
    <div role="alert" className="grid justify-items-center gap-3 px-4 py-10 text-center">
      <IconTile>
        <StatusIcon shape="octagon" tone="bad" />
      </IconTile>
      <div className="grid max-w-md gap-1">
        <h2 className="text-crumb">{title}</h2>
        <p className="text-balance text-fg-2">{message}</p>
        {hint && <p className="text-balance text-fg-2">{hint}</p>}
      </div>
      <div className="flex flex-wrap items-center justify-center gap-3">
        {onRetry && (
          <Button variant="primary" onClick={onRetry}>
            Try again
          </Button>
        )}
        {requestId && (
          <span className="inline-flex items-center gap-1 text-fg-3 text-hint">
            <span>Request</span>
            <code className="select-all font-mono">{requestId}</code>
            <CopyButton label="request ID" text={requestId} />
          </span>
        )}
      </div>
    </div>
  );
}
