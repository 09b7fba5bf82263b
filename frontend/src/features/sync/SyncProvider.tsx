import { createContext, use, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useSubscription } from "urql";
import { readFragment } from "../../gql";
import type { SyncRunFragment as Fields } from "../../gql/graphql";
import { useApi } from "../../graphql/ApiContext";
import { useOrganizations } from "../organizations/OrganizationsProvider";
import { SyncProgressDocument, SyncRunFragment } from "./run";

export type Run = Fields;

/** The latest run of each ABM token, by the token's identifier. */
type Runs = ReadonlyMap<string, Run>;

const Context = createContext<Runs>(new Map());

const AskedContext = createContext<ReadonlySet<string>>(new Set());

const TellContext = createContext<(run: Run) => void>(() => {});

/** Watches the runs of all tokens over one subscription, and has the pages fetched again as runs go on and end. */
export function SyncProvider({ children }: { children: React.ReactNode }) {
  const { refresher } = useApi();
  const { all } = useOrganizations();
  const [{ data: heard }] = useSubscription({ query: SyncProgressDocument }, (told: Runs | undefined, event) => {
    const run = readFragment(SyncRunFragment, event.syncProgress);
    return new Map(told).set(run.abmTokenId, run);
  });
  const [started, setStarted] = useState<Runs>();
  const tell = useCallback((run: Run) => setStarted((before) => new Map(before).set(run.abmTokenId, run)), []);
  const asked = useMemo(() => new Set([...(started?.values() ?? [])].map(({ id }) => id)), [started]);
  const runs = useMemo(() => {
    const merged = new Map<string, Run>();
    for (const { id, lastRun } of all ?? []) {
      const run = latest([readFragment(SyncRunFragment, lastRun), started?.get(id), heard?.get(id)]);
      if (run) merged.set(id, run);
    }
    return merged;
  }, [all, started, heard]);

  // Undefined until the organizations are here: what has ended before is on the page that came with them.
  const ended = all && [...runs.values()].flatMap((run) => (run.finishedAt ? [run.id] : [])).join();
  const refreshedFor = useRef<string>(undefined);
  const running = [...runs.values()].some((run) => run.status === "RUNNING");
  useEffect(() => {
    if (ended !== undefined && refreshedFor.current !== undefined && ended !== refreshedFor.current)
      refresher.refresh();
    refreshedFor.current = ended;
  }, [refresher, ended]);
  useEffect(() => {
    if (running) return refresher.follow();
  }, [refresher, running]);

  return (
    <Context value={runs}>
      <AskedContext value={asked}>
        <TellContext value={tell}>{children}</TellContext>
      </AskedContext>
    </Context>
  );
}

/** The state that was written last; of equals the one that came last. */
function latest(states: readonly (Run | null | undefined)[]): Run | undefined {
  return states
    .filter((run) => run != null)
    .reduce<Run | undefined>((a, b) => (a && Date.parse(a.updatedAt) > Date.parse(b.updatedAt) ? a : b), undefined);
}

export function useRuns(): Runs {
  return use(Context);
}

/** The runs that were asked for on this page, with those of the timer that were going on already and were joined. */
export function useAskedRuns(): ReadonlySet<string> {
  return use(AskedContext);
}

/** Makes a run known that an answer brought, before the subscription tells of it. */
export function useTellRun(): (run: Run) => void {
  return use(TellContext);
}
