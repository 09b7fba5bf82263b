import { formatCount, plural } from "../../lib/numbers";
import { Banner } from "../../ui/Banner";
import type { Preview } from "./assign";
import { NumberedList } from "./NumberedList";

/** What an assignment would do, number by number. */
export function PreviewList({ preview }: { preview: Preview }) {
  return (
    <div className="grid gap-3">
      <NumberedList label="What will happen" rows={rowsOf(preview)} />
      {preview.warnings.map(({ field, message }) => (
        <Banner key={`${field} ${message}`} tone="warn">
          {message}
        </Banner>
      ))}
    </div>
  );
}

function rowsOf({ changes, unchanged, observed, foreign, activated, throttled, migrationsNotAwaited }: Preview) {
  return [
    ...changes.map(({ devices, from, to }) => ({
      count: devices,
      text: `${devices === 1 ? "gets" : "get"} ${to?.name ?? "no profile"} in place of ${from?.name ?? "no profile"}`,
    })),
    { count: unchanged, text: "keep what they have by the rules" },
    { count: activated, text: "have fetched a profile already: the new one applies after their next erase" },
    { count: observed, text: "are of organizations that GuardMDM only observes: Apple is told nothing" },
    { count: foreign, text: "have a profile at Apple that GuardMDM did not define" },
    {
      count: migrationsNotAwaited,
      text: "migrate from another MDM, and this profile does not wait until they are configured: Apple is not told",
    },
    { count: throttled, text: "wait because Apple asked for a pause" },
  ].filter(({ count }, place) => count > 0 || (place === 0 && changes.length === 0));
}

const perRequest = 1_000;

/** How many requests to Apple the changed devices take. */
export function requestsText({ changes, observed }: Preview): string | undefined {
  const told = changes.reduce((sum, { devices }) => sum + devices, 0) - observed;
  if (told <= 0) return undefined;
  return `Apple takes ${formatCount(perRequest)} serial numbers a request: at least ${plural(Math.ceil(told / perRequest), "request")}. You can leave this page.`;
}
