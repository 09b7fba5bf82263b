import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { renderWithApi } from "../../testing/fakeApi";
import { RunTable } from "./RunTable";
import type { Run } from "./SyncProvider";

function run(id: string, more: Partial<Run> = {}) {
  const startedAt = "2025-09-17T12:00:00Z";
  const counts = { pages: 1, devicesSeen: 0, added: 0, modified: 0, removed: 0 };
  const found = { missingHere: 0, missingAtApple: 0, changedUnannounced: 0, heldRemovals: 0 };
  const ended = { status: "SUCCEEDED", trigger: "PERIODIC", full: true, error: null, finishedAt: startedAt };
  return { id, startedAt, ...ended, ...counts, ...found, ...more } as Run;
}

test("a row leads to its run, and says what a full sync found", async () => {
  const found = { missingHere: 2, missingAtApple: 812, heldRemovals: 812 };
  renderWithApi(<RunTable runs={[run("run_2", found), run("run_1")]} names={undefined} />);
  const links = await screen.findAllByRole("link");
  expect(links.map((link) => link.getAttribute("href"))).toEqual(["/sync/run_2", "/sync/run_1"]);
  expect(screen.getByText("Differences found").parentElement).toHaveTextContent("2 devices missing here");
  expect(screen.getByText("Removals held").parentElement).toHaveTextContent("812 devices missing at Apple, kept until");
});
