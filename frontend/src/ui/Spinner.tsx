import { StatusIcon } from "./StatusIcon";

/** Something is going on. Who wants no motion reads the word. */
export function Spinner() {
  return (
    <span className="inline-flex items-center text-fg-2">
      <StatusIcon shape="spinner" tone="info" className="size-4 motion-reduce:hidden" />
      <span className="motion-safe:sr-only">Working</span>
    </span>
  );
}
