/** What the server says of itself. */
export interface Health {
  readonly version: string;
  readonly status: "ready" | "not ready" | "stopping";
  readonly checks: readonly Check[];
}

/** One thing that the server needs. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  /** Why it failed; empty when the server does not say. */
  readonly message: string;
}

/** Asks /healthz and /readyz. Rejects when either gives no answer that it could have written. */
export async function fetchHealth(signal: AbortSignal): Promise<Health> {
  const [live, ready] = await Promise.all([getJSON("/healthz", signal), getJSON("/readyz", signal)]);
  return parseHealth(live, ready);
}

async function getJSON(path: string, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(path, { signal, cache: "no-store" });
  // 503 is how /readyz says that it is not ready: its body is wanted all the same.
  if (!response.ok && response.status !== 503) {
    throw new Error(`${path} answered ${response.status}`);
  }
  return response.json();
}

/** Reads the bodies of the two routes. */
export function parseHealth(live: unknown, ready: unknown): Health {
  const status = field(ready, "status");
  const checks = field(ready, "checks");
  if (status !== "ready" && status !== "not ready" && status !== "stopping") {
    throw new Error("/readyz has no known status");
  }
  if (!Array.isArray(checks)) {
    throw new Error("/readyz has no checks");
  }
  return { version: text(field(live, "version")), status, checks: checks.map(parseCheck) };
}

function parseCheck(check: unknown): Check {
  return {
    name: text(field(check, "name")),
    ok: field(check, "status") === "ok",
    message: text(field(check, "message")),
  };
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
