import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { refusal, renderWithApi } from "../../testing/fakeApi";
import { AuditLog } from "./AuditLog";

function entry(id: string, more: object = {}) {
  return {
    __typename: "AuditEntry",
    id,
    at: "2026-09-17T09:00:00Z",
    actorKind: "USER",
    actorId: "usr_ana",
    actorName: "Ana Ferreira",
    action: "signIn",
    objectId: "usr_ana",
    objectName: "Ana Ferreira",
    before: null,
    after: null,
    requestId: `req_${id}`,
    remoteAddress: "10.20.4.112",
    ...more,
  };
}

function page(nodes: object[], endCursor: string | null) {
  return { auditEntries: { nodes, pageInfo: { hasNextPage: endCursor !== null, endCursor } } };
}

function dataRows() {
  return screen.getAllByRole("row").filter((row) => within(row).queryByRole("button", { name: /^Details/ }));
}

test("a row opens to what changed, and to the request that the server's log names", async () => {
  const changed = entry("2", {
    action: "updateUser",
    objectId: "usr_jonas",
    objectName: "Jonas Weber",
    before: { role: "VIEWER" },
    after: { role: "OPERATOR" },
  });
  renderWithApi(<AuditLog filter={{}} onReset={vi.fn()} />, { answers: { AuditEntries: page([changed], null) } });
  await userEvent.click(await screen.findByRole("button", { name: "Details: Changed a role" }));
  expect(screen.getByText("VIEWER")).toBeVisible();
  expect(screen.getByText("OPERATOR")).toBeVisible();
  expect(screen.getByText("req_2")).toBeVisible();
  expect(screen.getByRole("link", { name: "All entries of this object" })).toHaveAttribute(
    "href",
    expect.stringContaining("usr_jonas"),
  );
});

test("earlier entries follow those that are shown, which stay when they do not load", async () => {
  let refuse = true;
  const answer = ({ where, after }: Record<string, unknown>) => {
    expect(where).toEqual({ action: "signIn" });
    if (after === undefined) return page([entry("3"), entry("2")], "c2");
    expect(after).toBe("c2");
    if (refuse) throw refusal("INTERNAL", "The database does not answer.");
    return page([entry("1")], null);
  };
  renderWithApi(<AuditLog filter={{ action: "signIn" }} onReset={vi.fn()} />, { answers: { AuditEntries: answer } });
  const more = await screen.findByRole("button", { name: "Load more" });
  await userEvent.click(more);
  expect(await screen.findByText(/The database does not answer/)).toBeVisible();
  expect(dataRows()).toHaveLength(2);
  refuse = false;
  await userEvent.click(more);
  expect(await screen.findByText("No earlier entries.")).toBeVisible();
  expect(dataRows()).toHaveLength(3);
});

test("a filter that nothing matches can be dropped", async () => {
  const onReset = vi.fn();
  renderWithApi(<AuditLog filter={{ actor: "usr_ana" }} onReset={onReset} />, {
    answers: { AuditEntries: page([], null) },
  });
  await userEvent.click(await screen.findByRole("button", { name: "Show all entries" }));
  expect(onReset).toHaveBeenCalled();
});
