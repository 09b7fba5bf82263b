import { screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { type Answer, renderWithApi } from "../../testing/fakeApi";
import { type CommandBatch, statusesOf } from "./batch";
import { ResendDialog } from "./ResendDialog";

const batch = {
  __typename: "CommandBatch",
  id: "cmb_1",
  requestType: "RestartDevice",
  title: "",
  status: "FINISHED",
  requestedBy: "Ana Ferreira",
  devices: 6,
  notEnrolled: 0,
  total: 6,
  isQueued: true,
  createdAt: "2026-09-17T12:00:00Z",
  finishedAt: "2026-09-17T12:05:00Z",
  counts: { queued: 0, sent: 1, notNow: 0, acknowledged: 1, failed: 2, canceled: 1, dropped: 1 },
} as const;

async function show(changes: Partial<CommandBatch>, answers: Record<string, Answer>) {
  const onClose = vi.fn();
  const view = renderWithApi(<ResendDialog batch={{ ...batch, ...changes }} onClose={onClose} />, { answers });
  const sent = () => view.calls.filter(({ name }) => name === "ResendCommand").map(({ variables }) => variables.input);
  await screen.findByRole("dialog");
  return { ...view, sent, onClose, user: userEvent.setup() };
}

const taken = { resendCommand: { commandBatch: { ...batch, status: "RUNNING" }, userErrors: [] } };

test("results that no device has are not offered", () => {
  expect(statusesOf({ ...batch, counts: { ...batch.counts, failed: 0, canceled: 0 } })).toEqual([
    "SENT",
    "ACKNOWLEDGED",
    "DROPPED",
  ]);
  expect(statusesOf(batch)).toContain("FORMAT_ERROR");
});

test("it says who gets it again, and who is asked", async () => {
  const { user, sent, onClose } = await show({}, { ResendCommand: taken });
  expect(screen.getByText("Restart: again to 4 devices")).toBeVisible();
  expect(screen.getByRole("list", { name: "Which devices" })).toHaveTextContent(
    /^2 failed.*1 had it taken back.*1 enrolled anew or left before.*1 did not answer yet/,
  );
  await user.click(screen.getByRole("button", { name: "Send again" }));
  await waitFor(() => expect(sent()).toEqual([{ commandBatchId: "cmb_1", expectedCount: 4 }]));
  await waitFor(() => expect(onClose).toHaveBeenCalled());
});

test("what the server refuses stands in the dialog, which stays", async () => {
  const message = "Devices that did not do the command: 3, not 4.";
  const { user, onClose } = await show(
    {},
    {
      ResendCommand: {
        resendCommand: {
          commandBatch: null,
          userErrors: [{ field: ["expectedCount"], message, hint: null, code: "CONFLICT" }],
        },
      },
    },
  );
  await user.click(screen.getByRole("button", { name: "Send again" }));
  expect(await screen.findByText(message)).toBeVisible();
  expect(onClose).not.toHaveBeenCalled();
});

const page = (...serials: string[]) => ({
  mdmCommands: {
    nodes: serials.map((serialNumber) => ({
      __typename: "MDMCommand",
      id: `cmd_${serialNumber}`,
      device: { __typename: "Device", id: `dev_${serialNumber}`, serialNumber },
    })),
    pageInfo: { endCursor: null, hasNextPage: false },
  },
});

const serialsOf = ({ status }: { status?: unknown }) =>
  page(...(status === "ERROR" ? ["C02A"] : status === "CANCELED" ? ["C02B"] : []));

test("an erase names each device, and has it typed", async () => {
  const { user, sent } = await show(
    { requestType: "EraseDevice", counts: { ...batch.counts, failed: 1, dropped: 0, sent: 0 } },
    { ResendSerials: serialsOf, ResendCommand: taken },
  );
  expect(screen.getByText("This cannot be undone")).toBeVisible();
  expect(await screen.findByText("C02A C02B")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Send again" }));
  expect(sent()).toEqual([]);
  await user.type(screen.getByLabelText("Type 2 to confirm"), "2");
  await user.click(screen.getByRole("button", { name: "Send again" }));
  await waitFor(() =>
    expect(sent()).toEqual([{ commandBatchId: "cmb_1", serialNumbers: ["C02A", "C02B"], expectedCount: 2 }]),
  );
});

test("where all have it still to do, they are asked again", async () => {
  const { user, sent } = await show(
    { status: "RUNNING", counts: { ...batch.counts, failed: 0, canceled: 0, dropped: 0 } },
    { ResendCommand: taken },
  );
  expect(screen.getByText("Ask for an answer again")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Ask again" }));
  await waitFor(() => expect(sent()).toEqual([{ commandBatchId: "cmb_1", expectedCount: 0 }]));
});
