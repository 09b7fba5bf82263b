import { act, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { HealthCard } from "./HealthCard";

type Answer = { status: number; body: object } | "gone";
let ready: Answer;

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(2026, 2, 1, 14, 31, 2) });
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input) => {
    if (ready === "gone") {
      throw new TypeError("Failed to fetch");
    }
    return String(input) === "/healthz"
      ? Response.json({ status: "ok", version: "v1.2.3" })
      : Response.json(ready.body, { status: ready.status });
  });
});
afterEach(() => {
  vi.useRealTimers();
});

const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

test("shows the version, each check and when it was asked", async () => {
  ready = { status: 200, body: { status: "ready", checks: [{ name: "database", status: "ok" }] } };
  render(<HealthCard />);
  await pass(0);
  expect(screen.getByText("Server ready")).toBeVisible();
  expect(screen.getByText(/^Version v1\.2\.3, at /)).toBeVisible();
  expect(screen.getByText("Database ready")).toBeVisible();
  expect(screen.getByText("Checked just now")).toBeVisible();
  await pass(3000);
  expect(screen.getByText("Checked 3 s ago")).toBeVisible();
});

test("names the check that failed, with what the server says of it", async () => {
  const database = { name: "database", status: "failed", message: "The database does not answer." };
  ready = { status: 503, body: { status: "not ready", checks: [database] } };
  render(<HealthCard />);
  await pass(0);
  expect(screen.getByText("Server not ready")).toBeVisible();
  expect(screen.getByText("Database failed").nextSibling).toHaveTextContent("The database does not answer.");
});

test("says that it is not live and how old its data is, and recovers by itself", async () => {
  ready = { status: 200, body: { status: "ready", checks: [] } };
  render(<HealthCard />);
  await pass(0);
  ready = "gone";
  await pass(42_000);
  expect(screen.getByText("Not live.")).toBeVisible();
  expect(screen.getByText(/Data from 14:31:02, 42 s old/)).toBeVisible();
  expect(screen.getByText("Server ready")).toBeVisible();
  ready = { status: 200, body: { status: "ready", checks: [] } };
  await pass(5000);
  expect(screen.queryByText("Not live.")).toBeNull();
});

test("tries at once when told so", async () => {
  ready = "gone";
  render(<HealthCard />);
  await pass(0);
  expect(screen.getByText(/does not answer/)).toBeVisible();
  ready = { status: 200, body: { status: "ready", checks: [] } };
  screen.getByRole("button", { name: "Try now" }).click();
  await pass(0);
  expect(screen.getByText("Server ready")).toBeVisible();
});
