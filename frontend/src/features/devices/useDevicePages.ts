import type { Client } from "@urql/core";
import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { readFragment } from "../../gql";
import type { DeviceOrder, DeviceWhereInput } from "../../gql/graphql";
import { useApi } from "../../graphql/ApiContext";
import { ask } from "./ask";
import {
  type Device,
  DeviceCountDocument,
  DevicePageDocument,
  DeviceRowFragment,
  DeviceStepDocument,
  DevicesAgainDocument,
} from "./device";
import { createRowPages, type RowPages, type RowSnapshot, type RowSource } from "./rowPages";

export type DeviceList = {
  snapshot: RowSnapshot<Device>;
  pages: RowPages<Device>;
  /** Another one for each filter and order. */
  key: string;
  /** The filter of the rows that are shown. */
  where: DeviceWhereInput;
};

type KeptList = { key: string; pages: RowPages<Device> };

const kept = new WeakMap<Client, KeptList>();

const keyOf = (where: DeviceWhereInput, orderBy: DeviceOrder) => JSON.stringify([where, orderBy]);

/** The list that was shown last, if it is that one: who comes back sees it at once, as other pages are shown from the cache. */
function listOf(client: Client, key: string): RowPages<Device> {
  const last = kept.get(client);
  if (last?.key === key) return last.pages;
  const [where, orderBy] = JSON.parse(key) as [DeviceWhereInput, DeviceOrder];
  const pages = createRowPages(deviceSource(client, where, orderBy));
  kept.set(client, { key, pages });
  return pages;
}

/** Asks for the first devices of a list that is about to be shown. */
export function fetchAhead(client: Client, where: DeviceWhereInput, orderBy: DeviceOrder) {
  const pages = listOf(client, keyOf(where, orderBy));
  if (pages.getSnapshot().pages.size > 0) return;
  const leave = pages.subscribe(() => {
    const { pages: rows, failure } = pages.getSnapshot();
    if (rows.size > 0 || failure) leave();
  });
}

/**
 * The devices under a filter, as far as they are on screen. Until the first of another filter are here, those of the filter
 * before stay. While the list is at rest, new devices come in by themselves.
 */
export function useDevicePages(where: DeviceWhereInput, orderBy: DeviceOrder, isAtRest: () => boolean): DeviceList {
  const { client, refresher } = useApi();
  const key = keyOf(where, orderBy);
  const pages = useMemo(() => listOf(client, key), [client, key]);
  const snapshot = useSyncExternalStore(pages.subscribe, pages.getSnapshot);
  useEffect(() => refresher.onRefresh(() => pages.refresh(isAtRest)), [refresher, pages, isAtRest]);
  // Rows that were here before may have changed, and what did not load then may load now.
  useEffect(() => {
    const { pages: rows, failure } = pages.getSnapshot();
    if (rows.size > 0 || failure) pages.refresh(isAtRest);
  }, [pages, isAtRest]);

  const [last, setLast] = useState({ pages, key });
  const hasAnswer = snapshot.pages.size > 0 || snapshot.failure !== undefined;
  if (hasAnswer && last.pages !== pages) setLast({ pages, key });
  const shown = hasAnswer ? { pages, key, snapshot } : { ...last, snapshot: last.pages.getSnapshot() };
  const shownWhere = useMemo((): DeviceWhereInput => JSON.parse(shown.key)[0], [shown.key]);
  return { ...shown, where: shownWhere };
}

function deviceSource(client: Client, where: DeviceWhereInput, orderBy: DeviceOrder): RowSource<Device> {
  return {
    async page(request, signal) {
      const { devices } = await ask(client, DevicePageDocument, { ...request, orderBy, where }, signal);
      return { rows: readFragment(DeviceRowFragment, devices.nodes), ...edgesOf(devices.pageInfo) };
    },
    async step(request, signal) {
      const { devices } = await ask(client, DeviceStepDocument, { ...request, orderBy, where }, signal);
      return edgesOf(devices.pageInfo);
    },
    async count(signal) {
      const { devices } = await ask(client, DeviceCountDocument, { where }, signal);
      return devices.totalCount;
    },
    // What a device does itself changes nothing that Apple has.
    version: ({ changedAt, enrollmentStatus }) => `${changedAt} ${enrollmentStatus}`,
    async again(ids, before, signal) {
      const { shown, ahead } = await ask(
        client,
        DevicesAgainDocument,
        { ids: [...ids], before, orderBy, where },
        signal,
      );
      return { rows: readFragment(DeviceRowFragment, shown.nodes), ahead: ahead.nodes.length };
    },
  };
}

type PageInfo = { startCursor?: string | null; endCursor?: string | null; hasNextPage: boolean };

function edgesOf({ startCursor = null, endCursor = null, hasNextPage }: PageInfo) {
  return { startCursor, endCursor, hasNextPage };
}
