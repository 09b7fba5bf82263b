import { WifiOff } from "lucide-react";
import { useApi } from "../../graphql/ApiContext";
import { useLiveState } from "../../graphql/live";
import { age, clockTime } from "../../lib/time";
import { useNow } from "../../lib/useNow";
import { Button } from "../../ui/Button";

/** Says that the page is not live, how old its data is, and when the next try begins. */
export function ConnectionStrip() {
  const { live } = useApi();
  const { status, heardAt, nextTryAt, refusal } = useLiveState(live);
  if (status === "live" || status === "connecting") return null;
  return (
    <section
      aria-label="Connection"
      className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-warn-line border-b bg-warn-soft px-4 py-2 text-warn-fg sm:px-6"
    >
      <WifiOff aria-hidden className="size-4 shrink-0" />
      <p role="alert" className="font-medium">
        Not live. Data from {clockTime(heardAt)}.
      </p>
      {refusal && <p>{refusal} Close another page: this one goes on by itself.</p>}
      <Waiting heardAt={heardAt} nextTryAt={nextTryAt} />
      <Button size="small" className="ml-auto" onClick={live.tryNow}>
        Try now
      </Button>
    </section>
  );
}

function Waiting({ heardAt, nextTryAt }: { heardAt: number; nextTryAt: number | null }) {
  useNow(1_000);
  const now = Date.now();
  return (
    <p className="tabular-nums">
      {age(now - heardAt)} old.{" "}
      {nextTryAt && nextTryAt > now ? `Next try in ${Math.ceil((nextTryAt - now) / 1_000)} s.` : "Trying now."}
    </p>
  );
}
