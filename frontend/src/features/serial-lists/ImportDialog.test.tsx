import { render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { ImportDialog } from "./ImportDialog";

afterEach(() => void vi.unstubAllGlobals());

const imported = {
  id: "lst_1",
  known: 3,
  unknown: 2,
  duplicates: 1,
  invalid: 0,
  report: "/export/serial-lists/lst_1.csv",
};

function show(answer: () => Promise<Response>) {
  const fetch = vi.fn((_url: string, _init: RequestInit) => answer());
  vi.stubGlobal("fetch", fetch);
  const [onShow, onClose] = [vi.fn(), vi.fn()];
  render(<ImportDialog onShow={onShow} onClose={onClose} />);
  return { fetch, onShow, onClose, user: userEvent.setup() };
}

test("a pasted list is sent, and what became of its rows is told before its devices are shown", async () => {
  const { fetch, onShow, user } = show(async () => Response.json(imported, { status: 201 }));
  const find = await screen.findByRole("button", { name: "Find devices" });
  await user.click(find);
  expect(fetch).not.toHaveBeenCalled();
  await user.type(screen.getByLabelText("Serial numbers"), "C02A{Enter}C02B");
  await user.click(find);
  expect(await screen.findByText("GuardMDM knows 3 devices of the list.")).toBeVisible();
  const [url, init] = fetch.mock.calls[0] ?? [];
  expect([url, init?.method, init?.headers]).toEqual(["/import/serials", "POST", { "Content-Type": "text/csv" }]);
  expect(init?.body).toHaveProperty("size", "C02A\nC02B".length);
  expect(screen.getByRole("link", { name: /each row/ })).toHaveAttribute("href", imported.report);
  await user.click(screen.getByRole("button", { name: "Show 3 devices" }));
  expect(onShow).toHaveBeenCalledWith("lst_1");
});

test("a list of unknown devices leads nowhere", async () => {
  const { user } = show(async () => Response.json({ ...imported, known: 0 }, { status: 201 }));
  await user.type(await screen.findByLabelText("Serial numbers"), "C02A");
  await user.click(screen.getByRole("button", { name: "Find devices" }));
  expect(await screen.findByText("GuardMDM knows none of these devices.")).toBeVisible();
  expect(screen.queryByRole("button", { name: /^Show/ })).toBeNull();
});

test("what the server refuses is said in its words, and a lost network too", async () => {
  const refusal = { errors: [{ message: "The file has no rows.", extensions: { hint: "Send a CSV file." } }] };
  const { fetch, user } = show(async () => Response.json(refusal, { status: 400 }));
  await user.type(await screen.findByLabelText("Serial numbers"), ";");
  await user.click(screen.getByRole("button", { name: "Find devices" }));
  expect(await screen.findByText("The file has no rows. Send a CSV file.")).toBeVisible();
  fetch.mockRejectedValueOnce(new TypeError("failed"));
  await user.click(screen.getByRole("button", { name: "Find devices" }));
  expect(await screen.findByText(/did not reach GuardMDM/)).toBeVisible();
});
