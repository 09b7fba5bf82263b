import type { FieldError } from "react-hook-form";
import { Banner } from "../../ui/Banner";

/** What the server refused about a form as a whole. It is announced when it appears. */
export function FormError({ error }: { error: Pick<FieldError, "message"> | undefined }) {
  if (!error) return null;
  return (
    <div role="alert">
      <Banner tone="bad">{error.message}</Banner>
    </div>
  );
}
