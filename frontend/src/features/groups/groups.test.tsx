import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, expect, test, vi } from "vitest";
import type { Role } from "../../gql/graphql";
import { type Answer, fakeSession, renderWithApi } from "../../testing/fakeApi";
import { OrganizationsProvider } from "../organizations/OrganizationsProvider";
import { DeleteGroupDialog } from "./DeleteGroupDialog";
import { GroupEditor } from "./GroupEditor";
import { GroupList } from "./GroupList";
import type { GroupDetails } from "./groupDetails";
import { MembersCard } from "./MembersCard";

const condition = { __typename: "DeviceRule", all: null, any: null, not: null };
const signage = { ...condition, field: "ASSET_TAG", operator: "BEGINS_WITH", values: ["SIG-"] };
const macs = { ...condition, field: "PLATFORM", operator: "IS_ANY_OF", values: ["MACOS", "TVOS"] };
const both = { ...condition, field: null, operator: null, values: null, all: [macs, signage] };

const group = (id: string, name: string, position: number, rule: object | null) => ({
  __typename: "DeviceGroup",
  id,
  name,
  description: "",
  position,
  deviceCount: 1_204,
  decidedCount: 1_100,
  adeProfile: { __typename: "ADEProfile", id: "ade_1", name: "Mac Faculty" },
  rule,
});
const groups = [
  group("grp_1", "Signage", 1, signage),
  group("grp_2", "Faculty", 2, both),
  group("grp_3", "Loaners", 3, null),
];
const faculty = groups[1] as unknown as GroupDetails;

const profile = (id: string, name: string) => ({
  __typename: "ADEProfile",
  id,
  name,
  publishedVersion: { id: `${id}v`, content: {} },
});
const answers = {
  Organizations: { abmTokens: { nodes: [] } },
  DeviceGroups: { deviceGroups: { nodes: groups, pageInfo: { hasNextPage: false, endCursor: null } } },
  UpdateDeviceGroup: { updateDeviceGroup: { deviceGroup: { __typename: "DeviceGroup", id: "grp_2" }, userErrors: [] } },
  CreateDeviceGroup: { createDeviceGroup: { deviceGroup: { __typename: "DeviceGroup", id: "grp_9" }, userErrors: [] } },
  DeviceRuleMatches: { deviceRuleMatches: { devices: 1_242, exact: true } },
  ProfileChoices: {
    adeProfiles: {
      nodes: [profile("ade_1", "Mac Faculty"), profile("ade_2", "Mac Standard")],
      pageInfo: { hasNextPage: false, endCursor: null },
    },
  },
};

function show(page: React.ReactNode, more: Record<string, Answer> = {}, role: Role = "OPERATOR") {
  const view = renderWithApi(<OrganizationsProvider>{page}</OrganizationsProvider>, {
    session: fakeSession(role),
    answers: { ...answers, ...more },
  });
  const inputs = (name: string) =>
    view.calls.filter((call) => call.name === name).map(({ variables }) => variables.input);
  return { ...view, inputs, user: userEvent.setup() };
}

afterEach(() => void vi.useRealTimers());

test("the groups stand in their order, each with its rule in a line", async () => {
  show(<GroupList name="" onSearch={() => {}} />);
  const rows = within(await screen.findByRole("table"))
    .getAllByRole("row")
    .slice(1);
  expect(rows.map((row) => row.textContent)).toEqual([
    expect.stringContaining("Signage1"),
    expect.stringContaining("Faculty2"),
    expect.stringContaining("Loaners3"),
  ]);
});

test("a group is moved by its buttons and by Alt with an arrow, and the move is told", async () => {
  const { user, inputs } = show(<GroupList name="" onSearch={() => {}} />);
  await user.click(await screen.findByRole("button", { name: "Move Faculty up" }));
  await waitFor(() => expect(inputs("UpdateDeviceGroup")).toEqual([{ deviceGroupId: "grp_2", position: 1 }]));
  expect(await screen.findByText("Faculty is now at place 1")).toBeInTheDocument();
  screen.getByRole("link", { name: "Faculty" }).focus();
  await user.keyboard("{Alt>}{ArrowDown}{/Alt}");
  await waitFor(() => expect(inputs("UpdateDeviceGroup")[1]).toEqual({ deviceGroupId: "grp_2", position: 3 }));
  expect(screen.getByRole("button", { name: "Move Signage up" })).toHaveAccessibleDescription("It is the first");
  await user.click(screen.getByRole("button", { name: "Move Loaners down" }));
  expect(inputs("UpdateDeviceGroup")).toHaveLength(2);
});

test("one of a thousand groups is moved to the front at once", async () => {
  const { user, inputs } = show(<GroupList name="" onSearch={() => {}} />);
  await user.click(await screen.findByRole("button", { name: "Move Loaners to the front" }));
  await waitFor(() => expect(inputs("UpdateDeviceGroup")).toEqual([{ deviceGroupId: "grp_3", position: 1 }]));
  expect(await screen.findByText("Loaners is now at place 1")).toBeInTheDocument();
  screen.getByRole("link", { name: "Faculty" }).focus();
  await user.keyboard("{Alt>}{Shift>}{ArrowUp}{/Shift}{/Alt}");
  await waitFor(() => expect(inputs("UpdateDeviceGroup")[1]).toEqual({ deviceGroupId: "grp_2", position: 1 }));
});

test("groups are found by a part of their name, and stay where they are in the order", async () => {
  const found: Answer = ({ nameContains = "" }) => ({
    deviceGroups: {
      nodes: groups.filter(({ name }) => name.toLowerCase().includes(String(nameContains))),
      pageInfo: { hasNextPage: false, endCursor: null },
    },
  });
  const { user, inputs } = show(<Searched />, { DeviceGroups: found });
  const search = await screen.findByRole("searchbox", { name: "Group name" });
  await user.type(search, "loan");
  await waitFor(() => expect(screen.queryByRole("link", { name: "Faculty" })).toBeNull());
  expect(screen.getByRole("link", { name: "Loaners" })).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Move Loaners up" }));
  await waitFor(() => expect(inputs("UpdateDeviceGroup")).toEqual([{ deviceGroupId: "grp_3", position: 2 }]));
  await user.type(search, "x");
  await user.click(await screen.findByRole("button", { name: "Show all groups" }));
  expect(await screen.findByRole("link", { name: "Faculty" })).toBeVisible();
  expect(search).toHaveValue("");
});

function Searched() {
  const [name, setName] = useState("");
  return <GroupList name={name} onSearch={setName} />;
}

test("who may only look has nothing to move with", async () => {
  const { user, inputs } = show(<GroupList name="" onSearch={() => {}} />, {}, "VIEWER");
  (await screen.findByRole("link", { name: "Faculty" })).focus();
  await user.keyboard("{Alt>}{ArrowDown}{/Alt}");
  expect(screen.queryAllByRole("button")).toEqual([]);
  expect(inputs("UpdateDeviceGroup")).toEqual([]);
});

test("a new group is made with its rule, its profile and its name", async () => {
  const onSaved = vi.fn();
  const { user, inputs } = show(<GroupEditor smart onSaved={onSaved} />);
  const create = await screen.findByRole("button", { name: "Create group" });
  await user.click(create);
  expect(screen.getByText("Enter a name.")).toBeVisible();
  expect(screen.getAllByText('"Platform" needs a value. Enter one, or remove the condition.')[0]).toBeVisible();

  await user.type(screen.getByLabelText("Name"), " Signage ");
  await user.selectOptions(screen.getByLabelText("Platform, add a value"), "tvOS");
  await user.click(screen.getByRole("button", { name: "Add a nested set" }));
  const nested = within(screen.getByRole("group", { name: "Nested set: any of these" }));
  await user.selectOptions(nested.getByLabelText("Comparison"), "does not start with");
  await user.type(nested.getByLabelText("Asset tag, value"), "SIG-{Enter}LOBBY-{Enter}");
  await user.click(nested.getByRole("button", { name: "Remove LOBBY-" }));
  await user.selectOptions(await screen.findByLabelText("ADE profile for devices in this group"), "Mac Standard");
  await user.click(create);

  await waitFor(() => expect(onSaved).toHaveBeenCalledWith("grp_9"));
  expect(inputs("CreateDeviceGroup")).toEqual([
    {
      name: "Signage",
      description: "",
      adeProfileId: "ade_2",
      rule: {
        all: [
          { field: "PLATFORM", operator: "IS_ANY_OF", values: ["TVOS"] },
          { any: [{ not: { field: "ASSET_TAG", operator: "BEGINS_WITH", values: ["SIG-"] } }] },
        ],
      },
    },
  ]);
});

test("a saved group sends what changed alone, and says what another profile would do before", async () => {
  const preview = {
    devices: 1_204,
    changes: [],
    unchanged: 1_204,
    observed: 0,
    foreign: 0,
    activated: 0,
    throttled: 0,
    warnings: [],
  };
  const onSaved = vi.fn();
  const { user, inputs } = show(<GroupEditor group={faculty} onSaved={onSaved} />, {
    AssignmentPreview: { assignmentPreview: { preview, userErrors: [] } },
  });
  const select = await screen.findByLabelText("ADE profile for devices in this group");
  expect(screen.queryByRole("button", { name: "Save group" })).toBeNull();
  await user.selectOptions(select, "None");
  expect(await screen.findByText("keep what they have by the rules")).toBeVisible();
  expect(inputs("AssignmentPreview").at(-1)).toEqual({ deviceGroupId: "grp_2", adeProfileId: null });
  expect(screen.getByText("1 field changed")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Save group" }));
  await waitFor(() => expect(onSaved).toHaveBeenCalledWith("grp_2"));
  expect(inputs("UpdateDeviceGroup")).toEqual([{ deviceGroupId: "grp_2", adeProfileId: null }]);
  expect(screen.queryByRole("button", { name: "Save group" })).toBeNull();
});

test("what the server refuses stands at its field", async () => {
  const userErrors = [
    { field: ["name"], message: "There is a group of this name.", hint: null, code: "CONFLICT" },
    { field: ["rule", "all", "0", "values"], message: "The value is too long.", hint: null, code: "BAD_USER_INPUT" },
  ];
  const { user } = show(<GroupEditor group={faculty} onSaved={() => {}} />, {
    UpdateDeviceGroup: { updateDeviceGroup: { deviceGroup: null, userErrors } },
  });
  await user.type(await screen.findByLabelText("Name"), " 2");
  await user.click(screen.getByRole("button", { name: "Save group" }));
  await waitFor(() =>
    expect(screen.getByLabelText("Name")).toHaveAccessibleDescription(/There is a group of this name/),
  );
  expect(screen.getByText("The value is too long.")).toBeVisible();
});

test("the match is counted once typing rests, and an older answer is dropped", async () => {
  const asked: string[] = [];
  const releases: (() => void)[] = [];
  const count = async ({ rule }: Record<string, unknown>) => {
    const text = JSON.stringify(rule);
    if (!text.includes('"all"')) return { deviceRuleMatches: { devices: 1, exact: true } }; // of one condition
    asked.push(text);
    const devices = asked.length === 1 ? 12 : 99;
    await new Promise<void>((resolve) => releases.push(resolve));
    return { deviceRuleMatches: { devices, exact: true } };
  };
  show(<GroupEditor group={faculty} onSaved={() => {}} />, { DeviceRuleMatches: count });
  const match = within(await screen.findByRole("region", { name: "Live match" }));
  await waitFor(() => expect(asked).toHaveLength(1));
  const join = screen.getByLabelText("How the conditions belong together");
  fireEvent.change(join, { target: { value: "none" } }); // not: any
  fireEvent.change(join, { target: { value: "any" } });
  fireEvent.change(screen.getByLabelText("Asset tag, value"), { target: { value: "LOBBY" } });
  expect(asked).toHaveLength(1);
  fireEvent.change(join, { target: { value: "notAll" } });
  await waitFor(() => expect(asked).toHaveLength(2));
  expect(asked[1]).toContain('{"not":{"all":');
  await act(async () => releases[0]?.());
  expect(match.getByRole("status")).toHaveTextContent("Counting"); // the first answer was for the rule as it was
  await act(async () => releases[1]?.());
  await waitFor(() => expect(match.getByRole("status")).toHaveTextContent("99 devices"));
});

test("a viewer reads the fields and changes none", async () => {
  show(<GroupEditor group={faculty} onSaved={() => {}} />, {}, "VIEWER");
  expect(await screen.findByLabelText("Name")).toBeDisabled();
  expect(screen.getByLabelText("Asset tag, value")).toBeDisabled();
  expect(screen.queryByRole("button", { name: /Save/ })).toBeNull();
});

test("devices come and go by their serial numbers, and those that nobody knows are named", async () => {
  const { user, inputs } = show(<MembersCard groupId="grp_3" />, {
    AddDevicesToGroup: { addDevicesToGroup: { added: 1, unknownSerialNumbers: ["NOPE1"], userErrors: [] } },
    RemoveDevicesFromGroup: { removeDevicesFromGroup: { removed: 2, unknownSerialNumbers: [], userErrors: [] } },
  });
  const add = await screen.findByRole("button", { name: "Add to the group" });
  expect(add).toHaveAccessibleDescription("Enter serial numbers first");
  await user.type(screen.getByLabelText("Serial numbers"), "c02xk1, nope1");
  await user.click(add);
  expect(await screen.findByText(/1 device added\. GuardMDM knows no device with NOPE1\./)).toBeVisible();
  await user.type(screen.getByLabelText("Serial numbers"), "C02XK1");
  await user.click(screen.getByRole("button", { name: "Remove from the group" }));
  expect(await screen.findByText("2 devices removed.")).toBeVisible();
  expect(inputs("AddDevicesToGroup")).toEqual([{ deviceGroupId: "grp_3", serialNumbers: ["C02XK1", "NOPE1"] }]);
  expect(inputs("RemoveDevicesFromGroup")).toEqual([{ deviceGroupId: "grp_3", serialNumbers: ["C02XK1"] }]);
});

test("a group that decides for many goes only when their number was typed, and leads back to the list", async () => {
  const { user, inputs, router } = show(<DeleteGroupDialog group={faculty} open onOpenChange={() => {}} />, {
    DeleteDeviceGroup: { deleteDeviceGroup: { deletedId: "grp_2", userErrors: [] } },
  });
  const remove = await screen.findByRole("button", { name: "Delete" });
  expect(screen.getByText(/1,100 devices have their profile from this group/)).toBeVisible();
  await user.click(remove);
  expect(inputs("DeleteDeviceGroup")).toEqual([]);
  await user.type(screen.getByLabelText("Type 1100 to confirm"), "1100");
  await user.click(remove);
  await waitFor(() => expect(router.state.location.pathname).toBe("/groups"));
  expect(inputs("DeleteDeviceGroup")).toEqual([{ deviceGroupId: "grp_2" }]);
});
