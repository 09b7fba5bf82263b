import { useEffect } from "react";
import { graphql } from "../../gql";
import type { CommandBatchFieldsFragment as Fields, MdmCommandStatus } from "../../gql/graphql";
import { useApi } from "../../graphql/ApiContext";

/** One command that somebody sent, to a device or to many. */
export type CommandBatch = Fields;

export const CommandBatchFragment = graphql(`
  fragment CommandBatchFields on CommandBatch {
    id
    requestType
    title
    status
    requestedBy
    devices
    notEnrolled
    total
    isQueued
    createdAt
    finishedAt
    counts {
      queued
      sent
      notNow
      acknowledged
      failed
      canceled
      dropped
    }
  }
`);

export const CommandBatchDocument = graphql(`
  query CommandBatch($id: ID!) {
    node(id: $id) {
      __typename
      ... on CommandBatch {
        ...CommandBatchFields
        canResend
        notEnrolledSerialNumbers
      }
    }
  }
`);

/** Devices that the batch is done with, and those that it is for. */
export function progressOf({ devices, notEnrolled, counts }: CommandBatch): { done: number; all: number } {
  const { acknowledged, failed, canceled, dropped } = counts;
  return { done: acknowledged + failed + canceled + dropped, all: devices - notEnrolled };
}

/** How a command that has ended went wrong; undefined when it did not. */
export function failureOf({ status, counts: { failed, acknowledged } }: CommandBatch) {
  if (status !== "FINISHED" || failed === 0) return undefined;
  return acknowledged === 0
    ? ({ label: "Failed", tone: "bad", shape: "octagon" } as const)
    : ({ label: "Some failed", tone: "warn", shape: "triangle" } as const);
}

/** Devices that were not sent it yet, and those that put it off: it can be taken back from them. */
export function waitingOf({ devices, notEnrolled, total, isQueued, counts }: CommandBatch): number {
  return counts.queued + counts.notNow + (isQueued ? 0 : devices - notEnrolled - total);
}

/** How devices of the batch stand. Its counts do not tell those that failed from those that did not understand. */
export function statusesOf({ counts }: CommandBatch): MdmCommandStatus[] {
  const { queued, sent, notNow, acknowledged, failed, canceled, dropped } = counts;
  const devices: Readonly<Record<MdmCommandStatus, number>> = {
    QUEUED: queued,
    SENT: sent,
    NOT_NOW: notNow,
    ACKNOWLEDGED: acknowledged,
    ERROR: failed,
    FORMAT_ERROR: failed,
    CANCELED: canceled,
    DROPPED: dropped,
  };
  return (Object.keys(devices) as MdmCommandStatus[]).filter((status) => devices[status] > 0);
}

/** While a batch runs, what is on screen is fetched again. */
export function useFollowed(batch: Pick<CommandBatch, "finishedAt"> | undefined) {
  const { refresher } = useApi();
  const running = batch !== undefined && !batch.finishedAt;
  useEffect(() => (running ? refresher.follow() : undefined), [running, refresher]);
}
