import { expect, test } from "vitest";
import { phaseSpans, phaseTotals } from "./phaseTimes";

const at = (second: number) => new Date(Date.UTC(2026, 8, 17, 12, 0, 0) + second * 1_000).toISOString();

test("a phase lasts until the next one, the last one until the end", () => {
  const phases = [
    { phase: "CONNECT" as const, at: at(0) },
    { phase: "FETCH" as const, at: at(2) },
    { phase: "CONNECT" as const, at: at(10) }, // another server went on
    { phase: "FETCH" as const, at: at(11) },
  ];
  const ended = phaseSpans({ phases, startedAt: at(0), finishedAt: at(20) }, 0);
  expect(ended).toEqual([
    { phase: "CONNECT", from: 0, length: 2_000 },
    { phase: "FETCH", from: 2_000, length: 8_000 },
    { phase: "CONNECT", from: 10_000, length: 1_000 },
    { phase: "FETCH", from: 11_000, length: 9_000 },
  ]);
  expect(phaseTotals(ended)).toEqual([
    { phase: "CONNECT", length: 3_000, times: 2 },
    { phase: "FETCH", length: 17_000, times: 2 },
  ]);
});

test("the phase that goes on lasts until now, and never less than nothing", () => {
  const run = { phases: [{ phase: "FETCH" as const, at: at(5) }], startedAt: at(0), finishedAt: null };
  expect(phaseSpans(run, Date.parse(at(9)))).toEqual([{ phase: "FETCH", from: 5_000, length: 4_000 }]);
  // The page's clock is behind the server's.
  expect(phaseSpans(run, Date.parse(at(4)))).toEqual([{ phase: "FETCH", from: 4_000, length: 0 }]);
});
