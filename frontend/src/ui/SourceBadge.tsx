import { clsx } from "clsx";
import { wordFor } from "./vocabulary";

const tones: Readonly<Record<string, string>> = {
  DEVICE: "border-violet-line bg-violet-soft text-violet-fg",
  GROUP: "border-info-line bg-info-soft text-info-fg",
  PLATFORM_DEFAULT: "border-teal-line bg-teal-soft text-teal-fg",
  NONE: "border-warn-line bg-warn-soft text-warn-fg",
};
const unknown = "border-muted-line bg-muted-soft text-muted-fg";

/** What decides a device's profile, as a square badge. */
export function SourceBadge({ source }: { source: string }) {
  return (
    <span
      className={clsx(
        "inline-flex h-5 shrink-0 items-center whitespace-nowrap rounded-badge border px-1.5 text-badge",
        Object.hasOwn(tones, source) ? tones[source] : unknown,
      )}
    >
      {wordFor("profileSource", source)}
    </span>
  );
}
