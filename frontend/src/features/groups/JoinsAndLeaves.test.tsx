import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { type Answer, renderWithApi } from "../../testing/fakeApi";
import { JoinsAndLeaves } from "./JoinsAndLeaves";

const difference = (devices: number, serials: readonly string[] = [], exact = true) => ({
  __typename: "DeviceGroupRuleDifference",
  devices,
  exact,
  examples: serials.map((serialNumber) => ({
    __typename: "Device",
    id: `dev_${serialNumber}`,
    serialNumber,
    model: "Mac mini",
  })),
});

const show = (DeviceGroupRuleChange: Answer) =>
  renderWithApi(<JoinsAndLeaves groupId="grp_1" rule={{ platform: ["MACOS"] } as never} />, {
    answers: { DeviceGroupRuleChange },
  });

test("says how many join and leave, with examples that lead to them", async () => {
  show({
    deviceGroupRuleChange: { joining: difference(40, ["C02A", "C02B"]), leaving: difference(1, ["C02C"], false) },
  });
  expect(await screen.findByRole("status")).toHaveTextContent("+40 join");
  expect(screen.getByRole("status")).toHaveTextContent("about −1 leaves");
  const joining = within(screen.getByRole("region", { name: "Devices that join" }));
  expect(joining.getByRole("link", { name: "C02B" })).toHaveAttribute("href", "/devices/C02B");
  expect(joining.getByText("and 38 others")).toBeVisible();
  expect(within(screen.getByRole("region", { name: "Devices that leave" })).getAllByRole("listitem")).toHaveLength(1);
});

test("a group that somebody deleted meanwhile has no change to show", async () => {
  show({ deviceGroupRuleChange: null });
  expect(await screen.findByText(/The group was deleted meanwhile/)).toBeVisible();
});

test("a rule that changes nobody says so", async () => {
  show({ deviceGroupRuleChange: { joining: difference(0), leaving: difference(0) } });
  expect(await screen.findByText("Nobody joins or leaves.")).toBeVisible();
});
