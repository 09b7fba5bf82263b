import { ask, expect, test } from "./test";

test("says so when the server is gone, with the age of its data, and recovers by itself", async ({
  page,
  context,
  complaints,
}) => {
  await page.goto("/");
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await context.setOffline(true);
  const strip = page.getByRole("alert").filter({ hasText: "Not live" });
  await expect(strip).toContainText(/Data from \d\d:\d\d:\d\d/, { timeout: 15_000 });
  await expect(page.getByText(/\d+ s old/)).toBeVisible();
  await context.setOffline(false);
  await expect(strip).toHaveCount(0, { timeout: 15_000 });
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  // The browser reports each request that failed; those are the subject of this test.
  expect(complaints.filter((line) => !/net::ERR_INTERNET_DISCONNECTED|WebSocket connection/.test(line))).toEqual([]);
  complaints.length = 0;
});

test("a page whose role is changed, and one whose session ends, follow at once", async ({ browser, playwright }) => {
  // Browsers of their own: to sign in where somebody is signed in ends that session.
  const nobody = { storageState: { cookies: [], origins: [] } };
  const admin = await playwright.request.newContext(nobody);
  const { addUser } = await ask<{ addUser: { user: { id: string }; linkPath: string } }>(
    admin,
    `mutation ($input: AddUserInput!) { addUser(input: $input) { user { id } linkPath userErrors { message } } }`,
    { input: { email: `follow-${Date.now()}@demo.example`, name: "Noor Aziz", role: "OPERATOR" } },
  );
  const page = await browser.newPage(nobody);
  await page.goto(addUser.linkPath);
  await page
    .getByLabel("Password", { exact: true })
    .or(page.getByLabel("New password"))
    .first()
    .fill("correct horse battery");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Overview");
  await expect(page.getByRole("button", { name: "Sync now" }).first()).toBeVisible();

  const update = `mutation ($input: UpdateUserInput!) { updateUser(input: $input) { userErrors { message } } }`;
  await ask(admin, update, { input: { userId: addUser.user.id, role: "VIEWER" } });
  await expect(page.getByRole("button", { name: "Sync now" })).toHaveCount(0, { timeout: 10_000 });
  await ask(admin, update, { input: { userId: addUser.user.id, disabled: true } });
  await expect(page).toHaveURL(/\/signin/, { timeout: 10_000 });
  await ask(admin, `mutation ($input: RemoveUserInput!) { removeUser(input: $input) { userErrors { message } } }`, {
    input: { userId: addUser.user.id },
  });
  await page.close();
});
