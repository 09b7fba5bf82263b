import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { ErrorState } from "./ErrorState";
import { initials } from "./InitialsTile";
import { ProgressBar } from "./ProgressBar";
import { Ring } from "./Ring";
import { StatStrip, StatTile } from "./StatTile";
import { Time } from "./Time";

afterEach(() => {
  vi.useRealTimers();
});

test("an error says what to do, offers to try again and lets its request be quoted", async () => {
  const user = userEvent.setup();
  const onRetry = vi.fn();
  render(
    <ErrorState
      title="The device list did not load"
      message="The server answered 502."
      hint="It may be restarting."
      requestId="req_01J8QCB7E2"
      onRetry={onRetry}
    />,
  );
  expect(screen.getByRole("alert")).toHaveTextContent("It may be restarting.");
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(onRetry).toHaveBeenCalledOnce();
  await user.click(screen.getByRole("button", { name: "Copy request ID" }));
  expect(await navigator.clipboard.readText()).toBe("req_01J8QCB7E2");
});

test("progress stays between nothing and all", () => {
  const { rerender } = render(<ProgressBar label="Token life" value={400} max={365} />);
  expect(screen.getByRole("progressbar", { name: "Token life" })).toHaveAttribute("aria-valuenow", "365");
  rerender(<ProgressBar label="Token life" value={14} max={20} failed={4} />);
  const [well, failed] = screen.getByRole("progressbar").children;
  expect(well).toHaveStyle({ width: "50%" });
  expect(failed).toHaveStyle({ width: "20%" });
  rerender(<ProgressBar label="Token life" value={0} max={0} />);
  expect(screen.getByRole("progressbar")).toHaveAttribute("aria-valuenow", "0");
});

test("an empty ring has no arc", () => {
  const { container } = render(<Ring fraction={0} size={16} label="Next sync in 5:00" />);
  expect(screen.getByRole("img", { name: "Next sync in 5:00" })).toBeVisible();
  expect(container.querySelectorAll("circle")).toHaveLength(1);
});

function DevicesLink(props: React.ComponentProps<"a">) {
  return <a href="/devices" {...props} />;
}

test("a tile with a link is named by its number", () => {
  render(
    <StatStrip label="Fleet">
      <StatTile label="Devices" value="48,216" render={<DevicesLink />} />
    </StatStrip>,
  );
  expect(screen.getByRole("link", { name: /Devices.*48,216/ })).toHaveAttribute("href", "/devices");
});

test.each([
  ["Halden Schools", "HS"],
  ["Brightline Health Group", "BH"],
  ["corvus", "CO"],
  ["Élan-École", "ÉÉ"],
  ["𝒜 corp", "𝒜C"],
  ["", "?"],
])("the initials of %j are %s", (name, want) => {
  expect(initials(name)).toBe(want);
});

test("a time shows its age, and its exact moment in the tooltip", () => {
  vi.useFakeTimers({ now: new Date("2026-09-17T12:32:05Z") });
  render(<Time value="2026-09-17T12:20:05Z" mode="relative" />);
  const time = screen.getByText("12 min ago");
  expect(time).toHaveAttribute("datetime", "2026-09-17T12:20:05Z");
  expect(time).toHaveAttribute("title", "2026-09-17T12:20:05Z");
});

test("no time is a word", () => {
  render(<Time value={null} />);
  expect(screen.getByText("Never")).toBeVisible();
});
