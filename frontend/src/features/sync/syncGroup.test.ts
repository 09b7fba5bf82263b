import { expect, test } from "vitest";
import type { Organization } from "../organizations/OrganizationsProvider";
import { announcement } from "./announcement";
import type { Run } from "./SyncProvider";
import { expectedDevices, phasesOf, summarize, watchedRuns } from "./syncGroup";

const now = Date.parse("2026-09-17T14:32:36Z");
const at = (secondsAgo: number) => new Date(now - secondsAgo * 1_000).toISOString();

function organization(id: string, lastFullDevices?: number): Organization {
  return {
    id,
    name: id,
    lastFullRun:
      lastFullDevices === undefined
        ? null
        : { id: `${id}-last`, devicesSeen: lastFullDevices, startedAt: at(86_440), finishedAt: at(86_400) },
  } as Organization;
}

function run(id: string, change: Partial<Run> = {}): Run {
  return {
    id: `run-${id}`,
    abmTokenId: id,
    status: "RUNNING",
    phase: "FETCH",
    trigger: "MANUAL",
    full: false,
    pages: 0,
    devicesSeen: 0,
    added: 0,
    modified: 0,
    removed: 0,
    requests: 0,
    retries: 0,
    devicesPerSecond: 0,
    startedAt: at(31),
    updatedAt: at(0),
    finishedAt: null,
    requestedBy: "Ana Ferreira",
    error: null,
    ...change,
  } as Run;
}

const watch = (
  organizations: readonly Organization[],
  runs: readonly Run[],
  closed: readonly string[] = [],
  asked: readonly string[] = [],
) =>
  watchedRuns(
    organizations,
    new Map(runs.map((each) => [each.abmTokenId, each])),
    { asked: new Set(asked), closed: new Set(closed) },
    now,
  ).map((watched) => watched.run.abmTokenId);

const three = [organization("halden"), organization("brightline"), organization("corvus")];
const scheduled = { trigger: "PERIODIC", requestedBy: "" } as const;
const ended = (secondsAgo: number, status: Run["status"] = "SUCCEEDED") => ({ status, finishedAt: at(secondsAgo) });

test("people watch runs that somebody asked for and full ones, also after an interruption", () => {
  expect(watch(three, [run("halden", scheduled)])).toEqual([]);
  expect(watch(three, [run("halden", { ...scheduled, full: true }), run("corvus")])).toEqual(["halden", "corvus"]);
  expect(watch(three, [run("halden", { trigger: "RESUME" })])).toEqual(["halden"]);
  expect(watch(three, [run("halden", { trigger: "RESUME", requestedBy: "" })])).toEqual([]);
});

test("who asks for a sync while the timer's goes on watches that one", () => {
  const runs = [run("halden", { ...scheduled, ...ended(3) })];
  expect(watch(three, runs)).toEqual([]);
  expect(watch(three, runs, [], ["run-halden"])).toEqual(["halden"]);
  expect(watch(three, runs, ["run-halden"], ["run-halden"])).toEqual([]);
});

test("a result stays 10 s, and as long as a run goes on that it went on beside", () => {
  expect(watch(three, [run("halden", ended(9))])).toEqual(["halden"]);
  expect(watch(three, [run("halden", ended(10))])).toEqual([]);
  expect(watch(three, [run("halden", ended(20)), run("corvus")])).toEqual(["halden", "corvus"]);
  expect(watch(three, [run("halden", ended(40)), run("corvus")])).toEqual(["corvus"]);
});

test("the failure of what somebody asked for stays until it is closed", () => {
  expect(watch(three, [run("halden", ended(60, "FAILED"))])).toEqual(["halden"]);
  expect(watch(three, [run("halden", ended(60, "FAILED"))], ["run-halden"])).toEqual([]);
  expect(watch(three, [run("halden", { ...scheduled, full: true, ...ended(60, "FAILED") })])).toEqual([]);
});

test("a full fetch expects as many devices as the last one, until it has seen more", () => {
  const expected = (change: Partial<Run>, last?: number) =>
    expectedDevices({ organization: organization("halden", last), run: run("halden", change) });
  expect(expected({ full: true, devicesSeen: 6_000 }, 9_870)).toBe(9_870);
  expect(expected({ full: true, devicesSeen: 9_871 }, 9_870)).toBeUndefined();
  expect(expected({ full: true, devicesSeen: 6_000 })).toBeUndefined();
  expect(expected({ devicesSeen: 10 }, 9_870)).toBeUndefined();
  expect(expected({ full: true, devicesSeen: 9_900, ...ended(1) }, 9_870)).toBe(9_900);
});

test("several runs add up, and the total is unknown if that of one is", () => {
  const halden = {
    organization: organization("halden", 31_904),
    run: run("halden", {
      full: true,
      devicesSeen: 31_904,
      pages: 32,
      added: 200,
      devicesPerSecond: 900,
      phase: "RECONCILE",
    }),
  };
  const corvus = {
    organization: organization("corvus"),
    run: run("corvus", { full: true, devicesSeen: 1_000, pages: 1, added: 14, devicesPerSecond: 339 }),
  };
  expect(summarize([halden, corvus], 100, now)).toMatchObject({
    status: "RUNNING",
    running: 2,
    phase: "FETCH",
    devices: 32_904,
    expectedDevices: undefined,
    pages: 33,
    inFlight: 1,
    devicesPerSecond: 1_239,
    elapsed: 31_000,
    added: 214,
    usual: undefined,
  });
  expect(summarize([halden], 100, now)).toMatchObject({ expectedDevices: 31_904, expectedPages: 32, usual: 40_000 });
});

test("the group ends as its runs did", () => {
  const statusOf = (...statuses: Run["status"][]) =>
    summarize(
      statuses.map((status, n) => ({ organization: organization(String(n)), run: run(String(n), ended(1, status)) })),
      100,
      now,
    ).status;
  expect(statusOf("SUCCEEDED", "FAILED")).toBe("PARTIAL");
  expect(statusOf("FAILED", "CANCELED")).toBe("FAILED");
  expect(statusOf("SUCCEEDED", "CANCELED")).toBe("CANCELED");
  expect(statusOf("SUCCEEDED", "SUCCEEDED")).toBe("SUCCEEDED");
});

test("a group that failed in part stands where those of its runs ended that succeeded", () => {
  const failed = { organization: organization("a"), run: run("a", { ...ended(1, "FAILED"), phase: "CONNECT" }) };
  const succeeded = { organization: organization("b"), run: run("b", { ...ended(1, "SUCCEEDED"), phase: "FINISH" }) };
  expect(summarize([failed, succeeded], 100, now).phase).toBe("FINISH");
  expect(summarize([failed], 100, now).phase).toBe("CONNECT");
});

test("only full syncs reconcile", () => {
  expect(phasesOf({ full: false })).toEqual(["CONNECT", "FETCH", "FINISH"]);
});

test("a screen reader hears phases, tenths and ten thousands", () => {
  const say = (change: Partial<Run>, last?: number) =>
    announcement(summarize([{ organization: organization("halden", last), run: run("halden", change) }], 100, now));
  expect(say({ phase: "CONNECT" })).toBe("Sync: Connect.");
  expect(say({ full: true, devicesSeen: 999 }, 10_000)).toBe("Sync: Fetch devices.");
  expect(say({ full: true, devicesSeen: 6_100 }, 10_000)).toBe("Sync: Fetch devices, 60%.");
  expect(say({ devicesSeen: 9_999 })).toBe("Sync: Fetch devices.");
  expect(say({ devicesSeen: 20_300 })).toBe("Sync: Fetch devices, 20,000 devices.");
  expect(say({ devicesSeen: 12, added: 2, ...ended(1) })).toBe(
    "Sync: Succeeded. 12 devices, 2 added, 0 modified, 0 removed.",
  );
});
