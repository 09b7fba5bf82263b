import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test, vi } from "vitest";
import { type Answer, fakeSession, refusal, renderWithApi } from "../../testing/fakeApi";
import { NewProfileDialog } from "./NewProfileDialog";
import { type ProfileFilter, Profiles } from "./Profiles";

const user = userEvent.setup({ delay: null });

const row = (id: string, name: string, more: object = {}) => ({
  __typename: "ADEProfile",
  id,
  name,
  platforms: ["MACOS"],
  updatedAt: "2026-09-02T10:00:00Z",
  publishedVersion: { __typename: "ADEProfileVersion", id: `${id}_7`, number: 7 },
  draft: null,
  deviceGroups: [],
  defaults: [],
  ownDevices: 0,
  registrations: [],
  ...more,
});

const list = (nodes: object[]) => ({ adeProfiles: { nodes, pageInfo: { hasNextPage: false, endCursor: null } } });

function Narrowed() {
  const [filter, setFilter] = useState<ProfileFilter>({});
  return <Profiles filter={filter} onFilterChange={setFilter} onNew={() => {}} />;
}

const open = (answer: Answer, session = fakeSession("OPERATOR")) =>
  renderWithApi(<Narrowed />, { answers: { AdeProfiles: answer }, session });

test("each profile says how it stands and what uses it", async () => {
  const group = (name: string) => ({ __typename: "DeviceGroup", id: name, name });
  const slot = (platform: string) => ({ __typename: "DefaultADEProfile", id: platform, platform });
  open(
    list([
      row("1", "Mac Standard", {
        draft: { isMandatory: true },
        defaults: [slot("IOS"), slot("IPADOS"), slot("MACOS")],
      }),
      row("2", "Signage", { deviceGroups: [group("Kiosks"), group("Doors"), group("Halls")], ownDevices: 14 }),
      row("3", "Vision pilot", { platforms: ["VISIONOS"], publishedVersion: null, draft: { isMandatory: true } }),
      row("4", "Broken", { registrations: [{ error: null }, { error: { code: "FLAGS_INVALID" } }] }),
    ]),
  );
  const cells = async (name: string) =>
    within(await screen.findByRole("row", { name: new RegExp(name) }))
      .getAllByRole("cell")
      .map((cell) => cell.textContent);
  expect(await cells("Mac Standard")).toEqual(expect.arrayContaining(["Mac Standard Draft v8", "v7", "2 defaults"]));
  // What is published and nothing more is as usual: nothing is said of it.
  expect(await cells("Signage")).toEqual(expect.arrayContaining(["Signage ", "Kiosks2 more groups14 devices"]));
  expect(await cells("Vision pilot")).toEqual(
    expect.arrayContaining(["Vision pilot Not published", "None", "Nothing"]),
  );
  expect(await cells("Broken")).toEqual(expect.arrayContaining(["Broken Refused by Apple"]));
  expect(screen.getByRole("link", { name: "Signage" })).toHaveAttribute("href", "/profiles/2");
});

test("the list narrows by name and by what a profile is meant for", async () => {
  open(
    list([row("1", "Mac Standard"), row("2", "Kiosk TV", { platforms: ["TVOS"] }), row("3", "Any", { platforms: [] })]),
  );
  await user.click(await screen.findByRole("radio", { name: "Apple TV 2" }));
  expect(screen.queryByText("Mac Standard")).toBeNull();
  expect(screen.getByText("Any")).toBeVisible();
  await user.type(screen.getByRole("searchbox", { name: "Profile name" }), "kios");
  expect(screen.queryByText("Any")).toBeNull();
  expect(screen.getByText("Kiosk TV")).toBeVisible();
  await user.type(screen.getByRole("searchbox", { name: "Profile name" }), "q");
  await user.click(screen.getByRole("button", { name: "Show all profiles" }));
  expect(screen.getByText("Mac Standard")).toBeVisible();
});

test("without profiles it says what one is, and only who may makes one", async () => {
  const first = open(list([]));
  expect(await screen.findByRole("button", { name: "New profile" })).toBeVisible();
  first.unmount();
  open(list([]), fakeSession("VIEWER"));
  expect(await screen.findByText("No profiles yet")).toBeVisible();
  expect(screen.queryByRole("button")).toBeNull();
});

test("a list that does not load can be asked again", async () => {
  let fails = true;
  const answer = () => {
    if (fails) throw refusal("INTERNAL", "The server made a mistake.");
    return list([row("1", "Mac Standard")]);
  };
  open(answer);
  await screen.findByText("The server made a mistake.");
  fails = false;
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByText("Mac Standard")).toBeVisible();
});

test("a new profile is a draft, and says what is wrong with its name", async () => {
  const onCreated = vi.fn();
  let taken = true;
  const create = () => ({
    createADEProfile: taken
      ? { adeProfile: null, userErrors: [{ field: ["name"], message: "There is a profile of this name.", hint: null }] }
      : { adeProfile: { __typename: "ADEProfile", id: "prof_9" }, userErrors: [] },
  });
  const { calls } = renderWithApi(<NewProfileDialog onCreated={onCreated} onClose={() => {}} />, {
    answers: { CreateADEProfile: create },
  });
  await user.click(await screen.findByRole("button", { name: "Create profile" }));
  expect(screen.getByText("Enter a name, such as Mac Standard.")).toBeVisible();
  expect(calls).toEqual([]);
  await user.type(screen.getByLabelText("Profile name"), " Kiosk ");
  await user.click(screen.getByRole("checkbox", { name: "tvOS" }));
  await user.click(screen.getByRole("checkbox", { name: "macOS" }));
  await user.click(screen.getByRole("button", { name: "Create profile" }));
  expect(await screen.findByText("There is a profile of this name.")).toBeVisible();
  taken = false;
  await user.click(screen.getByRole("button", { name: "Create profile" }));
  await vi.waitFor(() => expect(onCreated).toHaveBeenCalledWith("prof_9"));
  expect(calls.at(-1)?.variables).toEqual({
    input: { isSupervised: true, isMandatory: true, name: "Kiosk", platforms: ["MACOS", "TVOS"], draft: true },
  });
});
