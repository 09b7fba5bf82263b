import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { type Answer, renderWithApi } from "../../testing/fakeApi";
import type { Selection } from "../devices/selection";
import { CommandList } from "./CommandList";
import { plistLines } from "./plist";
import { SendCommandDialog } from "./SendCommandDialog";

const batch = {
  __typename: "CommandBatch",
  id: "cmb_1",
  requestType: "RestartDevice",
  title: "",
  status: "RUNNING",
  requestedBy: "Ana Ferreira",
  devices: 3,
  notEnrolled: 1,
  total: 2,
  isQueued: true,
  createdAt: "2026-09-17T12:00:00Z",
  finishedAt: null,
  counts: {
    __typename: "CommandCounts",
    queued: 1,
    sent: 0,
    notNow: 0,
    acknowledged: 1,
    failed: 0,
    canceled: 0,
    dropped: 0,
  },
};
const preview = (all: number, enrolled: number, macs: number) => ({
  CommandPreview: {
    all: { __typename: "DeviceConnection", totalCount: all },
    enrolled: { __typename: "DeviceConnection", totalCount: enrolled },
    macs: { __typename: "DeviceConnection", totalCount: macs },
  },
});
const taken = { sendCommand: { commandBatch: batch, userErrors: [] } };

function show(selection: Selection, answers: Record<string, Answer>) {
  const onDone = vi.fn();
  const view = renderWithApi(<SendCommandDialog selection={selection} open onOpenChange={() => {}} onDone={onDone} />, {
    answers: { CommandBatch: { node: { ...batch, notEnrolledSerialNumbers: ["C02C"] } }, ...answers },
  });
  const sent = () => view.calls.filter(({ name }) => name === "SendCommand").map(({ variables }) => variables.input);
  return { ...view, sent, onDone, user: userEvent.setup() };
}

const three: Selection = { ids: new Set(["dev_1", "dev_2", "dev_3"]) };

test("a command says to how many it goes, and then how it goes on", async () => {
  const { user, sent } = show(three, { ...preview(3, 2, 0), SendCommand: taken });
  const which = await screen.findByRole("list", { name: "Which devices" });
  expect(which).toHaveTextContent("2 are enrolled, and get it when they call1 is not enrolled here: not sent to");
  await user.selectOptions(screen.getByLabelText("Command"), "Restart");
  await user.click(screen.getByRole("button", { name: "Restart" }));
  expect(await screen.findByText("1 of 2 devices")).toBeVisible();
  expect(screen.getByText("1 not sent yet, 1 not enrolled here: not sent to")).toBeVisible();
  expect(screen.getByRole("button", { name: "Take back" })).toBeVisible();
  expect(screen.getByRole("link", { name: "Show each device" })).toHaveAttribute("href", "/commands/cmb_1");
  expect(sent()).toEqual([{ command: "RESTART_DEVICE", deviceIds: ["dev_1", "dev_2", "dev_3"] }]);
});

test("nothing is sent to devices of which none is enrolled", async () => {
  const { user, sent } = show(three, { ...preview(3, 0, 0), SendCommand: taken });
  await screen.findByRole("list", { name: "Which devices" });
  await user.click(screen.getByRole("button", { name: "Ask for information" }));
  expect(screen.getByRole("button", { name: "Ask for information" })).toHaveAccessibleDescription(
    "None of the devices is enrolled",
  );
  expect(sent()).toEqual([]);
});

test("Macs are locked with a PIN", async () => {
  const { user, sent } = show(three, { ...preview(3, 3, 1), SendCommand: taken });
  await screen.findByRole("list", { name: "Which devices" });
  await user.selectOptions(screen.getByLabelText("Command"), "Lock");
  await user.click(screen.getByRole("button", { name: "Lock" }));
  expect(sent()).toEqual([]);
  await user.type(screen.getByLabelText("PIN for Macs"), "402817");
  await user.type(screen.getByLabelText("Message"), "Please call");
  await user.click(screen.getByRole("button", { name: "Lock" }));
  await waitFor(() =>
    expect(sent()).toEqual([
      { command: "DEVICE_LOCK", pin: "402817", message: "Please call", deviceIds: ["dev_1", "dev_2", "dev_3"] },
    ]),
  );
});

test("an erase names each device by its serial number, and has their number typed", async () => {
  const { user, sent } = show(three, {
    ...preview(3, 3, 0),
    SendCommand: taken,
    SelectedSerials: {
      devices: {
        nodes: ["C02A", "C02B", "C02C"].map((serialNumber) => ({
          __typename: "Device",
          id: serialNumber,
          serialNumber,
        })),
        pageInfo: { endCursor: null, hasNextPage: false },
      },
    },
  });
  await screen.findByRole("list", { name: "Which devices" });
  await user.selectOptions(screen.getByLabelText("Command"), "Erase");
  expect(screen.getByText("This cannot be undone")).toBeVisible();
  const typed = await screen.findByLabelText("Type 3 to confirm");
  await user.click(screen.getByRole("button", { name: "Erase" }));
  expect(sent()).toEqual([]);
  await user.type(typed, "3");
  await user.click(screen.getByRole("button", { name: "Erase" }));
  await waitFor(() =>
    expect(sent()).toEqual([{ command: "ERASE_DEVICE", serialNumbers: ["C02A", "C02B", "C02C"], expectedCount: 3 }]),
  );
});

test("one device has its serial number typed", async () => {
  const { user, sent } = show(
    { ids: new Set(["dev_1"]) },
    {
      ...preview(1, 1, 0),
      SendCommand: taken,
      SelectedSerials: {
        devices: {
          nodes: [{ __typename: "Device", id: "dev_1", serialNumber: "C02A" }],
          pageInfo: { endCursor: null, hasNextPage: false },
        },
      },
    },
  );
  await screen.findByRole("list", { name: "Which devices" });
  await user.selectOptions(screen.getByLabelText("Command"), "Erase");
  await user.type(await screen.findByLabelText("Type C02A to confirm"), "c02a");
  await user.click(screen.getByRole("button", { name: "Erase" }));
  await waitFor(() => expect(sent()).toEqual([{ command: "ERASE_DEVICE", serialNumbers: ["C02A"], expectedCount: 1 }]));
});

test("what the server refuses stands in the dialog", async () => {
  const { user } = show(three, {
    ...preview(3, 2, 0),
    SendCommand: {
      sendCommand: {
        commandBatch: null,
        userErrors: [{ field: null, message: "3 devices are meant, not 2.", hint: null, code: "CONFLICT" }],
      },
    },
  });
  await screen.findByRole("list", { name: "Which devices" });
  await user.click(screen.getByRole("button", { name: "Ask for information" }));
  expect(await screen.findByText("3 devices are meant, not 2.")).toBeVisible();
});

test("a device's commands say who asked, can be taken back, and show the answer", async () => {
  const command = {
    __typename: "MDMCommand",
    id: "cmd_1",
    requestType: "ProfileList",
    purpose: "PERSON",
    status: "ACKNOWLEDGED",
    errorMessage: "",
    attempts: 1,
    queuedAt: "2026-09-17T12:00:00Z",
    sentAt: "2026-09-17T12:00:01Z",
    answeredAt: "2026-09-17T12:00:02Z",
    requestedBy: "Ana Ferreira",
    isForUser: false,
  };
  const waits = {
    ...command,
    id: "cmd_2",
    requestType: "RestartDevice",
    status: "QUEUED",
    sentAt: null,
    answeredAt: null,
  };
  const view = renderWithApi(<CommandList deviceId="dev_1" serialNumber="C02A" takesCommands />, {
    answers: {
      ...preview(1, 1, 0),
      MdmCommands: { mdmCommands: { nodes: [waits, command], pageInfo: { endCursor: null, hasNextPage: false } } },
      MdmCommandAnswer: {
        mdmCommandAnswer: {
          __typename: "MDMCommandAnswer",
          plist:
            "<plist><dict><key>Status</key><string>Acknowledged</string><key>ProfileList</key><array><dict><key>PayloadIdentifier</key><string>com.example.wifi</string><key>IsManaged</key><true/></dict></array></dict></plist>",
        },
      },
      CancelCommands: {
        cancelCommands: {
          commandBatch: null,
          mdmCommand: { ...waits, status: "CANCELED" },
          canceled: 1,
          userErrors: [],
        },
      },
    },
  });
  const user = userEvent.setup();
  expect(await screen.findAllByText(/Asked for by Ana Ferreira/)).toHaveLength(2);
  await user.click(screen.getByRole("button", { name: "Send command" }));
  await user.click(await screen.findByRole("menuitem", { name: /^Lock/ }));
  expect(await screen.findByRole("dialog", { name: "Lock: C02A" })).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Cancel" }));
  await user.click(screen.getByRole("button", { name: "Take back" }));
  await waitFor(() =>
    expect(view.calls.find(({ name }) => name === "CancelCommands")?.variables).toEqual({
      input: { mdmCommandId: "cmd_2" },
    }),
  );
  await user.click(screen.getByRole("button", { name: "Show the answer" }));
  const answer = within(await screen.findByRole("list", { name: "Answer" }));
  expect(answer.getByText("com.example.wifi")).toBeVisible();
  expect(answer.queryByText("Acknowledged")).toBeNull();
});

test("an answer is read line by line", () => {
  expect(
    plistLines(
      "<plist><dict><key>QueryResponses</key><dict><key>OSVersion</key><string>26.1</string><key>IsSupervised</key><false/></dict><key>A</key><array/></dict></plist>",
    ),
  ).toEqual([
    { depth: 0, key: "QueryResponses" },
    { depth: 1, key: "OSVersion", value: "26.1" },
    { depth: 1, key: "IsSupervised", value: "No" },
    { depth: 0, key: "A", value: "none" },
  ]);
  expect(plistLines("nonsense")).toBeUndefined();
});
