import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { renderWithApi } from "../../testing/fakeApi";
import { LiveFeed } from "./LiveFeed";

const event = (n: number, kind: string) => ({
  fleetEvents: {
    __typename: "DeviceEvent",
    id: `evt_${n}`,
    kind,
    at: "2026-11-30T12:00:00Z",
    device: { __typename: "Device", id: `dev_${n}`, serialNumber: `C02${n}`, model: "Mac mini" },
  },
});

test("the newest is on top, each once, and the oldest make room", async () => {
  const fake = renderWithApi(<LiveFeed abmTokenId="abm_1" />, { answers: {} });
  expect(await screen.findByText(/^Nothing since this page was opened/)).toBeVisible();
  for (let n = 1; n <= 9; n++) fake.push("FleetFeed", event(n, "ENROLLING"));
  fake.push("FleetFeed", event(9, "ENROLLING"));
  fake.push("FleetFeed", event(10, "ENROLLED"));
  expect(await screen.findByText("C0210")).toBeVisible();
  const rows = screen.getAllByRole("listitem");
  expect(rows).toHaveLength(8);
  expect(rows[0]).toHaveTextContent("C0210Mac miniEnrolled");
  expect(rows[1]).toHaveTextContent("C029");
  expect(rows[2]).toHaveTextContent("C028");
  expect(screen.getByRole("link", { name: /^C0210/ })).toHaveAttribute("href", "/devices?device=C0210");
});
