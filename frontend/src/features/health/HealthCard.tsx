import { useState, useSyncExternalStore } from "react";
import { createPoller, type Polled } from "../../lib/poller";
import { ago, duration, timeOfDay, useNow } from "../../lib/time";
import { Banner } from "../../ui/Banner";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { Status, type Tone } from "../../ui/Status";
import { type Check, fetchHealth, type Health } from "./health";

const asking = { interval: 5000, timeout: 4000 };

/** The server's state, asked every 5 seconds. */
export function HealthCard() {
  const [poller] = useState(() => createPoller(fetchHealth, asking));
  const polled = useSyncExternalStore(poller.subscribe, poller.getSnapshot);
  const now = useNow();
  return (
    <Card title="Server" aside={<Overall polled={polled} />}>
      {polled.failed && (
        <Banner tone="warn" action={<Button onClick={poller.askNow}>Try now</Button>}>
          <strong className="font-semibold">Not live.</strong> {staleness(polled, now)}
        </Banner>
      )}
      {polled.data && <Facts health={polled.data} askedAt={polled.dataAt ?? now} now={now} />}
    </Card>
  );
}

function Overall({ polled }: { polled: Polled<Health> }) {
  return (
    <span className="flex" role="status">
      <Status {...overall(polled)} />
    </span>
  );
}

function overall({ data, failed }: Polled<Health>): { tone: Tone; label: string } {
  if (failed) {
    return { tone: "warn", label: "Not live" };
  }
  if (!data) {
    return { tone: "muted", label: "Asking" };
  }
  switch (data.status) {
    case "ready":
      return { tone: "ok", label: "Live and ready" };
    case "not ready":
      return { tone: "bad", label: "Live, not ready" };
    case "stopping":
      return { tone: "warn", label: "Stopping" };
  }
}

function staleness({ dataAt }: Polled<Health>, now: number): string {
  const again = "The page asks again every 5 s.";
  return dataAt === undefined
    ? `The server does not answer. ${again}`
    : `Data from ${timeOfDay(dataAt)}, ${duration(now - dataAt)} old. ${again}`;
}

function Facts({ health, askedAt, now }: { health: Health; askedAt: number; now: number }) {
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2">
      <Fact name="Version">
        <span className="font-mono">{health.version || "Unknown"}</span>
      </Fact>
      {health.checks.map((check) => (
        <Fact key={check.name} name={label(check)}>
          <Status tone={check.ok ? "ok" : "bad"} label={check.ok ? "OK" : "Failed"} />
          {check.message && <p className="text-fg-2">{check.message}</p>}
        </Fact>
      ))}
      <Fact name="Last asked">
        <time className="tabular-nums" dateTime={new Date(askedAt).toISOString()}>
          {timeOfDay(askedAt)}, {ago(now - askedAt)}
        </time>
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <>
      <dt className="text-fg-3">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}

/** Names are the server's words, in lower case. */
function label({ name }: Check): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
