import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { type Answer, renderWithApi } from "../../testing/fakeApi";
import type { Selection } from "../devices/selection";
import { DisownDialog } from "./DisownDialog";

const batch = {
  __typename: "AssignmentBatch",
  id: "bat_1",
  cause: "DISOWN",
  status: "FINISHED",
  title: "Released",
  requestedBy: "Ana Ferreira",
  devices: 2,
  counted: true,
  total: 2,
  succeeded: 1,
  failed: 1,
  createdAt: "2026-09-17T12:00:00Z",
  updatedAt: "2026-09-17T12:00:00Z",
  finishedAt: "2026-09-17T12:00:00Z",
};
const serialPage = (serials: readonly string[], endCursor: string | null = null) => ({
  devices: {
    nodes: serials.map((serialNumber) => ({ __typename: "Device", id: `dev_${serialNumber}`, serialNumber })),
    pageInfo: { endCursor, hasNextPage: endCursor !== null },
  },
});

const twoPages: Answer = ({ after }) => (after ? serialPage(["C02B"]) : serialPage(["C02A"], "c1"));

function show(selection: Selection, answers: Record<string, Answer>) {
  const onDone = vi.fn();
  const view = renderWithApi(<DisownDialog selection={selection} open onOpenChange={() => {}} onDone={onDone} />, {
    answers,
  });
  return { ...view, onDone, user: userEvent.setup() };
}

test("even one device has its number typed, and what Apple refused is said", async () => {
  const { user, calls } = show(
    { ids: new Set(["dev_C02A", "dev_C02B"]) },
    {
      SelectedSerials: twoPages,
      DisownDevices: {
        disownDevices: {
          assignmentBatch: batch,
          results: [
            { serialNumber: "C02A", status: "SUCCEEDED", message: "" },
            { serialNumber: "C02B", status: "NOT_ACCESSIBLE", message: "The server may not release devices." },
          ],
          unknownSerialNumbers: [],
          userErrors: [],
        },
      },
    },
  );
  expect(await screen.findByRole("dialog", { name: "Release 2 devices for good" })).toBeVisible();
  expect(screen.getByText("This cannot be undone")).toBeVisible();
  const list = await screen.findByRole("list", { name: "Devices to be released" });
  expect(list).toHaveTextContent("C02AC02B"); // both pages
  const release = screen.getByRole("button", { name: "Release for good" });
  await user.click(release);
  expect(calls.some(({ name }) => name === "DisownDevices")).toBe(false);
  await user.type(screen.getByLabelText("Type 2 to confirm"), "2");
  await user.click(release);
  expect(await screen.findByRole("status")).toHaveTextContent("1 of 2 devices released.");
  expect(
    within(screen.getByRole("list", { name: "Not released" })).getByText("The server may not release devices."),
  ).toBeVisible();
  expect(screen.getByRole("link", { name: "Show each device" })).toHaveAttribute("href", "/assignments/bat_1");
  expect(calls.find(({ name }) => name === "DisownDevices")?.variables).toEqual({
    input: { serialNumbers: ["C02A", "C02B"], expectedCount: 2 },
  });
});

test("more than Apple takes at once are not even asked for", async () => {
  const { calls } = show({ where: { removedAtIsNil: true }, matching: 1_001, except: new Set() }, {});
  expect(await screen.findByText(/At most 1,000 devices can be released at once/)).toBeVisible();
  expect(screen.getByRole("button", { name: "Release for good" })).toHaveAttribute("aria-disabled", "true");
  expect(calls).toEqual([]);
});

test("what the server refuses is said, and nothing was done", async () => {
  const { user, onDone } = show(
    { ids: new Set(["dev_C02A"]) },
    {
      SelectedSerials: serialPage(["C02A"]),
      DisownDevices: {
        disownDevices: {
          assignmentBatch: null,
          results: [],
          unknownSerialNumbers: [],
          userErrors: [{ field: ["expectedCount"], message: "2 devices are meant.", hint: null, code: "CONFLICT" }],
        },
      },
    },
  );
  await user.type(await screen.findByLabelText("Type 1 to confirm"), "1{Enter}");
  await waitFor(() => expect(screen.getByRole("alert")).toHaveTextContent("2 devices are meant."));
  expect(onDone).not.toHaveBeenCalled();
});
