import { render, screen } from "@testing-library/react";
import { gql } from "urql";
import { expect, test, vi } from "vitest";
import { createApi } from "../../graphql/client";
import { UpdateNotice } from "./UpdateNotice";

test("a request that the server's build does not know has the page say that it is old", async () => {
  vi.stubGlobal("WebSocket", class {});
  vi.stubGlobal(
    "fetch",
    vi.fn(async () =>
      Response.json({ data: null, errors: [{ message: "unknown", extensions: { code: "DOCUMENT_UNKNOWN" } }] }),
    ),
  );
  render(<UpdateNotice />);
  expect(screen.queryByRole("alert")).toBeNull();
  const { client } = createApi({ onSignedOut: () => {}, onRefused: () => {} });
  await client.query(gql("{ viewer { id } }"), {}).toPromise();
  expect(await screen.findByRole("alert")).toHaveTextContent("GuardMDM was updated.");
  expect(screen.getByRole("button", { name: "Reload" })).toBeVisible();
  vi.unstubAllGlobals();
});
