import { KeyRound } from "lucide-react";
import { useState, useSyncExternalStore } from "react";
import { createPoller, type Polled } from "../../lib/poller";
import { age, ago, clockTime } from "../../lib/time";
import { useNow } from "../../lib/useNow";
import { Banner } from "../../ui/Banner";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { Skeleton } from "../../ui/Skeleton";
import { StatusIcon } from "../../ui/StatusIcon";
import { type Check, fetchHealth, type Health } from "./health";

const asking = { interval: 5000, timeout: 4000 };

/** The server's state, asked every 5 seconds. */
export function HealthCard({ children }: { /** A note about this page. */ children?: React.ReactNode }) {
  const [poller] = useState(() => createPoller(fetchHealth, asking));
  const polled = useSyncExternalStore(poller.subscribe, poller.getSnapshot);
  const now = useNow();
  return (
    <div className="grid content-start">
      <Card title="This server" action={<Age polled={polled} now={now} />}>
        {polled.failed && (
          <Banner
            tone="warn"
            title="Not live."
            action={
              <Button size="small" onClick={poller.askNow}>
                Try now
              </Button>
            }
          >
            {staleness(polled, now)}
          </Banner>
        )}
        {polled.data ? <Facts health={polled.data} /> : !polled.failed && <Skeleton rows={4} />}
        {children && (
          <div className="flex gap-2 border-border border-t pt-3 text-fg-2 text-hint">
            <KeyRound aria-hidden className="size-4 shrink-0 text-fg-3" strokeWidth={1.75} />
            <p>{children}</p>
          </div>
        )}
      </Card>
    </div>
  );
}

function Age({ polled: { dataAt, failed }, now }: { polled: Polled<Health>; now: number }) {
  if (dataAt === undefined || failed) return null;
  const passed = now - dataAt;
  return (
    <span className="text-fg-3 text-hint tabular-nums">
      {passed < 2_000 ? "Checked just now" : `Checked ${ago(passed)}`}
    </span>
  );
}

function staleness({ dataAt }: Polled<Health>, now: number): string {
  const again = "The page asks again every 5 s.";
  return dataAt === undefined
    ? `The server does not answer. ${again}`
    : `Data from ${clockTime(dataAt)}, ${age(now - dataAt)} old. ${again}`;
}

function Facts({ health }: { health: Health }) {
  const { title, ok } = overall[health.status];
  return (
    <ul className="grid gap-3">
      <Fact ok={ok} title={title} detail={`Version ${health.version || "unknown"}, at ${location.host}`} />
      {health.checks.map((check) => (
        <Fact key={check.name} ok={check.ok} title={sentenceOf(check)} detail={check.message} />
      ))}
    </ul>
  );
}

const overall: Record<Health["status"], { title: string; ok: boolean }> = {
  ready: { title: "Server ready", ok: true },
  "not ready": { title: "Server not ready", ok: false },
  stopping: { title: "Server is stopping", ok: false },
};

/** Names are the server's words, in lower case. */
function sentenceOf({ name, ok }: Check): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)} ${ok ? "ready" : "failed"}`;
}

function Fact({ ok, title, detail }: { ok: boolean; title: string; detail: string }) {
  return (
    <li className="flex gap-2.5">
      <StatusIcon shape={ok ? "check" : "octagon"} tone={ok ? "ok" : "bad"} className="mt-0.5 size-4" />
      <div className="min-w-0">
        <p className="font-medium">{title}</p>
        {detail && <p className="text-fg-3 text-hint wrap-anywhere">{detail}</p>}
      </div>
    </li>
  );
}
