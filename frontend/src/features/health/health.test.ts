import { expect, test, vi } from "vitest";
import { fetchHealth, parseHealth } from "./health";

test("reads both bodies", () => {
  const ready = {
    status: "not ready",
    checkedAt: "2026-03-01T11:00:00Z",
    checks: [
      { name: "database", status: "failed", message: "The database does not answer." },
      { name: "jobs", status: "ok" },
    ],
  };
  expect(parseHealth({ status: "ok", version: "v1.2.3" }, ready)).toEqual({
    version: "v1.2.3",
    status: "not ready",
    checks: [
      { name: "database", ok: false, message: "The database does not answer." },
      { name: "jobs", ok: true, message: "" },
    ],
  });
});

test.each([null, {}, { status: "ready" }, { status: "?", checks: [] }, "<html>"])("refuses %j", (ready) => {
  expect(() => parseHealth({}, ready)).toThrow();
});

test("503 of /readyz is an answer, 502 of a proxy is none", async () => {
  const body = JSON.stringify({ status: "stopping", checks: [] });
  const fetched = vi.spyOn(globalThis, "fetch");
  fetched.mockImplementation(async () => new Response(body, { status: 503 }));
  expect((await fetchHealth(AbortSignal.timeout(1000))).status).toBe("stopping");
  fetched.mockImplementation(async () => new Response(body, { status: 502 }));
  await expect(fetchHealth(AbortSignal.timeout(1000))).rejects.toThrow("502");
});
