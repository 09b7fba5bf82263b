import { expect, test } from "./test";

const unknown = { data: null, errors: [{ message: "unknown", extensions: { code: "DOCUMENT_UNKNOWN" } }] };

test("a page that is open while the server is upgraded says so, and reloads once nothing is lost by it", async ({
  page,
}) => {
  await page.goto("/settings/people");
  await page.getByRole("button", { name: "Add person" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Noor Aziz");
  // The server is another one from here on, for operations that are its own.
  await page.route("/graphql", (route) =>
    route.request().method() === "POST" ? route.fulfill({ json: unknown }) : route.continue(),
  );
  await dialog.getByLabel(/email/i).fill("noor@demo.example");
  await dialog.getByRole("button", { name: "Add person" }).click();
  // By its place in the document: an open dialog hides the rest of the page from roles.
  const notice = page.locator("section[aria-label=Update]");
  await expect(notice).toContainText("GuardMDM was updated.");
  let loads = 0;
  page.on("load", () => loads++);
  await page.waitForTimeout(2_500);
  expect(loads).toBe(0); // what was typed is still there
  await expect(dialog.getByLabel("Name")).toHaveValue("Noor Aziz");
  await page.unroute("/graphql");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("link", { name: "Audit log" }).click();
  await expect.poll(() => loads, { timeout: 10_000 }).toBe(1);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Audit log");
  await expect(notice).toHaveCount(0);
});
