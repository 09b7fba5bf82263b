import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { loadPart } from "./loadPart";

const fetchIndex = vi.fn<() => Promise<Response>>();

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("fetch", fetchIndex);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("while the server is away a part is waited for", async () => {
  fetchIndex.mockRejectedValue(new TypeError("Failed to fetch"));
  const load = vi.fn<() => Promise<string>>().mockRejectedValue(new TypeError("Failed to fetch"));
  const part = loadPart(load);
  await vi.advanceTimersByTimeAsync(10 * 60_000);
  expect(load.mock.calls.length).toBeGreaterThan(10);
  load.mockResolvedValue("part");
  await vi.advanceTimersByTimeAsync(30_000);
  await expect(part).resolves.toBe("part");
});

test("a part that the server does not have fails at once", async () => {
  fetchIndex.mockResolvedValue(new Response());
  await expect(loadPart(() => Promise.reject(new Error("404")))).rejects.toThrow("404");
});
